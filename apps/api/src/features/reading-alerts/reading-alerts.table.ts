import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { ReadingReason } from '@maillage/contracts/trail/reading-alerts'
import {
  date,
  foreignKey,
  index,
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

/** Openings of the last two days, as the rules need them: forgotten after, and never read by the API. */
export const recentOpenings = pgTable(
  'recent_openings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    actorId: uuid('actor_id').$type<AccountId>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Whose file: the patient, whichever of their cases was opened. */
    patientId: uuid('patient_id').notNull(),
  },
  (t) => [primaryKey({ name: 'recent_openings_pk', columns: [t.cptsId, t.actorId, t.at, t.patientId] })],
)

/** Whom lists and searches named to somebody in the last days, once a day: forgotten after, and never read by the API. */
export const recentListings = pgTable(
  'recent_listings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    actorId: uuid('actor_id').$type<AccountId>().notNull(),
    /** In the CPTS's time zone. */
    day: date('day').notNull(),
    patientId: uuid('patient_id').notNull(),
    firstAt: timestamp('first_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'recent_listings_pk', columns: [t.cptsId, t.actorId, t.day, t.patientId] })],
)

/** A reading to be explained: one a person and a day. It tells no patient, and is forgotten after some months. */
export const readingAlerts = pgTable(
  'reading_alerts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    role: text('role').notNull(),
    /** In the CPTS's time zone; a night is the day on which it began. */
    day: date('day').notNull(),
    reasons: jsonb('reasons').$type<ReadingReason[]>().notNull(),
    raisedAt: timestamp('raised_at', { withTimezone: true }).notNull(),
    explainedAt: timestamp('explained_at', { withTimezone: true }),
    explainedBy: uuid('explained_by').$type<AccountId>(),
    /** What the administrator noted of it: about the reading, never about a patient. */
    note: text('note'),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'reading_alerts_pk', columns: [t.cptsId, t.id] }),
    unique('reading_alerts_once').on(t.cptsId, t.accountId, t.day),
    foreignKey({ name: 'reading_alerts_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    foreignKey({ name: 'reading_alerts_explained_by', columns: [t.explainedBy], foreignColumns: [accounts.id] }),
    index('reading_alerts_recent').on(t.cptsId, t.raisedAt, t.id),
  ],
)
