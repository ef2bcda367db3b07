import type { OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CptsId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { directoryEntries } from './hospital-discharge.store.ts'
import { cptsCovering, entriesByRpps, type HeldUnit, unitsHeldBy } from './receiver.store.ts'

/** Whoever opens the discharge, under the hat of the CPTS that receives it, and what they said in its words. */
export interface Receiver {
  actor: Actor
  input: OpenHospitalDischarge
}

/**
 * Which of the ward's own CPTS has the stay's commune in its territory: the present hat's when it does, else the one
 * where the same ward (FINESS and name) is known too. 422 when there is none.
 */
export async function findReceiver(db: Database, actor: Actor, input: OpenHospitalDischarge): Promise<Receiver> {
  // A ward describes its patient; naming one by id is the coordinators', and is refused further on.
  if (!('address' in input.patient)) return { actor, input }
  const { municipality } = input.patient.address
  const covering = await db.read(actor.cptsId, (tx) => cptsCovering(tx, actor, municipality))
  if (covering.some(({ cptsId }) => cptsId === actor.cptsId)) return { actor, input }
  const ward = await wardOf(db, actor, input.details.unitId)
  for (const { cptsId, membershipId } of covering) {
    const held = await db.read(cptsId, (tx) => unitsHeldBy(tx, { cptsId, membershipId }))
    const same = ward && held.find((unit) => isSameWard(unit, ward))
    if (same) {
      const unitIds = held.map(({ id }) => id)
      return {
        actor: { ...actor, cptsId, membershipId, unitIds },
        input: await inWordsOf(db, actor.cptsId, cptsId, same.id, input),
      }
    }
  }
  throw problem('municipality-not-covered', {
    errors: [{ pointer: '/patient/address/municipality', code: 'not-covered' }],
  })
}

async function wardOf(db: Database, { cptsId, membershipId }: Actor, unitId: UnitId): Promise<HeldUnit | undefined> {
  if (!membershipId) return undefined
  const held = await db.read(cptsId, (tx) => unitsHeldBy(tx, { cptsId, membershipId }))
  return held.find(({ id }) => id === unitId)
}

/** The same ward in two CPTS is two rows, matched by FINESS and name; without FINESS nothing proves it. */
const isSameWard = (one: HeldUnit, other: HeldUnit): boolean =>
  one.finess !== null && one.finess === other.finess && one.name === other.name

/** A directory entry belongs to one CPTS: those named are found again by RPPS, or left as a name and a phone. */
async function inWordsOf(
  db: Database,
  from: CptsId,
  to: CptsId,
  unitId: UnitId,
  input: OpenHospitalDischarge,
): Promise<OpenHospitalDischarge> {
  const { details, needs } = input
  const named = [
    ...details.usualTeam.map(({ practitionerId }) => practitionerId),
    ...needs.map(({ preferredPractitionerId }) => preferredPractitionerId),
  ].filter((id) => id !== undefined)
  const here = await db.read(from, (tx) => directoryEntries(tx, from, named))
  const rpps = here.map((entry) => entry.rpps).filter((number) => number !== null)
  const there = new Map((await db.read(to, (tx) => entriesByRpps(tx, to, rpps))).map((entry) => [entry.rpps, entry.id]))
  const again = new Map(here.map((entry) => [entry.id, entry.rpps === null ? undefined : there.get(entry.rpps)]))
  const inTheirs = (id: PractitionerId | undefined) => (id === undefined ? undefined : again.get(id))
  return {
    ...input,
    details: {
      ...details,
      unitId,
      usualTeam: details.usualTeam.map((one) => ({ ...one, practitionerId: inTheirs(one.practitionerId) })),
    },
    needs: needs.map((need) => ({ ...need, preferredPractitionerId: inTheirs(need.preferredPractitionerId) })),
  }
}
