import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** What must happen after the commit; the API only inserts, the runner moves rows to the worker under its own role. */
export const outbox = pgTable(
  'outbox',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity({ name: 'outbox_id' }),
    topic: text('topic').notNull(),
    /** Ids and codes only. */
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    runAt: timestamp('run_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    takenAt: timestamp('taken_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'outbox_pk', columns: [t.cptsId, t.id] }),
    index('outbox_waiting').on(t.id).where(sql`${t.takenAt} is null`),
  ],
)
