import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { NewPractitioner } from '@maillage/contracts/practitioners'
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { isUniqueViolation } from '../../platform/db/connect.ts'
import type { Db } from '../../platform/db/database.ts'
import { municipalities } from '../../platform/reference.table.ts'

export type PractitionerRow = typeof practitioners.$inferSelect

type Columns = Partial<typeof practitioners.$inferInsert>

/** What a person gave, as columns; what they did not give is left out. */
export function columnsOf({ practice, municipality, ...same }: Partial<NewPractitioner>): Columns {
  const given = { ...same, practiceName: practice, municipalityCode: municipality }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** The names of the columns that these values stand in, as an import reads them. */
export function columnNames(columns: Columns): string[] {
  const known = new Map(Object.entries(getTableColumns(practitioners)))
  return Object.keys(columns).flatMap((key) => known.get(key)?.name ?? [])
}

const entry = (cptsId: CptsId, id: PractitionerId) => and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id))

/** The entry, locked: what a person enters and what an import brings happen one after the other. */
export async function lockPractitioner(
  tx: Db,
  cptsId: CptsId,
  id: PractitionerId,
): Promise<PractitionerRow | undefined> {
  const [row] = await tx.select().from(practitioners).where(entry(cptsId, id)).for('update')
  return row
}

/** The entry as it stands. */
export async function findEntry(db: Db, cptsId: CptsId, id: PractitionerId): Promise<PractitionerRow | undefined> {
  const [row] = await db.select().from(practitioners).where(entry(cptsId, id))
  return row
}

/** Writes a new entry; false when somebody has this RPPS already. */
export async function insertPractitioner(tx: Db, row: typeof practitioners.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(practitioners).values(row).onConflictDoNothing().returning({ id: practitioners.id })
  return inserted.length > 0
}

/** Rewrites columns of an entry; false when somebody else has this RPPS, and the transaction is then lost. */
export async function updatePractitioner(tx: Db, before: PractitionerRow, columns: Columns): Promise<boolean> {
  try {
    await tx
      .update(practitioners)
      .set({ ...columns, version: sql`${practitioners.version} + 1` })
      .where(entry(before.cptsId, before.id))
    return true
  } catch (error) {
    // The only unique key beside the id is the RPPS.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Are all these codes communes? */
export async function areMunicipalities(db: Db, codes: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(codes)]
  if (wanted.length === 0) return true
  return (await db.$count(municipalities, inArray(municipalities.code, wanted))) === wanted.length
}
