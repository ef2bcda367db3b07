import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Patient } from '@maillage/contracts/patients'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { describePatient } from './patient.store.ts'

/** Opens a patient's file, with its trace in the same transaction. */
export function readPatient(deps: Deps, actor: Actor, id: PatientId): Promise<Patient> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const row = await findPatient(tx, { actor }, id)
    if (!row) throw problem('not-found')
    await recordAudit(tx, actor, { action: 'patient.read', at: deps.now(), patientId: id })
    return describePatient(tx, row)
  })
}
