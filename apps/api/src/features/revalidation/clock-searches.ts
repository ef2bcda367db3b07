import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** Until when an answer is awaited, or when somebody is to be asked again. */
export interface SearchClock {
  readonly id: CaseId
  readonly at: Date
  readonly code: 'revalidation' | 'revalidation-asked'
}

// A callback that comes first stays first. Whoever acts on a case sets its clocks: it is left to them.
const text = `with given as (
  select * from jsonb_to_recordset($2::jsonb) as g(id uuid, at timestamptz, code text)
), held as materialized (
  select c.id from cases c join given g on g.id = c.id
  where c.cpts_id = $1 and c.is_open and c.due_code in ('revalidation', 'revalidation-asked')
  order by c.id for update of c skip locked
), clocked as (
  select h.id, least(g.at, b.at) as at, case when b.at < g.at then 'callback' else g.code end as code
  from held h join given g on g.id = h.id left join lateral (
    select min(m.due_at) as at from reminders m where m.cpts_id = $1 and m.case_id = h.id and m.done_at is null) b on true
)
update cases c set due_at = k.at, due_code = k.code, queue_at = k.at
from clocked k where c.cpts_id = $1 and c.id = k.id returning c.id`

/** Moves the clocks of searches that wait to be asked, or are being asked; time alone changes no version. */
export async function clockSearches(tx: Db, cptsId: CptsId, clocks: readonly SearchClock[]): Promise<void> {
  if (clocks.length === 0) return
  await queryRows(tx, { name: 'clock_searches', text, values: [cptsId, JSON.stringify(clocks)] })
}
