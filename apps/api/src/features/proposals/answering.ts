import type { OnBehalf } from '@maillage/contracts/delegation/on-behalf'
import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../kernel/context.ts'
import { inPlaceOf } from '../../kernel/delegation/standing-in.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { lockProposal } from './proposals.store.ts'

export interface Answer {
  id: ProposalId
  version: number
  onBehalf?: OnBehalf | undefined
}

/**
 * Takes a proposal to answer it, with its case. A coordinator answers for somebody, and says whom they spoke to; a
 * secretary answers for one of theirs. The act goes on in the context given back, which says in whose name.
 */
export async function takeProposal(
  tx: Db,
  context: Context,
  answer: Answer,
): Promise<{ row: CaseRow; proposal: ProposalRow; context: Context }> {
  const { actor } = context
  const taken = await lockProposal(tx, actor, answer.id)
  if (actor.role === 'coordinator' && !answer.onBehalf) throw invalidField('/onBehalf', 'required')
  const { practitionerId } = taken.proposal
  return { ...taken, context: inPlaceOf(context, practitionerId, 'answer-proposals', answer.onBehalf) }
}

/** Still waiting for its answer, and seen as it is; a clock that ran out closes it even before the job has come by. */
export function demandPending(context: Context, proposal: ProposalRow, version: number): void {
  const isOver = proposal.expiresAt !== null && proposal.expiresAt <= context.now
  if (proposal.status !== 'pending' || isOver) throw problem('proposal-closed')
  if (proposal.version !== version) throw problem('version-stale')
}

/** Who gave the last word on it, and who rang: kept on the proposal, and shown to both sides. */
export const toldBy = (context: Context, answer: Answer) => ({
  answeredBy: context.actor.accountId,
  onBehalf: answer.onBehalf ?? null,
})

/** The same, at the moment of the answer. */
export const answeredBy = (context: Context, answer: Answer) => ({
  answeredAt: context.now,
  ...toldBy(context, answer),
})
