import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../../kernel/tables/cpts.table.ts'

/** How somebody wants to be told, in one CPTS. No row: the product's defaults. */
export const noticeChoices = pgTable(
  'notice_choices',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    choices: jsonb('choices').$type<NoticeChoices>().notNull(),
    version: integer('version').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'notice_choices_pk', columns: [t.cptsId, t.accountId] }),
    foreignKey({ name: 'notice_choices_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
  ],
)

/**
 * The words of a kind of message as an administrator set them, one row a wording; the last is in force. Null words: back
 * to the product's own.
 */
export const noticeTemplates = pgTable(
  'notice_templates',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    kind: text('kind').notNull(),
    version: integer('version').notNull(),
    words: jsonb('words').$type<{ subject: string; text: string; action: string; short: string }>(),
    writtenBy: uuid('written_by').$type<AccountId>().notNull(),
    writtenAt: timestamp('written_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'notice_templates_pk', columns: [t.cptsId, t.kind, t.version] }),
    foreignKey({ name: 'notice_templates_writer', columns: [t.writtenBy], foreignColumns: [accounts.id] }),
  ],
)
