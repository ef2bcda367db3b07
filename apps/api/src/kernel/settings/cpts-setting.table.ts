import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { SettingName } from '@maillage/contracts/settings/settings'
import { foreignKey, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../tables/cpts.table.ts'

/** A number that a CPTS set for itself, one row a setting. No row, or a null value: the product's own. */
export const cptsSettings = pgTable(
  'cpts_settings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    name: text('name').$type<SettingName>().notNull(),
    value: integer('value'),
    version: integer('version').notNull(),
    changedBy: uuid('changed_by').$type<AccountId>().notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'cpts_settings_pk', columns: [t.cptsId, t.name] }),
    foreignKey({ name: 'cpts_settings_changed_by', columns: [t.changedBy], foreignColumns: [accounts.id] }),
  ],
)
