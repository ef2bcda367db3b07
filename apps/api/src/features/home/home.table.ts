import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { foreignKey, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../../kernel/tables/cpts.table.ts'

/** When a coordinator last looked at the home page, and since when what is shown there is news to them. */
export const homeVisits = pgTable(
  'home_visits',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'home_visits_pk', columns: [t.cptsId, t.accountId] }),
    foreignKey({ name: 'home_visits_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
  ],
)
