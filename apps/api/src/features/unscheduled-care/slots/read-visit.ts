import type { CaseId } from '@maillage/contracts/kit/ids'
import type { SlotVisit } from '@maillage/contracts/slots/care-slots'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { openFile } from '../../../kernel/open-file.ts'
import { findPatient } from '../../../kernel/patients/patient.store.ts'
import { problem } from '../../../platform/problem-error.ts'
import { getCareRow } from '../unscheduled-care.store.ts'
import { describeRequest } from '../unscheduled-care.view.ts'

/** A visit for the practitioner who gives it: who comes, what for, and the phone. Each reading leaves its trace. */
export function readVisit(deps: Deps, actor: Actor, id: CaseId): Promise<SlotVisit> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const row = await openFile(tx, actor, { id, kind: 'unscheduled-care' }, deps.now())
    const { bookedWithId } = await getCareRow(tx, row)
    const isTheirs = bookedWithId !== null && bookedWithId === actor.practitionerId
    if (actor.role !== 'coordinator' && !isTheirs) throw problem('role-may-not')
    const patient = await findPatient(tx, { actor }, row.patientId)
    if (!patient) throw problem('not-found')
    const { phones, addressLine, postalCode, hoursToCall, noVoicemail } = patient
    const care = await describeRequest(tx, actor, deps, row)
    return { care, phones, addressLine, postalCode, hoursToCall, noVoicemail }
  })
}
