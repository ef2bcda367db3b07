import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { WithdrawProposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { goOn, updateProposal } from './proposal-flow.ts'
import { lockProposal } from './proposals.store.ts'

/** The coordinator takes a proposal back before its answer; a sequence goes on with the next one. */
export function withdrawProposal(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof WithdrawProposal> & { id: ProposalId },
): Promise<ProposalRow> {
  return act(deps, actor, async (tx, context) => {
    const { row, proposal } = await lockProposal(tx, actor, input.id)
    if (proposal.status !== 'pending' && proposal.status !== 'queued') throw problem('proposal-closed')
    if (proposal.version !== input.version) throw problem('version-stale')
    const { now } = context
    const withdrawn = await updateProposal(tx, context, proposal, {
      status: 'withdrawn',
      answeredAt: now,
      reasonText: input.reason ?? null,
    })
    const { practitionerId } = proposal
    await recordEvent(tx, context, row, { type: 'proposal', action: 'withdrawn', practitionerId })
    await recordAudit(tx, actor, { action: 'proposal.withdrawn', at: now, caseId: row.id, patientId: row.patientId })
    // One that only waited behind another leaves the other where it is.
    if (proposal.status === 'pending') await goOn(tx, context, row, withdrawn)
    return withdrawn
  })
}
