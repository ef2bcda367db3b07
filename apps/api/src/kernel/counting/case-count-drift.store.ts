import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'

/** A figure that does not say what the cases say. */
export interface CountDrift extends Record<string, unknown> {
  readonly cptsId: CptsId
  /** `kind status P<band>`, or `what kind span`. */
  readonly figure: string
  readonly counted: number
  readonly actual: number
}

// What the triggers keep, counted anew from the cases; the same words as in the migration that made them.
const standing = sql`select cpts_id, kind, status, band_rank, count(*)::int as cases,
    (count(*) filter (where escalated_at is not null))::int as escalated, (count(*) filter (where owner_id is null))::int as unowned
  from cases where is_open or (kind = 'unscheduled-care' and status = 'closed_no_solution')
  group by cpts_id, kind, status, band_rank`
const timed = sql`select cpts_id, what, span, kind, count(*)::int as cases from (
    select cpts_id, 'due' as what, date_bin('4 hours', queue_at, '2000-01-01 00:00+00') as span, kind
    from cases where is_open and isfinite(queue_at)
    union all
    select cpts_id, 'unmet', date_bin('4 hours', closed_at, '2000-01-01 00:00+00'), kind
    from cases where kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at is not null) moments
  group by cpts_id, what, span, kind`

/** The figures that differ from what the cases say, over every CPTS: under the owner's role, one snapshot for both. */
export async function findCountDrift(tx: Db): Promise<CountDrift[]> {
  const { rows } = await tx.execute<CountDrift>(sql`
    with kept as (
      select cpts_id, kind, status, band_rank, sum(cases)::int as cases, sum(escalated)::int as escalated, sum(unowned)::int as unowned
      from case_counts group by cpts_id, kind, status, band_rank
    ), kept_in_time as (
      select cpts_id, what, span, kind, sum(cases)::int as cases from case_time_counts group by cpts_id, what, span, kind
    ), compared as (
      select cpts_id, kind || ' ' || status || ' P' || band_rank as figure,
        array[coalesce(k.cases, 0), coalesce(k.escalated, 0), coalesce(k.unowned, 0)] as kept,
        array[coalesce(s.cases, 0), coalesce(s.escalated, 0), coalesce(s.unowned, 0)] as actual
      from kept k full join (${standing}) s using (cpts_id, kind, status, band_rank)
      union all
      select cpts_id, what || ' ' || kind || ' ' || span, array[coalesce(k.cases, 0)], array[coalesce(t.cases, 0)]
      from kept_in_time k full join (${timed}) t using (cpts_id, what, span, kind)
    )
    select cpts_id as "cptsId", figure, kept[1] as counted, actual[1] as actual from compared where kept <> actual
    order by cpts_id, figure`)
  return rows
}

/** Counts everything anew, while nobody writes: for a database restored in parts, or touched with the triggers off. */
export async function recount(tx: Db): Promise<void> {
  await tx.execute(sql`lock table cases in share row exclusive mode`)
  await tx.execute(sql`delete from case_counts`)
  await tx.execute(sql`delete from case_time_counts`)
  await tx.execute(sql`insert into case_counts (cpts_id, kind, status, band_rank, cases, escalated, unowned, slot)
    select s.*, 0 from (${standing}) s`)
  await tx.execute(
    sql`insert into case_time_counts (cpts_id, what, span, kind, cases, slot) select t.*, 0 from (${timed}) t`,
  )
}
