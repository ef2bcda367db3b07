import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { AcceptProposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { beginPart, endLiveProposals } from '../../kernel/proposals/proposal.store.ts'
import { takePlaces } from '../../kernel/proposals/take-places.ts'
import { recordAnswer } from '../../kernel/record/record-proposal.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { answeredBy, demandPending, takeProposal } from './answering.ts'
import { countLive, settleAnswered, updateProposal } from './proposal-flow.ts'

type Input = z.output<typeof AcceptProposal> & { id: ProposalId }

const instant = (at: string | undefined): Date | null => (at ? new Date(at) : null)

/**
 * A practitioner takes the case, or the need: identity is revealed, places are taken under lock, every other live
 * proposal for the same thing is superseded. The same person accepting twice gets the same answer.
 */
export function acceptProposal(deps: Deps, actor: Actor, input: Input): Promise<ProposalRow> {
  return act(deps, actor, async (tx, asked) => {
    const { row, proposal, context } = await takeProposal(tx, asked, input)
    if (proposal.status === 'accepted') return proposal
    demandPending(context, proposal, input.version)
    demandDates(context, row, input)
    const taken = await takePlaces(tx, row, proposal.practitionerId, context.kinds[row.kind].placesOf(row))
    const accepted = await updateProposal(tx, context, proposal, {
      status: 'accepted',
      ...answeredBy(context, input),
      firstVisitAt: instant(input.firstVisitAt),
      appointmentAt: instant(input.appointmentAt),
      ...taken,
    })
    await settleAcceptance(tx, context, row, accepted)
    return accepted
  })
}

function demandDates(context: Context, row: CaseRow, input: Input): void {
  for (const field of context.kinds[row.kind].acceptanceRequires) {
    const given = input[field]
    if (!given) throw invalidField(`/${field}`, 'required')
    if (new Date(given) < context.now) throw invalidField(`/${field}`, 'past')
  }
}

async function settleAcceptance(tx: Db, context: Context, row: CaseRow, accepted: ProposalRow): Promise<void> {
  await beginPart(tx, context, row, accepted.practitionerId)
  await endLiveProposals(tx, context, row, 'superseded', { needId: accepted.needId, except: accepted.id })
  await settleAnswered(tx, context, row, accepted)
  const { practitionerId } = accepted
  await recordAnswer(tx, context, row, { to: 'accepted', practitionerId })
  const { firstVisitAt, appointmentAt } = accepted
  await context.kinds[row.kind].onProposalChange(tx, context, await countLive(tx, row), {
    type: 'accepted',
    proposal: accepted,
    firstVisitAt,
    appointmentAt,
  })
}
