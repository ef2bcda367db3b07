export type ReferencePrefix = 'MT' | 'SNP' | 'SH'

/**
 * The next reference of a CPTS ($1), prefix ($2) and year ($3), `MT-2026-0042`, as the first part of the statement that
 * writes it, which reads `reference` from `numbered`. The counter's row lock orders two openings until the first has
 * committed: what an opening has to look up comes before.
 */
export const numbered = `with counter as (
    insert into reference_counters as c (cpts_id, prefix, year, last) values ($1, $2, $3, 1)
    on conflict (cpts_id, prefix, year) do update set last = c.last + 1 returning prefix, year, last::text as digits
  ), numbered as (
    select prefix || '-' || year || '-' || lpad(digits, greatest(4, length(digits)), '0') as reference from counter
  )`
