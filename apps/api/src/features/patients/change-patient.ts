import { dayIn } from '@maillage/contracts/kit/dates'
import type { PatientId } from '@maillage/contracts/kit/ids'
import type { ChangePatient, Patient } from '@maillage/contracts/patients'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { findPatient, type PatientRow, rewritePatient } from '../../kernel/patients/patient.store.ts'
import { describePatient, namedIn } from '../../kernel/patients/patient-file.ts'
import { disqualify } from '../../kernel/patients/patient-identity.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { nameOfMunicipality, openCaseIdsOf } from './patient.store.ts'

/** Rewrites a patient's description; the words by which they are found follow, and so does the commune of open cases. */
export function changePatient(
  deps: Deps,
  actor: Actor,
  id: PatientId,
  { version, ...details }: ChangePatient,
): Promise<Patient> {
  return act(deps, actor, async (tx, context) => {
    const today = dayIn(context.calendar.timeZone, context.now)
    if (details.birthDate > today || details.birthDate < '1900-01-01') throw invalidField('/birthDate', 'out-of-range')
    if (!(await nameOfMunicipality(tx, details.address.municipality)))
      throw invalidField('/address/municipality', 'unknown')
    const before = await findPatient(tx, context, id)
    if (!before) throw problem('not-found')
    if (before.mergedIntoId) throw problem('record-merged')
    const after = await rewritePatient(tx, context, { id, version }, details)
    if (!after) throw problem('version-stale')
    // Traits that changed are no longer those that were qualified (référentiel INS).
    if (after.traits !== before.traits) await disqualify(tx, { cptsId: actor.cptsId, patientId: id }, context.now)
    if (after.municipalityCode !== before.municipalityCode) await moveOpenCases(tx, context, after)
    const file = await describePatient(tx, after)
    const shown = namedIn(file)
    await recordAudit(tx, actor, { action: 'patient.change', at: context.now, patientId: id, shown })
    return file
  })
}

/** A case queues under the commune where the patient lives. */
async function moveOpenCases(tx: Db, context: Context, patient: PatientRow): Promise<void> {
  for (const id of await openCaseIdsOf(tx, patient)) {
    const row = await lockCase(tx, context.actor, { id })
    await touchCase(tx, context, row, { municipalityCode: patient.municipalityCode }, `${row.kind}.patient-moved`)
  }
}
