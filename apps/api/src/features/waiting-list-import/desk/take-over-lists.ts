import { sql } from 'drizzle-orm'
import type { Db } from '../../../platform/db/database.ts'

/**
 * A list whose process died, or that found no place to run, is queued again, within a minute or two: under the owner of
 * the tables, for every CPTS. Returns how many.
 */
export async function takeOverLists(tx: Db, now: Date): Promise<number> {
  const at = now.toISOString()
  const { rowCount } = await tx.execute(sql`
    insert into outbox (cpts_id, topic, payload, created_at)
    select cpts_id, 'run-waiting-list-import', jsonb_build_object('importId', id), ${at}::timestamptz
    from waiting_list_imports
    where status in ('running', 'undoing')
      and (beat_at is null or beat_at < ${at}::timestamptz - interval '1 minute')
    order by beat_at limit 50`)
  return rowCount ?? 0
}
