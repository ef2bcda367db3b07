import type pg from 'pg'

/**
 * What triggers keep up in the product is counted here, since rows that are filled in go past them. The one place to add
 * to when a migration brings a counter: statements that make it anew from the rows, for every CPTS.
 */
const recounts = [
  'truncate case_counts, case_time_counts',
  `insert into case_counts (cpts_id, slot, kind, status, band_rank, cases, escalated, unowned)
    select cpts_id, 0, kind, status, band_rank, count(*), count(escalated_at), count(*) filter (where owner_id is null)
    from cases where is_open or (kind = 'unscheduled-care' and status = 'closed_no_solution')
    group by cpts_id, kind, status, band_rank`,
  `insert into case_time_counts (cpts_id, slot, what, span, kind, cases)
    select cpts_id, 0, what, span, kind, count(*)
    from (
      select cpts_id, 'due' as what, date_bin('4 hours', queue_at, '2000-01-01 00:00+00') as span, kind
      from cases where is_open and isfinite(queue_at)
      union all
      select cpts_id, 'unmet', date_bin('4 hours', closed_at, '2000-01-01 00:00+00'), kind
      from cases where kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at is not null
    ) moments
    group by cpts_id, what, span, kind`,
  'truncate patient_name_endings',
  `insert into patient_name_endings (cpts_id, ending, word)
    select cpts_id, substr(token, start), token
    from (select distinct cpts_id, token from patient_search_tokens where token !~ '[ 0-9+]') names
    cross join lateral generate_series(2, length(token) - 2) start`,
]

/** Makes every counter agree with the rows again, in one transaction: a write meanwhile waits, and is counted after. */
export async function recount(client: pg.Client): Promise<void> {
  await client.query(recounts.join(';\n'))
}
