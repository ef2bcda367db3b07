import { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import * as z from 'zod'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { findTold } from './told-proposal.store.ts'

/** What the outbox carries when a proposal is put before its practitioner. */
export const TellProposalJob = z.object({ cptsId: CptsId, proposalId: ProposalId })

/** An answer asked for within this time is urgent: it comes through quiet hours (the product's default). */
export const urgentWithinMs = 12 * 3_600_000

/** The link in the message serves this long: beyond, the proposal is read from Maillage. */
const linkDays = 14

/**
 * Tells a practitioner that something is proposed to them, and reminds them at half of their delay unless they answered
 * (looked at when the reminder leaves). Told once a sending, however often the job comes.
 */
export function tellProposal(deps: Deps, payload: unknown): Promise<void> {
  const { cptsId, proposalId } = TellProposalJob.parse(payload)
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const told = await findTold(tx, cptsId, proposalId)
    if (told?.status !== 'pending' || !told.sentAt || !told.expiresAt) return
    const { sentAt, expiresAt, practitionerId } = told
    const isUrgent = expiresAt.getTime() - sentAt.getTime() <= urgentWithinMs
    const about = {
      to: { practitionerId },
      about: proposalId,
      link: { purpose: 'proposal-open', subjectId: proposalId, days: linkDays },
    } as const
    const key = `${proposalId}:${sentAt.toISOString()}`
    const received = isUrgent ? 'proposal-received-urgent' : 'proposal-received'
    await sendNotice(tx, context, { ...about, kind: received, key: `received:${key}` })
    const half = new Date((sentAt.getTime() + expiresAt.getTime()) / 2)
    if (half <= context.now) return
    const reminder = isUrgent ? 'proposal-reminder-urgent' : 'proposal-reminder'
    await sendNotice(tx, context, { ...about, kind: reminder, key: `reminder:${key}`, sendAt: half })
  })
}
