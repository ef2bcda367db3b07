import { newRowId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { CaseRow } from '../tables/case.table.ts'
import type { OutboxTopics } from './outbox.ts'

/** A case that came to be, or went from one status to another. */
export interface Transition {
  readonly action: string
  readonly from: string | null
  readonly to: string
  readonly reason?: string | null
  /** Free text for the case's story; it never reaches the audit. */
  readonly note?: string | null
  /** What follows after the commit, where it is more than the case's event. */
  readonly topic?: 'case-opened' | 'case-event' | undefined
}

// Three tables, one statement: each act on a case pays this price, and a trail that fails undoes the rest with it.
const text = `with story as (
  insert into case_events (cpts_id, id, case_id, at, type, action, actor_id, actor_role, from_status, to_status, reason, text,
    on_behalf)
  values ($1, $2, $3, $4, 'move', $5, $6, $7, $8, $9, $10, $11, $18::jsonb)
), trail as (
  insert into audit_entries (cpts_id, id, at, actor_id, role, action, case_id, patient_id, from_status, to_status, outcome,
    on_behalf, on_behalf_of, request_id)
  values ($1, $12, $4, $6, $7, $13, $3, $14, $8, $9, 'done', $19::uuid is not null, $19, $15)
)
insert into outbox (cpts_id, topic, payload, created_at) values ($1, $16, $17, $4)`

/** In whose place, for the story's line and for the trail's. */
const behalfOf = ({ onBehalfOf }: Actor): (string | null)[] => [
  onBehalfOf ? JSON.stringify(onBehalfOf) : null,
  onBehalfOf?.practitionerId ?? null,
]

/** The case's story, the trail and what follows after the commit: the three lines of a transition, written together. */
export async function recordTransition(
  tx: Db,
  { actor, now }: Context,
  row: Pick<CaseRow, 'cptsId' | 'id' | 'kind' | 'patientId'>,
  { action, from, to, reason = null, note = null, topic = 'case-event' }: Transition,
): Promise<void> {
  const payload: OutboxTopics['case-event'] = { caseId: row.id, kind: row.kind, action }
  const story = [row.cptsId, newRowId(), row.id, now, action, actor.accountId, actor.role, from, to, reason, note]
  const trail = [newRowId(), `${row.kind}.${action}`, row.patientId, actor.requestId]
  const follow = [topic, JSON.stringify(payload)]
  await queryRows(tx, { name: 'record_transition', text, values: [...story, ...trail, ...follow, ...behalfOf(actor)] })
}
