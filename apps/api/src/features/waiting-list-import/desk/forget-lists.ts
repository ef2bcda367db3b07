import { sql } from 'drizzle-orm'
import type { Owner } from '../../../platform/jobs/owner.ts'
import type { Pace } from '../../../platform/jobs/pace.ts'
import { sweep } from '../../../platform/jobs/sweep.ts'

/**
 * What is kept of lists for seven days only: those given and never started, the file of those that ended, and what
 * stood in their refused lines. Their counts stay.
 */
export async function forgetLists(owner: Owner, pace: Pace, now: Date): Promise<void> {
  const before = sql`${now.toISOString()}::timestamptz - interval '7 days'`
  await sweep(owner, pace, {
    table: 'waiting_list_imports',
    statement: (part) =>
      sql`delete from waiting_list_imports t where ${part} and t.status = 'draft' and t.created_at < ${before}`,
  })
  await sweep(owner, pace, {
    table: 'waiting_list_imports',
    statement: (part) =>
      sql`update waiting_list_imports t set content = null
        where ${part} and t.content is not null and t.finished_at < ${before}`,
  })
  await sweep(owner, pace, {
    table: 'waiting_list_import_lines',
    statement: (part) =>
      sql`update waiting_list_import_lines t set refusals = '[]' from waiting_list_imports i
        where ${part} and i.cpts_id = t.cpts_id and i.id = t.import_id and t.refusals <> '[]' and i.content is null`,
  })
}
