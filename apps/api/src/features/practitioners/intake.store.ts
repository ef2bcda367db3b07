import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Absence, IntakeCapacity, SetIntakeCapacity } from '@maillage/contracts/practitioners'
import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { type CapacityRow, remainingPlaces } from '../../kernel/proposals/proposal.store.ts'
import { absences, intakeCapacities, practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Is there such an entry in this CPTS? */
export async function isKnown(db: Db, cptsId: CptsId, id: PractitionerId): Promise<boolean> {
  const [row] = await db
    .select({ id: practitioners.id })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, cptsId), eq(practitioners.id, id)))
  return row !== undefined
}

const ofEntry = (cptsId: CptsId, id: PractitionerId) =>
  and(eq(intakeCapacities.cptsId, cptsId), eq(intakeCapacities.practitionerId, id))

export async function findCapacity(db: Db, cptsId: CptsId, id: PractitionerId): Promise<CapacityRow | undefined> {
  const [row] = await db.select().from(intakeCapacities).where(ofEntry(cptsId, id))
  return row
}

const columnsOf = ({ places, opensAt, closesAt, municipalities, maxDistanceKm, accepts }: SetIntakeCapacity) => ({
  places,
  opensAt: opensAt ?? null,
  closesAt: closesAt ?? null,
  municipalities,
  maxDistanceKm: maxDistanceKm ?? null,
  ...accepts,
})

/** The first declaration; undefined when somebody declared meanwhile. */
export async function insertCapacity(
  tx: Db,
  key: Pick<CapacityRow, 'cptsId' | 'practitionerId'>,
  declared: SetIntakeCapacity,
  now: Date,
): Promise<CapacityRow | undefined> {
  const [row] = await tx
    .insert(intakeCapacities)
    .values({ ...key, ...columnsOf(declared), declaredAt: now })
    .onConflictDoNothing()
    .returning()
  return row
}

/** A new declaration begins a new period: « I open 3 » means three from now on, whatever was accepted before. */
export async function renewCapacity(
  tx: Db,
  before: CapacityRow,
  declared: SetIntakeCapacity,
  now: Date,
): Promise<CapacityRow | undefined> {
  const [row] = await tx
    .update(intakeCapacities)
    .set({ ...columnsOf(declared), period: before.period + 1, version: before.version + 1, declaredAt: now })
    .where(and(ofEntry(before.cptsId, before.practitionerId), eq(intakeCapacities.version, before.version)))
    .returning()
  return row
}

/** The declaration as its owner reads it; version 0 when there never was one. */
export async function describeCapacity(
  db: Db,
  practitionerId: PractitionerId,
  row: CapacityRow | undefined,
): Promise<IntakeCapacity> {
  return {
    practitionerId,
    places: row?.places ?? null,
    remaining: row ? await remainingPlaces(db, row) : null,
    opensAt: row?.opensAt ?? null,
    closesAt: row?.closesAt ?? null,
    municipalities: row?.municipalities ?? [],
    maxDistanceKm: row?.maxDistanceKm ?? null,
    accepts: {
      homeVisits: row?.homeVisits ?? false,
      children: row?.children ?? true,
      longTerm: row?.longTerm ?? true,
      newPatients: row?.newPatients ?? true,
    },
    declaredAt: row?.declaredAt?.toISOString() ?? null,
    version: row?.version ?? 0,
  }
}

const absence = { id: absences.id, from: absences.fromDay, until: absences.untilDay }

/** Absences that are not over on `today`, the next first. */
export const listAbsences = (db: Db, cptsId: CptsId, id: PractitionerId, today: Absence['from']): Promise<Absence[]> =>
  db
    .select(absence)
    .from(absences)
    .where(and(eq(absences.cptsId, cptsId), eq(absences.practitionerId, id), gte(absences.untilDay, today)))
    .orderBy(asc(absences.fromDay), asc(absences.id))

export async function insertAbsence(tx: Db, row: typeof absences.$inferInsert): Promise<void> {
  await tx.insert(absences).values(row)
}

/** Takes an absence away; false when there was none. */
export async function deleteAbsence(
  tx: Db,
  cptsId: CptsId,
  practitionerId: PractitionerId,
  id: string,
): Promise<boolean> {
  const gone = await tx
    .delete(absences)
    .where(and(eq(absences.cptsId, cptsId), eq(absences.practitionerId, practitionerId), sql`${absences.id} = ${id}`))
    .returning({ id: absences.id })
  return gone.length > 0
}
