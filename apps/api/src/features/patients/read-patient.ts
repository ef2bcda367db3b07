import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Patient } from '@maillage/contracts/patients'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import { describePatient, keptRecordOf, namedIn } from '../../kernel/patients/patient-file.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'

/** Opens a patient's file, with its trace in the same transaction. A merged record's address leads to the kept one. */
export function readPatient(deps: Deps, actor: Actor, id: PatientId): Promise<Patient> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const asked = await findPatient(tx, { actor }, id)
    if (!asked) throw problem('not-found')
    const kept = asked.mergedIntoId ? await findPatient(tx, { actor }, await keptRecordOf(tx, asked)) : asked
    if (!kept) throw new Error('A merged record leads nowhere')
    const file = await describePatient(tx, kept)
    await recordAudit(tx, actor, { action: 'patient.read', at: deps.now(), patientId: kept.id, shown: namedIn(file) })
    return file
  })
}
