import type { ProposalId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { Context } from '../context.ts'
import type { CaseRow } from '../tables/case.table.ts'
import type { ProposalRow } from '../tables/proposal.table.ts'
import type { OutboxTopics } from './outbox.ts'

/** An answer to a proposal, or what became of one. */
export interface AnswerTold {
  readonly to: string
  readonly practitionerId: ProposalRow['practitionerId']
  readonly reason?: string | null
}

const answerText = `with story as (
  insert into case_events (cpts_id, id, case_id, at, type, action, actor_id, actor_role, reason, practitioner_id, on_behalf)
  values ($1, $2, $3, $4, 'proposal', $5, $6, $7, $8, $9, $15::jsonb)
)
insert into audit_entries (cpts_id, id, at, actor_id, role, action, case_id, patient_id, outcome, on_behalf, request_id,
  on_behalf_of)
values ($1, $10, $4, $6, $7, $11, $3, $12, 'done', $13, $14, $16)`

/** The story's line and the trail's of an answer, written together. */
export async function recordAnswer(
  tx: Db,
  { actor, now }: Context,
  row: Pick<CaseRow, 'cptsId' | 'id' | 'patientId'>,
  { to, practitionerId, reason = null }: AnswerTold,
): Promise<void> {
  const story = [row.cptsId, newRowId(), row.id, now, to, actor.accountId, actor.role, reason, practitionerId]
  const { onBehalfOf } = actor
  const trail = [newRowId(), `proposal.${to}`, row.patientId, onBehalfOf !== undefined, actor.requestId]
  const behalf = [onBehalfOf ? JSON.stringify(onBehalfOf) : null, onBehalfOf?.practitionerId ?? null]
  await queryRows(tx, { name: 'record_answer', text: answerText, values: [...story, ...trail, ...behalf] })
}

// A callback only where nobody signs in for the directory's entry.
const sendingText = `with expiry as (
  insert into outbox (cpts_id, topic, payload, run_at, created_at)
  values ($1, $2, $3, $4, $5), ($1, 'tell-proposal', $3, null, $5)
), callback as (
  insert into reminders (cpts_id, id, case_id, due_at, text, assignee_id, proposal_id, created_at)
  select $1, $6, $7, $8, 'Appeler ' || p.display_name, $9, $10, $5
  from practitioners p where p.cpts_id = $1 and p.id = $11 and not exists (
    select from memberships m where m.cpts_id = $1 and m.practitioner_id = p.id and m.ended_at is null)
)
insert into case_events (cpts_id, id, case_id, at, type, action, actor_id, actor_role, practitioner_id)
values ($1, $12, $7, $5, 'proposal', 'sent', $13, $14, $11)`

/**
 * What follows a sending, written together: its expiry and the message to its practitioner are queued, the story tells it, and « À appeler » reminds the
 * coordinator, at half of the delay, of whoever has no account.
 */
export async function recordSending(
  tx: Db,
  { actor, now }: Context,
  row: Pick<CaseRow, 'cptsId' | 'id' | 'ownerId'>,
  sent: { id: ProposalId; practitionerId: ProposalRow['practitionerId']; expiresAt: Date | null },
): Promise<void> {
  const expiresAt = sent.expiresAt ?? now
  const topic: keyof OutboxTopics = 'expire-proposal'
  const payload: OutboxTopics['expire-proposal'] = { proposalId: sent.id }
  const half = new Date((now.getTime() + expiresAt.getTime()) / 2)
  const expiry = [row.cptsId, topic, JSON.stringify(payload), expiresAt, now]
  const callback = [crypto.randomUUID(), row.id, half, row.ownerId, sent.id, sent.practitionerId]
  const story = [newRowId(), actor.accountId, actor.role]
  await queryRows(tx, { name: 'record_sending', text: sendingText, values: [...expiry, ...callback, ...story] })
}
