import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, AgreementId, CptsId, OrganizationId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { accounts, organizations } from '../../kernel/tables/cpts.table.ts'

const day = (name: string) => date(name, { mode: 'string' }).$type<DayDate>()

/** What the CPTS and a partner agreed on. A renewal is a new line that names the one it follows: the history stays. */
export const agreements = pgTable(
  'agreements',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<AgreementId>().notNull(),
    organizationId: uuid('organization_id').$type<OrganizationId>().notNull(),
    scope: text('scope').notNull(),
    signedOn: day('signed_on'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    noticeDays: integer('notice_days'),
    alertDays: integer('alert_days').array().notNull(),
    documentReference: text('document_reference'),
    endedOn: day('ended_on'),
    renews: uuid('renews').$type<AgreementId>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
    updatedBy: uuid('updated_by').$type<AccountId>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'agreements_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'agreements_organization',
      columns: [t.cptsId, t.organizationId],
      foreignColumns: [organizations.cptsId, organizations.id],
    }),
    foreignKey({ name: 'agreements_renews', columns: [t.cptsId, t.renews], foreignColumns: [t.cptsId, t.id] }),
    foreignKey({ name: 'agreements_updated_by', columns: [t.updatedBy], foreignColumns: [accounts.id] }),
    check('agreements_in_order', sql`${t.endsOn} is null or ${t.endsOn} >= ${t.startsOn}`),
    index('agreements_of_partner').on(t.cptsId, t.organizationId, t.startsOn),
    // Those that may still call for something.
    index('agreements_ending').on(t.cptsId, t.endsOn).where(sql`${t.endedOn} is null and ${t.endsOn} is not null`),
  ],
)

export type AgreementRow = typeof agreements.$inferSelect
