import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { foreignKey, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { cases } from '../../kernel/tables/case.table.ts'

/** How far each reader has read the messages of a case: ids are sortable, so the last one says it all. */
export const messageReadings = pgTable(
  'message_readings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    /** In which role it was read: the coordination, or the other side. */
    role: text('role').$type<Role>().notNull(),
    lastReadId: uuid('last_read_id').notNull(),
    readAt: timestamp('read_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_readings_pk', columns: [t.cptsId, t.caseId, t.accountId] }),
    foreignKey({
      name: 'message_readings_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
  ],
)
