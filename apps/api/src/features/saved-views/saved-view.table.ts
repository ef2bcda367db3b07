import type { SavedViewQuery } from '@maillage/contracts/coordination/saved-views'
import type { AccountId, CptsId, SavedViewId } from '@maillage/contracts/kit/ids'
import {
  boolean,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { accounts } from '../../kernel/tables/cpts.table.ts'

/** The filters, order and columns of the queue that somebody keeps under a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<SavedViewId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    name: text('name').notNull(),
    query: jsonb('query').$type<SavedViewQuery>().notNull(),
    isShared: boolean('is_shared').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'saved_views_pk', columns: [t.cptsId, t.id] }),
    unique('saved_views_name').on(t.cptsId, t.accountId, t.name),
    foreignKey({ name: 'saved_views_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
  ],
)
