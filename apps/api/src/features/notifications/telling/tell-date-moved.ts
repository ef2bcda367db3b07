import { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { findTold } from './told-proposal.store.ts'

/** What the outbox carries when whoever accepted is asked again whether they come. */
export const TellDateMovedJob = z.object({ cptsId: CptsId, proposalId: ProposalId })

/** Tells whoever accepted that a date moved, and asks whether they still come. */
export function tellDateMoved(deps: Deps, payload: unknown): Promise<void> {
  const { cptsId, proposalId } = TellDateMovedJob.parse(payload)
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const told = await findTold(tx, cptsId, proposalId)
    if (told?.status !== 'accepted') return
    const link = { purpose: 'proposal-open', subjectId: proposalId, days: 14 } as const
    const to = { practitionerId: told.practitionerId }
    // A date may move twice: each time is told, those that fall together once.
    const key = `date-moved:${proposalId}:${context.now.toISOString().slice(0, 16)}`
    await sendNotice(tx, context, { kind: 'date-moved', to, about: proposalId, key, link })
  })
}
