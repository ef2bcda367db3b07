import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { ReleaseProposal } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { endPart } from '../../kernel/proposals/proposal.store.ts'
import { recordAnswer } from '../../kernel/record/record-proposal.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { type Answer, takeProposal, toldBy } from './answering.ts'
import { settleAnswered, updateProposal } from './proposal-flow.ts'

type Input = z.output<typeof ReleaseProposal> & { id: ProposalId }

/** A practitioner gives back what they accepted: the place returns, and the patient keeps their seniority. */
export function releaseProposal(deps: Deps, actor: Actor, input: Input): Promise<ProposalRow> {
  return act(deps, actor, async (tx, asked) => {
    const { row, proposal, context } = await takeProposal(tx, asked, input)
    return releaseIn(tx, context, row, proposal, input)
  })
}

/** The same within an act already open. */
export async function releaseIn(
  tx: Db,
  context: Context,
  row: CaseRow,
  proposal: ProposalRow,
  answer: Answer & { reason: string; text?: string | undefined },
): Promise<ProposalRow> {
  if (proposal.status !== 'accepted') throw problem('proposal-closed')
  if (proposal.version !== answer.version) throw problem('version-stale')
  const released = await updateProposal(tx, context, proposal, {
    status: 'released',
    reason: answer.reason,
    reasonText: answer.text ?? null,
    reconfirmation: 'none',
    ...toldBy(context, answer),
  })
  await endPart(tx, context, row, proposal.practitionerId)
  await settleAnswered(tx, context, row, released)
  const { reason } = answer
  const { practitionerId } = proposal
  await recordAnswer(tx, context, row, {
    to: 'released',
    practitionerId,
    reason,
  })
  await context.kinds[row.kind].onProposalChange(tx, context, row, {
    type: 'released',
    proposal: released,
    reason: answer.reason,
  })
  return released
}
