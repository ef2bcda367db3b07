import { sql } from 'drizzle-orm'
import type { Owner } from '../../platform/jobs/owner.ts'
import type { Pace } from '../../platform/jobs/pace.ts'
import { sweep } from '../../platform/jobs/sweep.ts'

/** How long a number stays once nothing is open for the person any more: long enough for a case to be reopened. */
const daysAfterLastCase = 90

// The person under each of their records, up to the kept one: a merge moves the cases there.
const theirCases = sql`with recursive kept as (
    select p.id, p.merged_into_id from patients p where p.cpts_id = t.cpts_id and p.id = t.patient_id
    union select p.id, p.merged_into_id from kept k join patients p on p.cpts_id = t.cpts_id and p.id = k.merged_into_id)
  select from kept k join cases c on c.cpts_id = t.cpts_id and (c.patient_id = k.id or exists (
    select from gp_search_members m where m.cpts_id = t.cpts_id and m.case_id = c.id and m.patient_id = k.id))`

/**
 * Forgets the health numbers that serve nothing any more: nothing is open for the person, who withdrew their consent or
 * whose last case closed long ago. The number alone goes; the digest that found it goes with it.
 */
export async function forgetNumbers(owner: Owner, pace: Pace, now: Date): Promise<number> {
  const before = sql`${now.toISOString()}::timestamptz - make_interval(days => ${daysAfterLastCase})`
  return await sweep(owner, pace, {
    table: 'patient_identities',
    statement: (part) => sql`update patient_identities t set status = 'provisional', authority = null,
        sealed_number = null, digest = null, key_version = null
      where ${part} and t.sealed_number is not null and not exists (${theirCases} where c.is_open)
        and (exists (${theirCases} where c.status = 'withdrawn')
          or (t.recorded_at < ${before} and not exists (${theirCases} where c.updated_at >= ${before})))`,
  })
}
