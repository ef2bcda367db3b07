import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, HouseholdId, PatientId } from '@maillage/contracts/kit/ids'
import { type ContactPerson, type Sex, sexes } from '@maillage/contracts/patients'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'

export const households = pgTable(
  'households',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<HouseholdId>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'households_pk', columns: [t.cptsId, t.id] })],
)

/** A person whose care is coordinated. Neither NIR nor INS is kept here. */
export const patients = pgTable(
  'patients',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<PatientId>().notNull(),
    birthName: text('birth_name').notNull(),
    lastName: text('last_name').notNull(),
    firstName: text('first_name').notNull(),
    birthDate: date('birth_date', { mode: 'string' }).$type<DayDate>().notNull(),
    sex: text('sex').$type<Sex>().notNull(),
    phones: text('phones').array().notNull().default(sql`'{}'::text[]`),
    email: text('email'),
    addressLine: text('address_line'),
    addressComplement: text('address_complement'),
    postalCode: text('postal_code'),
    municipalityCode: text('municipality_code').notNull(),
    guardian: jsonb('guardian').$type<ContactPerson>(),
    caregiver: jsonb('caregiver').$type<ContactPerson>(),
    trustedPerson: jsonb('trusted_person').$type<ContactPerson>(),
    interpreterLanguage: text('interpreter_language'),
    hoursToCall: text('hours_to_call'),
    noVoicemail: boolean('no_voicemail').notNull().default(false),
    householdId: uuid('household_id').$type<HouseholdId>(),
    /** The record that this one was merged into: it is found no more, and its address leads there. */
    mergedIntoId: uuid('merged_into_id').$type<PatientId>(),
    /** The version of this record that was last compared with the others; null before the first time. */
    comparedVersion: integer('compared_version'),
    deceasedOn: date('deceased_on', { mode: 'string' }).$type<DayDate>(),
    /** Folded birth name, first name, birth date and sex: the four traits that tell a look-alike. */
    traits: text('traits').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'patients_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'patients_household',
      columns: [t.cptsId, t.householdId],
      foreignColumns: [households.cptsId, households.id],
    }),
    foreignKey({
      name: 'patients_merged_into',
      columns: [t.cptsId, t.mergedIntoId],
      foreignColumns: [t.cptsId, t.id],
    }),
    check('patients_sex_known', oneOf(t.sex, sexes)),
    index('patients_traits').on(t.cptsId, t.traits),
    index('patients_birth_date').on(t.cptsId, t.birthDate),
    index('patients_household_members').on(t.cptsId, t.householdId),
    index('patients_merged').on(t.cptsId, t.mergedIntoId).where(sql`${t.mergedIntoId} is not null`),
    // Those whose description was not compared with the others as it now stands.
    index('patients_to_compare')
      .on(t.cptsId, t.id)
      .where(sql`${t.mergedIntoId} is null and ${t.comparedVersion} is distinct from ${t.version}`),
  ],
)

/**
 * The words by which a patient is found: folded name parts and phone numbers. Searched by range (`>=`, `<`) on a
 * `COLLATE "C"` column, because LIKE cannot use its index under row-level security.
 */
export const patientSearchTokens = pgTable(
  'patient_search_tokens',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    token: text('token').notNull(),
    patientId: uuid('patient_id').$type<PatientId>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'patient_search_tokens_pk', columns: [t.cptsId, t.token, t.patientId] }),
    foreignKey({
      name: 'patient_search_tokens_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }).onDelete('cascade'),
    index('patient_search_tokens_of_patient').on(t.cptsId, t.patientId, t.token),
  ],
)

/**
 * Where each name borne in a CPTS ends: `martin` by `artin`, `rtin`, `tin`. What stands inside a name is then the
 * beginning of one of its endings, found by range. Triggers on the words keep it.
 */
export const patientNameEndings = pgTable(
  'patient_name_endings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    ending: text('ending').notNull(),
    word: text('word').notNull(),
  },
  (t) => [primaryKey({ name: 'patient_name_endings_pk', columns: [t.cptsId, t.ending, t.word] })],
)
