import { gpSearchClosingReasons, lossReasons } from '@maillage/contracts/gp-search'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { type ReasonsQuery, type ReasonsReport, requesters } from '@maillage/contracts/revalidation'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

// The bounds are the days of the CPTS, both counted.
const within = (column: string): string =>
  `${column} >= $2::date::timestamp at time zone $4 and ${column} < ($3::date + 1)::timestamp at time zone $4`

// Who wrote a request down is who opened it, as its story has it; online, whoever filled the page in. Nothing is guessed from
// the channel: what came from a list, or has no story, is nobody's.
const enteredText = `select coalesce(s.details -> 'previousGp' ->> 'lossReason', 'unknown') as loss, c.channel,
  case when c.channel = 'public' then case when p.guardian is null then 'patient' else 'guardian' end
    else coalesce(opened.role, 'unknown') end as requester, count(*)::int as count
from cases c join gp_searches s on s.cpts_id = $1 and s.case_id = c.id
join patients p on p.cpts_id = $1 and p.id = c.patient_id
left join lateral (select e.actor_role as role from case_events e where e.cpts_id = $1 and e.case_id = c.id
  and e.type = 'move' and e.from_status is null and e.actor_id is not null order by e.at, e.id limit 1) opened on true
where c.cpts_id = $1 and c.kind = 'gp-search' and c.status <> 'draft' and ${within('c.opened_at')}
group by 1, 2, 3`

const leftText = `select case when c.status = 'declared' then 'declared' else coalesce(c.status_reason, 'other') end as exit,
  count(*)::int as count
from cases c
where c.cpts_id = $1 and c.kind = 'gp-search' and c.status in ('declared', 'closed') and ${within('c.closed_at')}
group by 1`

interface Entered {
  loss: string
  channel: string
  requester: string
  count: number
}

/** How searches came in and how they ended in a period. Two statements; nobody is named. */
export async function readReasons(
  db: Db,
  cptsId: CptsId,
  { from, to }: ReasonsQuery,
  timeZone: string,
): Promise<ReasonsReport> {
  const values = [cptsId, from, to, timeZone]
  const entered = await queryRows<Entered>(db, { name: 'reasons_entered', text: enteredText, values })
  const left = await queryRows<{ exit: string; count: number }>(db, { name: 'reasons_left', text: leftText, values })
  const by = (key: 'loss' | 'channel' | 'requester') => (row: Entered) => row[key]
  return {
    from,
    to,
    entered: sum(entered),
    byLoss: counted([...lossReasons, 'unknown'], entered, by('loss'), 'unknown'),
    byChannel: counted(
      ['phone', 'counter', 'professional', 'hospital', 'import', 'public'],
      entered,
      by('channel'),
      'phone',
    ),
    byRequester: counted(requesters, entered, by('requester'), 'unknown'),
    left: sum(left),
    byExit: counted(['declared', ...gpSearchClosingReasons, 'other'], left, ({ exit }) => exit, 'other'),
  }
}

const sum = (rows: readonly { count: number }[]): number => rows.reduce((total, { count }) => total + count, 0)

/** The codes that were met, the most frequent first; a code that is not on the list counts under `rest`. */
function counted<const Code extends string, Row extends { count: number }>(
  codes: readonly Code[],
  rows: readonly Row[],
  codeOf: (row: Row) => string,
  rest: NoInfer<Code>,
): { code: Code; count: number }[] {
  const counts = new Map<Code, number>()
  for (const row of rows) {
    const code = codes.find((one) => one === codeOf(row)) ?? rest
    counts.set(code, (counts.get(code) ?? 0) + row.count)
  }
  return [...counts].map(([code, count]) => ({ code, count })).toSorted((one, other) => other.count - one.count)
}
