import type { ProposalId } from '@maillage/contracts/kit/ids'
import { type DeclineProposal, householdPartCode } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAnswer } from '../../kernel/record/record-proposal.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { answeredBy, demandPending, takeProposal } from './answering.ts'
import { goOn, updateProposal } from './proposal-flow.ts'

type Input = z.output<typeof DeclineProposal> & { id: ProposalId }

/** A practitioner says no, with a coded reason that the coordinator alone reads; the next of a sequence is sent. */
export function declineProposal(deps: Deps, actor: Actor, input: Input): Promise<ProposalRow> {
  return act(deps, actor, async (tx, asked) => {
    const { row, proposal, context } = await takeProposal(tx, asked, input)
    demandPending(context, proposal, input.version)
    const reason = reasonOf(row, input)
    const declined = await updateProposal(tx, context, proposal, {
      status: 'declined',
      ...answeredBy(context, input),
      reason,
      reasonText: input.text ?? null,
    })
    const { practitionerId } = proposal
    await recordAnswer(tx, context, row, {
      to: 'declined',
      practitionerId,
      reason,
    })
    await goOn(tx, context, row, declined)
    return declined
  })
}

/**
 * The reason as it is kept. « Une partie du foyer » says how many; it takes no place and closes nothing for this
 * practitioner: the coordinator may propose those few to them.
 */
function reasonOf({ householdSize }: CaseRow, { reason, text, count }: Input): string {
  if (reason === 'other' && !text) throw invalidField('/text', 'required')
  if (reason !== 'household_part') {
    if (count !== undefined) throw invalidField('/count', 'not-allowed')
    return reason
  }
  if (count === undefined) throw invalidField('/count', 'required')
  if (count >= householdSize) throw invalidField('/count', 'out-of-range')
  return householdPartCode(count, householdSize)
}
