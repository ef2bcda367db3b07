import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { ReconfirmProposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAnswer } from '../../kernel/record/record-proposal.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { takeProposal, toldBy } from './answering.ts'
import { updateProposal } from './proposal-flow.ts'
import { releaseIn } from './release-proposal.ts'

/** After a date moved: the practitioner says that they still come, or gives the need back. */
export function reconfirmProposal(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof ReconfirmProposal> & { id: ProposalId },
): Promise<ProposalRow> {
  return act(deps, actor, async (tx, asked) => {
    const { row, proposal, context } = await takeProposal(tx, asked, input)
    if (proposal.status !== 'accepted' || proposal.reconfirmation !== 'pending') throw problem('proposal-closed')
    if (input.answer === 'released') return releaseIn(tx, context, row, proposal, { ...input, reason: 'date_moved' })
    if (proposal.version !== input.version) throw problem('version-stale')
    const firstVisitAt = input.firstVisitAt ? new Date(input.firstVisitAt) : proposal.firstVisitAt
    const confirmed = await updateProposal(tx, context, proposal, {
      reconfirmation: 'confirmed',
      firstVisitAt,
      ...toldBy(context, input),
    })
    const { practitionerId } = proposal
    await recordAnswer(tx, context, row, { to: 'reconfirmed', practitionerId })
    await context.kinds[row.kind].onProposalChange(tx, context, row, {
      type: 'reconfirmed',
      proposal: confirmed,
      firstVisitAt,
    })
    return confirmed
  })
}
