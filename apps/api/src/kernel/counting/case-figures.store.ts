import type { CaseKindName } from '@maillage/contracts/cases'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** How many cases stand at one place; `late` and `dueToday` are told by kind only, on lines without a status. */
export interface CaseFigure {
  readonly kind: CaseKindName
  readonly status: string | null
  readonly bandRank: number | null
  readonly cases: number
  readonly escalated: number
  readonly unowned: number
  readonly late: number
  readonly dueToday: number
  /** Unscheduled cares closed without a solution since the moment asked for. */
  readonly unmetRecent: number
}

// Whole spans come from the counters; the span that a moment cuts is counted along an index of `cases`, by its kinds so
// that the index alone answers. A day ends at midnight on the CPTS's wall clock.
const text = `with moment as materialized (
  select $2::timestamptz as now, (date_trunc('day', $2::timestamptz at time zone time_zone) + interval '1 day') at time zone time_zone as tonight
  from cpts where id = $1
), span as materialized (
  select date_bin('4 hours', now, '2000-01-01 00:00+00') as now, date_bin('4 hours', tonight, '2000-01-01 00:00+00') as tonight,
    date_bin('4 hours', $3::timestamptz, '2000-01-01 00:00+00') as recent
  from moment
)
select kind, status, band_rank as "bandRank", sum(cases)::int as cases, sum(escalated)::int as escalated,
  sum(unowned)::int as unowned, 0 as late, 0 as "dueToday", 0 as "unmetRecent"
from case_counts where cpts_id = $1
group by kind, status, band_rank having sum(cases) <> 0
union all
select kind, null, null, 0, 0, 0, coalesce(sum(cases) filter (where span < (select now from span)), 0)::int,
  coalesce(sum(cases) filter (where span >= (select now from span)), 0)::int, 0
from case_time_counts where cpts_id = $1 and what = 'due' and span < (select tonight from span)
group by kind
union all
select kind, null, null, 0, 0, 0, count(*)::int, -count(*)::int, 0
from cases where cpts_id = $1 and is_open and kind in ('gp-search', 'unscheduled-care', 'hospital-discharge')
  and queue_at >= (select now from span) and queue_at < (select now from moment)
group by kind
union all
select kind, null, null, 0, 0, 0, 0, count(*)::int, 0
from cases where cpts_id = $1 and is_open and kind in ('gp-search', 'unscheduled-care', 'hospital-discharge')
  and queue_at >= (select tonight from span) and queue_at < (select tonight from moment)
group by kind
union all
select 'unscheduled-care', null, null, 0, 0, 0, 0, 0, coalesce(sum(cases), 0)::int
from case_time_counts where cpts_id = $1 and what = 'unmet' and span >= (select recent from span)
union all
select 'unscheduled-care', null, null, 0, 0, 0, 0, 0, -count(*)::int
from cases where cpts_id = $1 and kind = 'unscheduled-care' and status = 'closed_no_solution'
  and closed_at >= (select recent from span) and closed_at < $3::timestamptz`

/**
 * What stands where in a CPTS, what is late or due today, and what found no solution since `recently`: one statement,
 * whose cost does not grow with the number of cases.
 */
export const readCaseFigures = (
  db: Db,
  cptsId: CptsId,
  { now, recently }: { now: Date; recently: Date },
): Promise<CaseFigure[]> => queryRows(db, { name: 'case_figures', text, values: [cptsId, now, recently] })

/** The sum of one figure over the lines that `which` keeps. */
export const sumOf = (
  figures: readonly CaseFigure[],
  of: 'cases' | 'escalated' | 'unowned' | 'late' | 'dueToday' | 'unmetRecent',
  which: (figure: CaseFigure) => boolean = () => true,
): number => figures.reduce((total, figure) => (which(figure) ? total + figure[of] : total), 0)
