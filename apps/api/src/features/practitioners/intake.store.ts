import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { IntakeCapacity, SetIntakeCapacity } from '@maillage/contracts/practitioners'
import { and, eq } from 'drizzle-orm'
import { type CapacityRow, remainingPlaces } from '../../kernel/proposals/proposal.store.ts'
import { intakeCapacities, practitioners } from '../../kernel/tables/practitioner.table.ts'
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
