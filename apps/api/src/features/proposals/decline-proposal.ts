import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { DeclineProposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { answeredBy, auditAnswer, demandPending, takeProposal } from './answering.ts'
import { goOn, updateProposal } from './proposal-flow.ts'

/** A practitioner says no, with a coded reason that the coordinator alone reads; the next of a sequence is sent. */
export function declineProposal(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof DeclineProposal> & { id: ProposalId },
): Promise<ProposalRow> {
  return act(deps, actor, async (tx, context) => {
    const { row, proposal } = await takeProposal(tx, context, input)
    demandPending(context, proposal, input.version)
    if (input.reason === 'other' && !input.text) throw invalidField('/text', 'required')
    const declined = await updateProposal(tx, context, proposal, {
      status: 'declined',
      ...answeredBy(context, input),
      reason: input.reason,
      reasonText: input.text ?? null,
    })
    await recordEvent(tx, context, row, {
      type: 'proposal',
      action: 'declined',
      reason: input.reason,
      practitionerId: proposal.practitionerId,
    })
    await auditAnswer(tx, context, row, input, 'declined')
    await goOn(tx, context, row, declined)
    return declined
  })
}
