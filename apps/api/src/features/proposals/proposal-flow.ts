import type { NeedId } from '@maillage/contracts/kit/ids'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../kernel/context.ts'
import { nextQueued } from '../../kernel/proposals/proposal.store.ts'
import type { OutboxTopics } from '../../kernel/record/outbox.ts'
import { recordSending } from '../../kernel/record/record-proposal.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { problem } from '../../platform/problem-error.ts'

/** Changes a proposal and raises its version. */
export async function updateProposal(
  tx: Db,
  context: Context,
  before: ProposalRow,
  patch: Partial<ProposalRow>,
): Promise<ProposalRow> {
  const [row] = await tx
    .update(proposals)
    .set({ ...patch, version: sql`${proposals.version} + 1`, updatedAt: context.now })
    .where(and(eq(proposals.cptsId, before.cptsId), eq(proposals.id, before.id)))
    .returning()
  if (!row) throw problem('not-found')
  return row
}

/** Until when the practitioner may answer what is sent now. */
export const expiryOf = async (
  tx: Db,
  context: Context,
  row: CaseRow,
  to: Pick<ProposalRow, 'windowMs' | 'needId' | 'practitionerId'>,
): Promise<Date> =>
  to.windowMs
    ? new Date(context.now.getTime() + to.windowMs)
    : await context.kinds[row.kind].answerBy(tx, context, row, to.needId, to.practitionerId)

/** Puts a proposal that was waiting before its practitioner. */
async function sendQueued(tx: Db, context: Context, row: CaseRow, queued: ProposalRow): Promise<void> {
  const expiresAt = await expiryOf(tx, context, row, queued)
  const sent = await updateProposal(tx, context, queued, { status: 'pending', sentAt: context.now, expiresAt })
  await recordSending(tx, context, row, sent)
}

const answeredText = `with told as (
  insert into outbox (cpts_id, topic, payload, created_at) values ($1, $4, $5, $3)
)
update reminders r set done_at = $3, version = r.version + 1
where r.cpts_id = $1 and r.case_id = $2 and r.done_at is null and exists (
  select 1 from proposals p where p.cpts_id = r.cpts_id and p.id = r.proposal_id and p.status not in ('queued', 'pending'))`

/** The answer is known, whatever it is: nobody has to be called any more, and whoever follows the case is told. */
export async function settleAnswered(tx: Db, context: Context, row: CaseRow, answered: ProposalRow): Promise<void> {
  const topic: keyof OutboxTopics = 'tell-answer'
  const payload: OutboxTopics['tell-answer'] = { proposalId: answered.id, to: answered.status }
  const values = [row.cptsId, row.id, context.now, topic, JSON.stringify(payload)]
  await queryRows(tx, { name: 'settle_answered', text: answeredText, values })
}

const liveText = `select count(*) filter (where status = 'pending')::int as pending,
  coalesce(bool_or($3::uuid is null or need_id = $3::uuid), false) as "isLive"
from proposals where cpts_id = $1 and case_id = $2 and status in ('queued', 'pending')`

/** The answers awaited, and whether something is sent or queued for the case, or for the need named. */
async function findLive(tx: Db, { cptsId, id }: CaseRow, needId: NeedId | null) {
  const statement = { name: 'count_live', text: liveText, values: [cptsId, id, needId] }
  const [found] = await queryRows<{ pending: number; isLive: boolean }>(tx, statement)
  return found ?? { pending: 0, isLive: false }
}

/**
 * The header with the number of answers awaited, which the worklist shows; those queued behind another are not counted.
 * It is written once an act, by what the slice then makes of it.
 */
export const countLive = async (tx: Db, row: CaseRow): Promise<CaseRow> => ({
  ...row,
  liveProposals: (await findLive(tx, row, null)).pending,
})

/**
 * After a proposal ended without acceptance: the next of a sequence is sent; when nothing is live any more for the case
 * (or the need), the slice is told.
 */
export async function goOn(tx: Db, context: Context, row: CaseRow, ended: ProposalRow): Promise<void> {
  await settleAnswered(tx, context, row, ended)
  const next = ended.mode === 'sequential' ? await nextQueued(tx, ended) : undefined
  if (next) await sendQueued(tx, context, row, next)
  const { pending, isLive } = await findLive(tx, row, ended.needId)
  await context.kinds[row.kind].onProposalChange(
    tx,
    context,
    { ...row, liveProposals: pending },
    isLive ? { type: 'sent', needId: ended.needId } : { type: 'none-live', needId: ended.needId },
  )
}
