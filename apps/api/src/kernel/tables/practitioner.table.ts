import {
  type ConfirmationWay,
  confirmationWays,
  type EntrySources,
} from '@maillage/contracts/directory/practitioner-cards'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import { type Profession, professionCodes } from '@maillage/contracts/professions'
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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { teams } from './team.table.ts'

/** A directory entry: belongs to one CPTS, matched by RPPS. Somebody in two CPTS has two entries. */
export const practitioners = pgTable(
  'practitioners',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<PractitionerId>().notNull(),
    lastName: text('last_name').notNull(),
    firstName: text('first_name').notNull(),
    /** « Dr Prénom Nom » for physicians and dentists, « Prénom Nom » for the others. */
    displayName: text('display_name').notNull(),
    gender: text('gender'),
    profession: text('profession').$type<Profession>().notNull(),
    isGeneralPractitioner: boolean('is_general_practitioner').notNull().default(false),
    specialty: text('specialty'),
    rpps: text('rpps'),
    adeli: text('adeli'),
    practiceName: text('practice_name'),
    practiceLine: text('practice_line'),
    practicePostalCode: text('practice_postal_code'),
    municipalityCode: text('municipality_code').notNull(),
    practicePhone: text('practice_phone'),
    practiceEmail: text('practice_email'),
    /** In words: « du lundi au vendredi, 8 h – 18 h ». */
    practiceHours: text('practice_hours'),
    mssanteAddress: text('mssante_address'),
    homeVisits: boolean('home_visits'),
    accessible: boolean('accessible'),
    teleconsultation: boolean('teleconsultation'),
    languages: text('languages').array().notNull().default(sql`'{}'::text[]`),
    /** Folded words of the name, for search while typing. */
    search: text('search').notNull(),
    /** Columns that a person entered: an import never overwrites these. */
    enteredByPerson: text('entered_by_person').array().notNull().default(sql`'{}'::text[]`),
    /** Who entered such a column last, and when; a column entered before this was kept has no line. */
    sources: jsonb('sources').$type<EntrySources>().notNull().default({}),
    /** One team at most, so that a place is taken from one counter. */
    teamId: uuid('team_id').$type<TeamId>(),
    /** Designated by the team: may declare its places. */
    keepsTeam: boolean('keeps_team').notNull().default(false),
    /** May their contacts be shown within the CPTS, to the public? Null: never asked. */
    shownInternally: boolean('shown_internally'),
    shownPublicly: boolean('shown_publicly'),
    /** When the person last said that all of it is right, and how. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    confirmedBy: text('confirmed_by').$type<ConfirmationWay>(),
    confirmationAskedAt: timestamp('confirmation_asked_at', { withTimezone: true }),
    importedAt: timestamp('imported_at', { withTimezone: true }),
    /** No longer in the national directory since; kept, because cases name them. */
    goneAt: timestamp('gone_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'practitioners_pk', columns: [t.cptsId, t.id] }),
    foreignKey({ name: 'practitioners_team', columns: [t.cptsId, t.teamId], foreignColumns: [teams.cptsId, teams.id] }),
    check('practitioners_profession_known', oneOf(t.profession, professionCodes)),
    check('practitioners_confirmed_by_known', oneOf(t.confirmedBy, confirmationWays)),
    index('practitioners_of_team').on(t.cptsId, t.teamId).where(sql`${t.teamId} is not null`),
    uniqueIndex('practitioners_rpps').on(t.cptsId, t.rpps).where(sql`${t.rpps} is not null`),
    // Who comes from Pro Santé Connect is looked for before any CPTS is known.
    index('practitioners_rpps_anywhere').on(t.rpps).where(sql`${t.rpps} is not null`),
    index('practitioners_profession').on(t.cptsId, t.profession, t.municipalityCode),
    index('practitioners_name').on(t.cptsId, t.search, t.id),
  ],
)

/**
 * Places for new patients. `places` null: never declared. `period` counts the declarations: an acceptance takes its
 * places from the period it fell in, so « I open 3 » means three from that day on.
 */
export const intakeCapacities = pgTable(
  'intake_capacities',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    places: integer('places'),
    period: integer('period').notNull().default(1),
    opensAt: date('opens_at', { mode: 'string' }).$type<DayDate>(),
    closesAt: date('closes_at', { mode: 'string' }).$type<DayDate>(),
    municipalities: text('municipalities').array().notNull().default(sql`'{}'::text[]`),
    maxDistanceKm: integer('max_distance_km'),
    homeVisits: boolean('home_visits').notNull().default(false),
    children: boolean('children').notNull().default(true),
    longTerm: boolean('long_term').notNull().default(true),
    newPatients: boolean('new_patients').notNull().default(true),
    declaredAt: timestamp('declared_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'intake_capacities_pk', columns: [t.cptsId, t.practitionerId] }),
    foreignKey({
      name: 'intake_capacities_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('intake_capacities_places_positive', sql`${t.places} is null or ${t.places} >= 0`),
  ],
)

export const absences = pgTable(
  'absences',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    fromDay: date('from_day', { mode: 'string' }).$type<DayDate>().notNull(),
    untilDay: date('until_day', { mode: 'string' }).$type<DayDate>().notNull(),
    /** Who replaces them: somebody of the directory, or a name and a phone. */
    replacementId: uuid('replacement_id').$type<PractitionerId>(),
    replacementName: text('replacement_name'),
    replacementPhone: text('replacement_phone'),
  },
  (t) => [
    primaryKey({ name: 'absences_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'absences_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({
      name: 'absences_replacement',
      columns: [t.cptsId, t.replacementId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('absences_somebody_else', sql`${t.replacementId} <> ${t.practitionerId}`),
    check('absences_one_replacement', sql`${t.replacementId} is null or ${t.replacementName} is null`),
    index('absences_by_practitioner').on(t.cptsId, t.practitionerId, t.untilDay),
    check('absences_in_order', sql`${t.untilDay} >= ${t.fromDay}`),
  ],
)
