import { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import { listHolders } from '../../../kernel/accounts/holders.ts'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { findTold, isAwaited } from './told-proposal.store.ts'

/** What the outbox carries once a proposal was answered, given back, or ran out of time. */
export const TellAnswerJob = z.object({ cptsId: CptsId, proposalId: ProposalId, to: z.string() })

/**
 * Tells whoever follows the case (the whole coordination where nobody does) that an answer came; and when nobody has to
 * answer any more and nobody accepted, that the case waits for them.
 */
export function tellAnswer(deps: Deps, payload: unknown): Promise<void> {
  const { cptsId, proposalId, to } = TellAnswerJob.parse(payload)
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const told = await findTold(tx, cptsId, proposalId)
    if (!told?.isOpen) return
    const kind = to === 'accepted' || (await isAwaited(tx, cptsId, told)) ? 'proposal-answered' : 'none-live'
    // A case that belongs to nobody concerns the whole coordination.
    const readers = told.ownerId ? [told.ownerId] : (await listHolders(tx, cptsId, 'coordinator')).map(({ id }) => id)
    // Whoever wrote the answer down knows it.
    for (const accountId of readers.filter((id) => id !== told.answeredBy)) {
      const key = `${to}:${proposalId}:${accountId}`
      // The page of a case is found by its reference, which has no place in a message: the start page shows what came.
      await sendNotice(tx, context, { kind, to: { accountId }, about: proposalId, key, link: { path: '/' } })
    }
  })
}
