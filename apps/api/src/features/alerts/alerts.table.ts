import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { check, foreignKey, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { cases } from '../../kernel/tables/case.table.ts'
import { oneOf } from '../../platform/one-of.ts'

/** Why nobody's reading is told by mail: a request for the same day, or a case of the first band. */
export const unreadReasons = ['same-day', 'first-band'] as const
export type UnreadReason = (typeof unreadReasons)[number]

/** The alerts already sent: one a case and a time of waiting (`since`), whatever the number of mails. */
export const unreadAlerts = pgTable(
  'unread_alerts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    reason: text('reason').$type<UnreadReason>().notNull(),
    /** What was told together, in one mail a reader. */
    mailId: uuid('mail_id').notNull(),
    toldAt: timestamp('told_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'unread_alerts_pk', columns: [t.cptsId, t.caseId, t.since] }),
    foreignKey({
      name: 'unread_alerts_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    check('unread_alerts_reason_known', oneOf(t.reason, unreadReasons)),
    index('unread_alerts_recent').on(t.cptsId, t.toldAt),
    index('unread_alerts_of_mail').on(t.cptsId, t.mailId),
  ],
)
