import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './cpts.table.ts'

/** When a coordinator is away, both days included, and who stands in meanwhile. */
export const coordinatorAbsences = pgTable(
  'coordinator_absences',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    deputyId: uuid('deputy_id').$type<AccountId>().notNull(),
    fromDay: date('from_day', { mode: 'string' }).$type<DayDate>().notNull(),
    untilDay: date('until_day', { mode: 'string' }).$type<DayDate>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'coordinator_absences_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'coordinator_absences_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    foreignKey({ name: 'coordinator_absences_deputy', columns: [t.deputyId], foreignColumns: [accounts.id] }),
    check('coordinator_absences_in_order', sql`${t.untilDay} >= ${t.fromDay}`),
    check('coordinator_absences_somebody_else', sql`${t.deputyId} <> ${t.accountId}`),
    index('coordinator_absences_by_end').on(t.cptsId, t.untilDay),
  ],
)
