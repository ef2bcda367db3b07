import { HouseholdId, newId, type PatientId } from '@maillage/contracts/kit/ids'
import type { JoinHousehold, LeaveHousehold, Patient } from '@maillage/contracts/patients'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { lockPatients } from '../../kernel/patients/lock-patients.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { describePatient, namedIn } from '../../kernel/patients/patient-file.ts'
import { recordAudits } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { insertHousehold, listTogether, moveHousehold, setHousehold } from './household.store.ts'

/** Somebody lives with this patient: with all those of both households, which become one. */
export function joinPatientHousehold(
  deps: Deps,
  actor: Actor,
  id: PatientId,
  { patientId, version }: JoinHousehold,
): Promise<Patient> {
  if (patientId === id) throw invalidField('/patientId', 'repeated')
  return act(deps, actor, async (tx, context) => {
    const people = await lockPatients(tx, actor.cptsId, [id, patientId])
    const patient = demand(people.get(id))
    if (patient.version !== version) throw problem('version-stale')
    const joining = people.get(patientId)
    if (!joining) throw invalidField('/patientId', 'unknown')
    demand(joining)
    const householdId = await householdFor(tx, context, patient, joining)
    if (joining.householdId && joining.householdId !== householdId)
      await moveHousehold(tx, actor.cptsId, { from: joining.householdId, to: householdId })
    await setHousehold(tx, actor.cptsId, [id, patientId], householdId)
    const file = await describePatient(tx, { ...patient, householdId })
    await tell(tx, context, 'patient.household-joined', [id, patientId], file)
    return file
  })
}

function demand(patient: PatientRow | undefined): PatientRow {
  if (!patient) throw problem('not-found')
  if (patient.mergedIntoId) throw problem('record-merged')
  return patient
}

async function householdFor(tx: Db, { actor, now }: Context, one: PatientRow, other: PatientRow): Promise<HouseholdId> {
  const known = one.householdId ?? other.householdId
  if (known) return known
  const id = newId(HouseholdId)
  await insertHousehold(tx, { cptsId: actor.cptsId, id, createdAt: now })
  return id
}

/**
 * This patient no longer lives with the others. Refused while they search with them: the search is parted first, so that
 * places and proposals follow.
 */
export function leavePatientHousehold(
  deps: Deps,
  actor: Actor,
  id: PatientId,
  { version }: LeaveHousehold,
): Promise<Patient> {
  return act(deps, actor, async (tx, context) => {
    const patient = demand((await lockPatients(tx, actor.cptsId, [id])).get(id))
    if (patient.version !== version) throw problem('version-stale')
    const together = await listTogether(tx, actor.cptsId, id)
    if (together.length > 0) throw problem('household-searches-together', { allowed: together })
    await setHousehold(tx, actor.cptsId, [id], null)
    const file = await describePatient(tx, { ...patient, householdId: null })
    await tell(tx, context, 'patient.household-left', [id], file)
    return file
  })
}

/** The trail's lines; whoever did it is shown the file, with those whom it names. */
const tell = (
  tx: Db,
  { actor, now }: Context,
  action: string,
  ids: readonly PatientId[],
  file: Patient,
): Promise<void> =>
  recordAudits(
    tx,
    actor,
    ids.map((patientId) => ({ action, at: now, patientId, shown: namedIn(file) })),
  )
