import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Absence, Replacement } from '@maillage/contracts/practitioners'
import { and, asc, eq, gte, lte, sql } from 'drizzle-orm'
import { absences, practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'

type AbsenceRow = typeof absences.$inferSelect

const toReplacement = (
  row: Pick<AbsenceRow, 'replacementId' | 'replacementName' | 'replacementPhone'>,
  entry: { displayName: string; practicePhone: string | null } | null,
): Replacement | null => {
  const name = entry?.displayName ?? row.replacementName
  if (!name) return null
  const phone = row.replacementId ? (entry?.practicePhone ?? null) : row.replacementPhone
  return { practitionerId: row.replacementId, name, phone }
}

const ofEntry = (cptsId: CptsId, id: PractitionerId) =>
  and(eq(absences.cptsId, cptsId), eq(absences.practitionerId, id))

/** Absences that are not over on `today`, the next first, with who stands in. */
export async function listAbsences(
  db: Db,
  cptsId: CptsId,
  id: PractitionerId,
  today: Absence['from'],
): Promise<Absence[]> {
  const rows = await db
    .select({
      absence: absences,
      entry: { displayName: practitioners.displayName, practicePhone: practitioners.practicePhone },
    })
    .from(absences)
    .leftJoin(
      practitioners,
      and(eq(practitioners.cptsId, absences.cptsId), eq(practitioners.id, absences.replacementId)),
    )
    .where(and(ofEntry(cptsId, id), gte(absences.untilDay, today)))
    .orderBy(asc(absences.fromDay), asc(absences.id))
  return rows.map(({ absence, entry }) => ({
    id: absence.id,
    from: absence.fromDay,
    until: absence.untilDay,
    replacement: toReplacement(absence, entry),
  }))
}

/** Does another absence share a day with these? Both days included. */
export async function hasAbsenceWithin(
  db: Db,
  cptsId: CptsId,
  id: PractitionerId,
  { from, until }: Pick<Absence, 'from' | 'until'>,
): Promise<boolean> {
  const [row] = await db
    .select({ id: absences.id })
    .from(absences)
    .where(and(ofEntry(cptsId, id), lte(absences.fromDay, until), gte(absences.untilDay, from)))
    .limit(1)
  return row !== undefined
}

/** Writes an absence. */
export async function insertAbsence(tx: Db, row: typeof absences.$inferInsert): Promise<void> {
  await tx.insert(absences).values(row)
}

/** Takes an absence away, and tells its days; undefined when there was none. */
export async function deleteAbsence(
  tx: Db,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  id: string,
): Promise<Pick<Absence, 'from' | 'until'> | undefined> {
  const [gone] = await tx
    .delete(absences)
    .where(and(ofEntry(cptsId, practitionerId), sql`${absences.id} = ${id}`))
    .returning({ from: absences.fromDay, until: absences.untilDay })
  return gone
}
