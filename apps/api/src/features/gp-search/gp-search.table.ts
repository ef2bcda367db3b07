import type { GpSearch, GpSearchDetails } from '@maillage/contracts/gp-search'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'

export const gpSearches = pgTable(
  'gp_searches',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    details: jsonb('details').$type<GpSearchDetails>().notNull(),
    missing: text('missing').array().$type<GpSearch['missing']>().notNull().default(sql`'{}'::text[]`),
    toldAt: timestamp('told_at', { withTimezone: true }),
    visitAt: timestamp('visit_at', { withTimezone: true }),
    noShows: smallint('no_shows').notNull().default(0),
    /** When the patient last said that they still search. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    declaredAt: date('declared_at', { mode: 'string' }).$type<DayDate>(),
    attestedBy: text('attested_by'),
  },
  (t) => [
    primaryKey({ name: 'gp_searches_pk', columns: [t.cptsId, t.caseId] }),
    foreignKey({ name: 'gp_searches_case', columns: [t.cptsId, t.caseId], foreignColumns: [cases.cptsId, cases.id] }),
  ],
)

/** The other members of a household sought together; the patient of the case is not among them. */
export const gpSearchMembers = pgTable(
  'gp_search_members',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    patientId: uuid('patient_id').$type<PatientId>().notNull(),
    details: jsonb('details').$type<GpSearchDetails>().notNull(),
    /** Since when this member waits, theirs when they search alone again; null = as long as the household. */
    registeredAt: timestamp('registered_at', { withTimezone: true }),
    /** The search that they had before joining: it goes on when they leave. */
    ownCaseId: uuid('own_case_id').$type<CaseId>(),
  },
  (t) => [
    primaryKey({ name: 'gp_search_members_pk', columns: [t.cptsId, t.caseId, t.patientId] }),
    foreignKey({
      name: 'gp_search_members_search',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [gpSearches.cptsId, gpSearches.caseId],
    }),
    foreignKey({
      name: 'gp_search_members_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }),
    foreignKey({
      name: 'gp_search_members_own_case',
      columns: [t.cptsId, t.ownCaseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    index('gp_search_members_of_patient').on(t.cptsId, t.patientId),
    index('gp_search_members_own_cases').on(t.cptsId, t.ownCaseId).where(sql`${t.ownCaseId} is not null`),
  ],
)
