import { offeredTo } from './offers.sql.ts'
import type { Volume } from './volume.ts'

/** The status in which a case is opened, and whether it has gone on since. */
const goneOn = `status not in ('submitted')`

/** What each line of the story says: opened, qualified, spoken of, offered, ended. */
const told = (volume: Volume): string => `
  select n, 0 as k, opened_ms as ms, 'move' as type, 'open' as action, null as from_status, 'submitted' as to_status, null as reason,
    null as text, null::uuid as practitioner_id from plan
  union all
  select n, 1, opened_ms + (since_ms - opened_ms) / 4, 'move',
    case kind when 'gp-search' then 'qualify' when 'unscheduled-care' then 'triage' else 'acknowledge' end, 'submitted',
    case kind when 'gp-search' then 'eligible' when 'unscheduled-care' then 'triaged' else 'acknowledged' end, null, null, null
  from plan where ${goneOn}
  union all
  select n, 2, opened_ms + (since_ms - opened_ms) / 3, case n % 2 when 0 then 'note' else 'contact-attempt' end,
    case n % 2 when 0 then 'note' else 'phone' end, null, null, case n % 2 when 1 then 'no-answer' end,
    case n % 2 when 0 then 'Rappellera en fin de semaine.' end, null
  from plan where n % 5 < 3
  union all
  select n, 3, opened_ms + (since_ms - opened_ms) / 2, 'proposal', 'sent', null, null, null, null, ${offeredTo(volume, 'n', '0')}
  from plan where offers > 0
  union all
  select n, 4, since_ms, 'move', case status when 'closed' then 'close' when 'declared' then 'declare' when 'attended' then 'attend'
    when 'redirected' then 'redirect' when 'closed_no_solution' then 'close-unmet' when 'followed_up' then 'follow-up' else 'cancel' end,
    null, status, null, null, null
  from plan where not is_open`

/** The stories, the audit trail, the callbacks and the last references given. */
export const stories = (volume: Volume): string[] => [
  `insert into case_events (cpts_id, id, case_id, at, type, action, actor_id, actor_role, from_status, to_status, reason, text, practitioner_id)
    select cpts_id, pg_temp.id_of('event', n * 8 + k, ms), id, pg_temp.at_ms(ms), type, action, coordinator_id, 'coordinator',
      from_status, to_status, told.reason, told.text, practitioner_id
    from (${told(volume)}) told join plan using (n)
    order by n, k`,
  // Whoever opened the case read it; and somebody of the coordination did, so that nobody is told of a million unread ones.
  `insert into audit_entries (cpts_id, id, at, recorded_at, actor_id, role, action, case_id, patient_id, to_status, outcome)
    select cpts_id, pg_temp.id_of('audit', n * 2 + k, ms), pg_temp.at_ms(ms), pg_temp.at_ms(ms), coordinator_id, 'coordinator',
      kind || case k when 0 then '.open' else '.read' end, id, patient_id, case k when 0 then 'submitted' end, 'done'
    from plan cross join lateral generate_series(0, case when ${goneOn} then 1 else 0 end) k
    cross join lateral (select case k when 0 then opened_ms else opened_ms + (since_ms - opened_ms) / 4 end as ms) said
    order by n, k`,
  `insert into reminders (cpts_id, id, case_id, due_at, text, assignee_id, created_at)
    select cpts_id, pg_temp.id_of('reminder', n, opened_ms), id, pg_temp.at_ms(due_ms), 'Rappeler', owner_id, pg_temp.at_ms(opened_ms)
    from plan where is_open and due_ms is not null and pg_temp.draw(n, 18, 100) < 6 order by n`,
  `update cases c set due_code = 'callback' from reminders r
    where c.cpts_id = r.cpts_id and c.id = r.case_id and c.cpts_id in (select id from tenants) and r.done_at is null`,
  `insert into reference_counters (cpts_id, prefix, year, last)
    select tenants.id, prefix, year, (select max(i) from plan)
    from tenants cross join unnest(array['MT', 'SNP', 'SH']) prefix
    cross join (
      select distinct extract(year from pg_temp.at_ms(ms) at time zone 'Europe/Paris')::int as year
      from unnest(array[${volume.at.getTime()}, ${volume.at.getTime() - 365 * 86_400_000}, ${volume.at.getTime() - 730 * 86_400_000}]::bigint[]) ms
    ) years`,
]
