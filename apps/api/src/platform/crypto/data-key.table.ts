import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * Keys that encrypt fields, by version, each wrapped by the master key. The newest writes; the others are there to be
 * read until no row bears them. A retired one keeps its line and loses its key: nothing opens with it any more.
 */
export const dataKeys = pgTable(
  'data_keys',
  {
    version: integer('version').notNull(),
    wrappedKey: text('wrapped_key'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'data_keys_pk', columns: [t.version] }),
    check('data_keys_lost_once_retired', sql`(${t.wrappedKey} is null) = (${t.retiredAt} is not null)`),
  ],
)
