import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { askerOn, lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import { rankOf } from '../../kernel/priority.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { getSearchRow, updateSearch } from './gp-search.store.ts'
import { rescore } from './score-search.ts'

/** Statuses in which whoever asked may still correct what they said; a coordinator may while the case is open. */
const requesterMayEdit = ['draft', 'submitted', 'info_requested']

/** Replaces the details of a search and computes its priority anew. */
export function changeGpSearchDetails(
  deps: Deps,
  actor: Actor,
  input: { id: CaseId; version: number; details: GpSearchDetails },
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id: input.id, kind: 'gp-search', version: input.version })
    const { parts } = await askerOn(tx, actor, before.id)
    if (actor.role !== 'coordinator' && !parts.includes('requester')) throw problem('role-may-not')
    const isEditable = actor.role === 'coordinator' ? before.isOpen : requesterMayEdit.includes(before.status)
    if (!isEditable) throw problem('wrong-status')
    const { details: known } = await getSearchRow(tx, before)
    // A reader who does not see the cover must not erase it by writing the rest.
    const kept =
      actor.role === 'coordinator'
        ? {}
        : { solidarityCover: known.solidarityCover, disabledAdultAllowance: known.disabledAdultAllowance }
    await updateSearch(tx, before, { details: { ...kept, ...input.details } })
    const patient = await findPatient(tx, context, before.patientId)
    if (!patient) throw new Error('A case names a patient who does not exist')
    const priority = await rescore(tx, context, before, patient)
    await recordEvent(tx, context, before, { type: 'details', action: 'change-details' })
    return touchCase(
      tx,
      context,
      before,
      { priority, score: priority.score, bandRank: rankOf(priority.band) },
      'gp-search.change-details',
    )
  })
}
