import { type CptsId, newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { practiceSites } from '../tables/practice.table.ts'

/** A place of practice beside the first one, as it is compared and written. */
export type SiteValues = Omit<typeof practiceSites.$inferSelect, 'cptsId' | 'id' | 'practitionerId' | 'position'>

/** The other places of these people, each one's in their order. One statement. */
export async function listSitesOf(
  db: Db,
  cptsId: CptsId,
  ids: readonly PractitionerId[],
): Promise<(id: PractitionerId) => SiteValues[]> {
  if (ids.length === 0) return () => []
  const rows = await db
    .select()
    .from(practiceSites)
    .where(and(eq(practiceSites.cptsId, cptsId), inArray(practiceSites.practitionerId, [...ids])))
    .orderBy(asc(practiceSites.practitionerId), asc(practiceSites.position))
  const found = new Map<PractitionerId, SiteValues[]>()
  for (const { cptsId: _cpts, id: _id, practitionerId, position: _position, ...values } of rows) {
    const known = found.get(practitionerId)
    if (known) known.push(values)
    else found.set(practitionerId, [values])
  }
  return (id) => found.get(id) ?? []
}

/** Writes the other places of somebody anew: whoever says where they practise says all of it. */
export async function replaceSites(
  tx: Db,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  sites: readonly SiteValues[],
): Promise<void> {
  await tx
    .delete(practiceSites)
    .where(and(eq(practiceSites.cptsId, cptsId), eq(practiceSites.practitionerId, practitionerId)))
  await insertSites(
    tx,
    sites.map((site, position) => ({ ...site, cptsId, practitionerId, position })),
  )
}

/** Writes places of people who have none yet. */
export async function insertSites(
  tx: Db,
  sites: readonly Omit<typeof practiceSites.$inferInsert, 'id'>[],
): Promise<void> {
  if (sites.length === 0) return
  await tx.insert(practiceSites).values(sites.map((site) => ({ ...site, id: newRowId() })))
}
