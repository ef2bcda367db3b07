import type { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { goOn, updateProposal } from './proposal-flow.ts'
import { lockProposal } from './proposals.store.ts'

/**
 * A proposal whose clock ran out without an answer: silence, counted apart from a decline. Returns false when it was
 * answered in time or when its clock still runs: an expiry that comes twice does nothing the second time.
 */
export function expireProposal(deps: Deps, cptsId: CptsId, id: ProposalId): Promise<boolean> {
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const { row, proposal } = await lockProposal(tx, context.actor, id)
    const { now } = context
    if (proposal.status !== 'pending' || !proposal.expiresAt || proposal.expiresAt > now) return false
    const expired = await updateProposal(tx, context, proposal, { status: 'expired', answeredAt: now })
    const { practitionerId } = proposal
    await recordEvent(tx, context, row, { type: 'proposal', action: 'expired', practitionerId })
    await recordAudit(tx, context.actor, {
      action: 'proposal.expired',
      at: now,
      caseId: row.id,
      patientId: row.patientId,
    })
    await goOn(tx, context, row, expired)
    return true
  })
}
