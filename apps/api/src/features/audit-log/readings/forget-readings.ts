import { settings } from '@maillage/contracts/settings/settings'
import { sql } from 'drizzle-orm'
import type { Owner } from '../../../platform/jobs/owner.ts'
import type { Pace } from '../../../platform/jobs/pace.ts'
import { sweep } from '../../../platform/jobs/sweep.ts'

/** What was told from the trail, and of unusual readings, goes with the time that each CPTS set: `settings` holds the product's. */
const kept = [
  { table: 'subject_readings', column: 'day', name: 'audit-months' },
  { table: 'reading_alerts', column: 'raised_at', name: 'reading-alert-months' },
] as const

/** Removes it, a part of a table at a time. */
export async function forgetReadings(owner: Owner, pace: Pace, now: Date): Promise<void> {
  for (const { table, column, name } of kept)
    await sweep(owner, pace, {
      table,
      statement: (part) => sql`delete from ${sql.identifier(table)} t where ${part} and t.${sql.identifier(column)}
        < ${now.toISOString()}::timestamptz - make_interval(months => coalesce((select s.value from cpts_settings s
          where s.cpts_id = t.cpts_id and s.name = ${name}), ${settings[name].standard}))`,
    })
}
