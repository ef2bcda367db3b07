import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { foreignKey, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { cases } from './case.table.ts'
import { accounts } from './cpts.table.ts'

/** Who opened a case and when they last had it before their eyes; `readingUntil` in the future: they still have. */
export const caseReaders = pgTable(
  'case_readers',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull(),
    readingUntil: timestamp('reading_until', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'case_readers_pk', columns: [t.cptsId, t.caseId, t.accountId] }),
    foreignKey({ name: 'case_readers_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    foreignKey({ name: 'case_readers_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
  ],
)
