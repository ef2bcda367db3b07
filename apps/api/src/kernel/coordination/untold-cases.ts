import type { AlertLine } from '@maillage/contracts/coordination/home'
import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

/** An urgent case that a walk looked at; `isUntold`: nobody of the coordination opened it, and no mail told it. */
export interface LookedAt {
  readonly id: CaseId
  readonly ownerId: AccountId | null
  readonly reason: AlertLine['reason']
  readonly since: string
  readonly isUntold: boolean
}

/** Behind which case a walk goes on; `openedAt` as PostgreSQL writes it. */
export interface UntoldCursor {
  readonly openedAt: string
  readonly id: string
}

interface Row {
  id: CaseId
  owner_id: AccountId | null
  reason: AlertLine['reason']
  since: string
  opened_at: string
  untold: boolean
}

/** How many cases a batch looks at. */
export const untoldBatch = 200

// The same reading of urgency as `unread-cases.ts`, some cases at a time: the limit stands inside, before what each costs.
const textOf = (which: string, order: string): string => `select u.id, u.owner_id, u.reason, u.since,
    u.opened_at::text as opened_at, u.is_urgent and not exists (
      select from unread_alerts a where a.cpts_id = $1 and a.case_id = u.id and a.since = u.since
    ) and not exists (
      select from audit_entries e
      where e.cpts_id = $1 and e.case_id = u.id and e.role = 'coordinator' and e.outcome = 'done' and e.at >= u.since
    ) as untold
  from (
    select c.id, c.owner_id, c.opened_at,
      c.band_rank = 1 or c.escalated_at is not null or coalesce(s.level, 'U1') = 'U1' as is_urgent,
      case when c.kind = 'unscheduled-care' and coalesce(s.level, 'U1') = 'U1' then 'same-day'
        when c.escalated_at is not null then 'escalated' else 'first-band' end as reason,
      coalesce(case when c.kind <> 'unscheduled-care' then c.escalated_at end, c.opened_at) as since
    from cases c left join unscheduled_cares s on s.cpts_id = c.cpts_id and s.case_id = c.id
    where c.cpts_id = $1 and c.is_open and c.status <> 'draft'
      and (c.band_rank = 1 or c.escalated_at is not null or c.kind = 'unscheduled-care') and ${which}
    order by ${order} limit ${untoldBatch}
  ) u order by ${order.replaceAll('c.', 'u.')}`

const everyOne = {
  name: 'untold_cases',
  text: textOf('c.id > $3 and $2::timestamptz is not null', 'c.id'),
}
const lately = {
  name: 'untold_lately',
  text: textOf('(c.opened_at, c.id) > ($2::timestamptz, $3::uuid)', 'c.opened_at, c.id'),
}

/** Some of the urgent cases behind a cursor: by identifier, or, of those opened lately, by when they were. */
export async function lookForUntold(
  db: Db,
  cptsId: CptsId,
  after: UntoldCursor,
  order: 'every-one' | 'lately',
): Promise<{ cases: LookedAt[]; next: UntoldCursor | undefined }> {
  const statement = order === 'lately' ? lately : everyOne
  const rows = await queryRows<Row>(db, { ...statement, values: [cptsId, after.openedAt, after.id] })
  const last = rows.length === untoldBatch ? rows.at(-1) : undefined
  return {
    cases: rows.map(({ id, owner_id: ownerId, reason, since, untold }) => ({
      id,
      ownerId,
      reason,
      since: instantOf(since),
      isUntold: untold,
    })),
    next: last && { openedAt: last.opened_at, id: last.id },
  }
}
