import { type CptsId, newId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { insertSites, listSitesOf, replaceSites } from '../../kernel/practitioners/practice-site.store.ts'
import { cptsMunicipalities } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { type ImportedColumns, type PractitionerRow, withNames } from './practitioner-columns.ts'

type Identified = { rpps?: string | null; adeli?: string | null }

/** By what somebody is recognised: RPPS, ADELI, both while one replaces the other; nothing when a person gave neither. */
export const keysOf = ({ rpps, adeli }: Identified): string[] => [
  ...(rpps ? [`8${rpps}`] : []),
  ...(adeli ? [`0${adeli}`] : []),
]

/** The communes of a CPTS. */
export async function territoryOf(db: Db, cptsId: CptsId): Promise<string[]> {
  const rows = await db
    .select({ code: cptsMunicipalities.municipalityCode })
    .from(cptsMunicipalities)
    .where(eq(cptsMunicipalities.cptsId, cptsId))
  return rows.map(({ code }) => code)
}

/** The entries of the CPTS that bear one of these identifiers; locked, in one order, when they are to be written. */
export async function findEntries(
  db: Db,
  cptsId: CptsId,
  people: readonly Identified[],
  lock: boolean,
): Promise<PractitionerRow[]> {
  const listed = (values: (string | null | undefined)[]) => values.filter((value) => typeof value === 'string')
  const found = db
    .select()
    .from(practitioners)
    .where(
      and(
        eq(practitioners.cptsId, cptsId),
        or(
          inArray(practitioners.rpps, listed(people.map(({ rpps }) => rpps))),
          inArray(practitioners.adeli, listed(people.map(({ adeli }) => adeli))),
        ),
      ),
    )
    .orderBy(practitioners.id)
  const rows = lock ? await found.for('update') : await found
  const sitesOf = await listSitesOf(
    db,
    cptsId,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...row, otherSites: sitesOf(row.id) }))
}

/** Writes new entries, born of this import. */
export async function insertEntries(
  tx: Db,
  cptsId: CptsId,
  entries: readonly ImportedColumns[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return
  const own = { cptsId, importedAt: now, createdAt: now, updatedAt: now }
  const people = entries.map(({ otherSites, ...entry }) => ({ otherSites, entry, id: newId(PractitionerId) }))
  await tx.insert(practitioners).values(people.map(({ entry, id }) => ({ ...withNames(entry), ...own, id })))
  await insertSites(
    tx,
    people.flatMap(({ id, otherSites }) =>
      otherSites.map((site, position) => ({ ...site, cptsId, practitionerId: id, position })),
    ),
  )
}

/** Writes what the directory changes of an entry; whoever has the old version in hand will be told. */
export async function updateEntry(
  tx: Db,
  { cptsId, id, importedAt }: PractitionerRow,
  { otherSites, ...changes }: Partial<PractitionerRow>,
  now: Date,
): Promise<void> {
  if (otherSites) await replaceSites(tx, cptsId, id, otherSites)
  await tx
    .update(practitioners)
    .set({
      ...changes,
      // An entry that a person made stays theirs: no import will ever say that it has gone.
      importedAt: importedAt && now,
      updatedAt: now,
      version: sql`${practitioners.version} + 1`,
    })
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id)))
}

/** The entries that an import brought and that are still in the directory. */
export const presentImported = (
  db: Db,
  cptsId: CptsId,
): Promise<{ id: PractitionerId; rpps: string | null; adeli: string | null }[]> =>
  db
    .select({ id: practitioners.id, rpps: practitioners.rpps, adeli: practitioners.adeli })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), isNotNull(practitioners.importedAt), isNull(practitioners.goneAt)))
    .orderBy(practitioners.id)

/** Notes that people have left the directory of the territory; their entries stay, because cases name them. */
export async function markGone(tx: Db, cptsId: CptsId, ids: readonly PractitionerId[], now: Date): Promise<void> {
  await tx
    .update(practitioners)
    .set({ goneAt: now, updatedAt: now, version: sql`${practitioners.version} + 1` })
    .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.id, [...ids]), isNull(practitioners.goneAt)))
}
