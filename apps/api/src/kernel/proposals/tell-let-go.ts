import type { Db } from '../../platform/db/database.ts'
import type { Context } from '../context.ts'
import type { NoticeKind } from '../notices/notice-kinds.ts'
import { sendNotice } from '../notices/send-notice.ts'
import type { ProposalRow } from '../tables/proposal.table.ts'

/**
 * A case asks nothing more of those who were asked or had accepted: each is told so, without a word of whom or why. Who
 * waited behind another knew of nothing, and who did it themselves knows already.
 */
export async function tellLetGo(
  tx: Db,
  context: Context,
  { withdrawn, released }: { withdrawn: readonly ProposalRow[]; released: readonly ProposalRow[] },
): Promise<void> {
  for (const proposal of withdrawn) if (proposal.sentAt) await tell(tx, context, proposal, 'proposal-withdrawn')
  for (const proposal of released) await tell(tx, context, proposal, 'acceptance-ended')
}

/** What was accepted is for fewer people: somebody of a household left it. */
export async function tellFewer(tx: Db, context: Context, accepted: readonly ProposalRow[]): Promise<void> {
  for (const proposal of accepted) await tell(tx, context, proposal, 'acceptance-changed')
}

async function tell(
  tx: Db,
  context: Context,
  { id, practitionerId, version }: ProposalRow,
  kind: Extract<NoticeKind, 'proposal-withdrawn' | 'acceptance-ended' | 'acceptance-changed'>,
): Promise<void> {
  const { actor } = context
  if (actor.practitionerId === practitionerId || actor.onBehalfOf?.practitionerId === practitionerId) return
  const key = `${kind}:${id}:${version}`
  await sendNotice(tx, context, { kind, to: { practitionerId }, about: id, key, link: { path: '/propositions' } })
}
