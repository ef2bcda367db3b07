import type { AccountId, CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { cases } from '../../kernel/tables/case.table.ts'
import { accounts, cpts } from '../../kernel/tables/cpts.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'

/** What somebody typed, as they typed it: one text a field. Read and judged anew at each step. */
export type Answers = Readonly<Record<string, string>>

/** A request being written by somebody without an account: found by a link that only their cookie holds, gone after hours. */
export const registrationDrafts = pgTable(
  'registration_drafts',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    municipalityCode: text('municipality_code').notNull(),
    answers: jsonb('answers').$type<Answers>().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'registration_drafts_pk', columns: [t.cptsId, t.id] })],
)

/**
 * A request sent by its own author. Its answers wait here until the link that was sent is opened, and are then only in the
 * case; what is never confirmed disappears at `expiresAt`.
 */
export const registrations = pgTable(
  'registrations',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    municipalityCode: text('municipality_code').notNull(),
    answers: jsonb('answers').$type<Answers>(),
    noticeVersion: text('notice_version').notNull(),
    /** Digests of the e-mail and of the phone: a lost link is found by them, and the table is no list of addresses. */
    emailDigest: text('email_digest'),
    phoneDigest: text('phone_digest'),
    submittedAt: timestamp('submitted_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    /** The case that it opened. Its author may search with a household since, or by themselves again. */
    caseId: uuid('case_id').$type<CaseId>(),
    /** Who it is for, whatever becomes of the case: the follow-up is theirs, and nobody else's of their household. */
    patientId: uuid('patient_id').$type<PatientId>(),
    stillSearchingAt: timestamp('still_searching_at', { withTimezone: true }),
    /** Wrong birth dates since the last right one. */
    failedTries: smallint('failed_tries').notNull().default(0),
    lockedUntil: timestamp('locked_until', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'registrations_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'registrations_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
    foreignKey({
      name: 'registrations_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }),
    check('registrations_case_once_confirmed', sql`(${t.caseId} is null) = (${t.confirmedAt} is null)`),
    check('registrations_patient_once_confirmed', sql`(${t.patientId} is null) = (${t.caseId} is null)`),
    index('registrations_email').on(t.emailDigest),
    index('registrations_phone').on(t.phoneDigest),
    index('registrations_of_case').on(t.cptsId, t.caseId),
    index('registrations_of_patient').on(t.cptsId, t.patientId),
  ],
)

/** Each time somebody agreed, or took their agreement back: to which text, when, by which way. Written once. */
export const registrationConsents = pgTable(
  'registration_consents',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    registrationId: uuid('registration_id').notNull(),
    noticeVersion: text('notice_version').notNull(),
    isGiven: boolean('is_given').notNull(),
    channel: text('channel').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'registration_consents_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'registration_consents_registration',
      columns: [t.cptsId, t.registrationId],
      foreignColumns: [registrations.cptsId, registrations.id],
    }).onDelete('cascade'),
    index('registration_consents_of').on(t.cptsId, t.registrationId, t.at),
    check('registration_consents_channel_known', sql`${t.channel} in ('online')`),
  ],
)

/** The texts that a CPTS published on what it does with data, oldest first; none: the product's own stands. */
export const informationNotices = pgTable(
  'information_notices',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    publishedAt: timestamp('published_at', { withTimezone: true }).notNull(),
    publishedBy: uuid('published_by').$type<AccountId>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'information_notices_pk', columns: [t.cptsId, t.version] }),
    foreignKey({ name: 'information_notices_account', columns: [t.publishedBy], foreignColumns: [accounts.id] }),
  ],
)

/** What a CPTS tells the public of itself. Without a row, requests are taken and no number is shown. */
export const publicDesks = pgTable(
  'public_desks',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    isOpen: boolean('is_open').notNull().default(true),
    phone: text('phone'),
    hours: text('hours'),
    email: text('email'),
    version: integer('version').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'public_desks_pk', columns: [t.cptsId] }),
    foreignKey({ name: 'public_desks_cpts', columns: [t.cptsId], foreignColumns: [cpts.id] }),
  ],
)
