import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { accounts } from './cpts.table.ts'

/** `unproven`: asked by mail, and the mailbox not shown yet. */
export const secondFactorResetStatuses = ['unproven', 'asked', 'done', 'objected', 'refused', 'expired'] as const

/** Requests to take somebody's second factor away, so that they enrol anew. Whoever asks never confirms. */
export const secondFactorResets = pgTable(
  'second_factor_resets',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    /** Whose factor it is. */
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    status: text('status').$type<(typeof secondFactorResetStatuses)[number]>().notNull(),
    /** A colleague; the person themselves, by their mailbox. */
    askedBy: uuid('asked_by').$type<AccountId>().notNull(),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    decidedBy: uuid('decided_by').$type<AccountId>(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'second_factor_resets_pk', columns: [t.cptsId, t.id] }),
    uniqueIndex('second_factor_resets_one_open')
      .on(t.cptsId, t.accountId)
      .where(sql`${t.status} in ('unproven', 'asked')`),
    index('second_factor_resets_recent').on(t.cptsId, t.askedAt),
    check('second_factor_resets_status_known', oneOf(t.status, secondFactorResetStatuses)),
    check(
      'second_factor_resets_two_people',
      sql`${t.status} <> 'done' or (${t.decidedBy} <> ${t.askedBy} and ${t.decidedBy} <> ${t.accountId})`,
    ),
    foreignKey({ name: 'second_factor_resets_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    foreignKey({ name: 'second_factor_resets_asked_by', columns: [t.askedBy], foreignColumns: [accounts.id] }),
    foreignKey({ name: 'second_factor_resets_decided_by', columns: [t.decidedBy], foreignColumns: [accounts.id] }),
  ],
)
