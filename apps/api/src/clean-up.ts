import { sql } from 'drizzle-orm'
import { forgetLists } from './features/waiting-list-import/desk/forget-lists.ts'
import { forgetNumbers } from './kernel/patients/forget-numbers.ts'
import type { Owner } from './platform/jobs/owner.ts'
import type { Pace } from './platform/jobs/pace.ts'
import { sweep } from './platform/jobs/sweep.ts'

// What is kept for a time only: answers, refused sign-ins and counted requests for a day, drafts and taken outbox rows for seven, ended
// sessions and expired links for thirty, what was told to whom for a year.
const kept = [
  { table: 'idempotency_keys', column: 'created_at', days: 1 },
  { table: 'drafts', column: 'saved_at', days: 7 },
  { table: 'outbox', column: 'taken_at', days: 7 },
  { table: 'password_resets', column: 'asked_at', days: 1 },
  { table: 'refresh_tokens', column: 'expires_at', days: 30 },
  { table: 'sessions', column: 'last_seen_at', days: 30 },
  { table: 'remembered_devices', column: 'expires_at', days: 0 },
  { table: 'passkey_challenges', column: 'expires_at', days: 1 },
  { table: 'second_factor_resets', column: 'expires_at', days: 30 },
  { table: 'openid_flows', column: 'expires_at', days: 0 },
  { table: 'openid_sessions', column: 'opened_at', days: 7 },
  { table: 'sign_in_attempts', column: 'last_at', days: 1 },
  { table: 'single_purpose_links', column: 'expires_at', days: 30 },
  { table: 'notices', column: 'created_at', days: 365 },
  { table: 'rate_limits', column: 'window_at', days: 1 },
  { table: 'registration_drafts', column: 'expires_at', days: 0 },
  // Never confirmed: a confirmed one has no end, and stays with its case.
  { table: 'registrations', column: 'expires_at', days: 0 },
] as const

/** Removes what is kept for a time only, a part of a table at a time. */
export async function cleanUp(owner: Owner, pace: Pace, now: Date): Promise<void> {
  for (const { table, column, days } of kept) {
    const before = sql`${now.toISOString()}::timestamptz - make_interval(days => ${days})`
    await sweep(owner, pace, {
      table,
      statement: (part) =>
        sql`delete from ${sql.identifier(table)} t where ${part} and t.${sql.identifier(column)} < ${before}`,
    })
  }
  await owner.transaction((tx) => tx.execute(forgetEmptyCounts(now)))
  await forgetLists(owner, pace, now)
  await forgetNumbers(owner, pace, now)
}

/** Spans that are over and empty say nothing any more; a row that an act is writing just now is left to another night. */
const forgetEmptyCounts = (now: Date) => sql`delete from case_time_counts
  where (cpts_id, what, span, kind, slot) in (
    select cpts_id, what, span, kind, slot from case_time_counts
    where cases = 0 and span < ${now.toISOString()}::timestamptz - interval '1 day' for update skip locked)`
