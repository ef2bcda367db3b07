import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * What was granted of each limit in its running window, by hashed key (account or address), for all processes together.
 * Unlogged: a count that a crash forgets is begun anew.
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').notNull(),
    windowAt: timestamp('window_at', { withTimezone: true }).notNull(),
    granted: integer('granted').notNull(),
  },
  (t) => [primaryKey({ name: 'rate_limits_pk', columns: [t.key] })],
)
