import type { AlertLine } from '@maillage/contracts/coordination/home'
import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

/** A case that nobody of the coordination has opened, and why that matters. */
export interface UnreadCase {
  readonly id: CaseId
  readonly reason: AlertLine['reason']
  readonly since: string
  readonly ownerId: AccountId | null
  /** When a mail told it. */
  readonly toldAt: string | null
}

interface Row {
  id: CaseId
  reason: AlertLine['reason']
  since: string
  owner_id: AccountId | null
  told_at: string | null
}

// The trail says who opened what: a coordinator who read, opened or moved the case has left a line there. A request for
// which nothing was said counts as U1, the cautious reading. What is open and urgent is bounded by what a team follows:
// each one's own trail is looked up, never the territory's.
const text = `select u.id, u.reason, u.since, u.owner_id,
  (select told_at from unread_alerts a where a.cpts_id = $1 and a.case_id = u.id and a.since = u.since) as told_at
from (
  select c.id, c.owner_id, c.band_rank,
    case when c.kind = 'unscheduled-care' and coalesce(s.level, 'U1') = 'U1' then 'same-day'
      when c.escalated_at is not null then 'escalated' else 'first-band' end as reason,
    coalesce(case when c.kind <> 'unscheduled-care' then c.escalated_at end, c.opened_at) as since
  from cases c
  left join lateral (
    select s.level from unscheduled_cares s
    where c.kind = 'unscheduled-care' and s.cpts_id = $1 and s.case_id = c.id offset 0
  ) s on true
  where c.cpts_id = $1 and c.is_open and c.status <> 'draft' and ($2::uuid[] is null or c.id = any($2::uuid[]))
    and (c.band_rank = 1 or c.escalated_at is not null or c.kind = 'unscheduled-care')
    and (c.band_rank = 1 or c.escalated_at is not null or coalesce(s.level, 'U1') = 'U1')
) u
where (
  select true from audit_entries e
  where e.cpts_id = $1 and e.case_id = u.id and e.role = 'coordinator' and e.outcome = 'done' and e.at >= u.since limit 1) is null
order by u.since, u.id`

/** The urgent cases that stand unread in a CPTS, the longest waiting first; of `among` only, where given. */
export async function listUnreadCases(db: Db, cptsId: CptsId, among?: readonly CaseId[]): Promise<UnreadCase[]> {
  const rows = await queryRows<Row>(db, { name: 'unread_cases', text, values: [cptsId, among ? [...among] : null] })
  return rows.map(({ id, reason, since, owner_id: ownerId, told_at: toldAt }) => ({
    id,
    reason,
    since: instantOf(since),
    ownerId,
    toldAt: toldAt && instantOf(toldAt),
  }))
}
