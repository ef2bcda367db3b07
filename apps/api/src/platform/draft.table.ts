import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** An unfinished form, per account: kept on the server, never in browser storage; gone on submit or after 7 days. */
export const drafts = pgTable(
  'drafts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    form: text('form').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    savedAt: timestamp('saved_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'drafts_pk', columns: [t.cptsId, t.accountId, t.form] })],
)
