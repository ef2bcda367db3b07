import { type NeedStatus, needStatuses } from '@maillage/contracts/cases'
import { type NeedType, needTypes } from '@maillage/contracts/discharge-needs'
import type { Checklist, HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CaseId, CptsId, NeedId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
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
import { organizationUnits } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { oneOf } from '../../platform/one-of.ts'

export const hospitalDischarges = pgTable(
  'hospital_discharges',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    unitId: uuid('unit_id').$type<UnitId>().notNull(),
    expectedDischargeAt: timestamp('expected_discharge_at', { withTimezone: true }).notNull(),
    details: jsonb('details').$type<HospitalDischargeDetails>().notNull(),
    missing: text('missing').array().notNull().default(sql`'{}'::text[]`),
    actualDischargeAt: timestamp('actual_discharge_at', { withTimezone: true }),
    letterSent: boolean('letter_sent'),
    checklist: jsonb('checklist').$type<Checklist>(),
    followUpCalledAt: timestamp('follow_up_called_at', { withTimezone: true }),
    gpSeenAt: date('gp_seen_at', { mode: 'string' }).$type<DayDate>(),
    readmitted: boolean('readmitted'),
  },
  (t) => [
    primaryKey({ name: 'hospital_discharges_pk', columns: [t.cptsId, t.caseId] }),
    foreignKey({
      name: 'hospital_discharges_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    foreignKey({
      name: 'hospital_discharges_unit',
      columns: [t.cptsId, t.unitId],
      foreignColumns: [organizationUnits.cptsId, organizationUnits.id],
    }),
    index('hospital_discharges_by_date').on(t.cptsId, t.expectedDischargeAt),
    // Those who have not left yet, in the order in which they should.
    index('hospital_discharges_to_come')
      .on(t.cptsId, t.expectedDischargeAt, t.caseId)
      .where(sql`${t.actualDischargeAt} is null`),
  ],
)

/** One line per need, each with its own life: open → proposed → covered, and back. */
export const dischargeNeeds = pgTable(
  'discharge_needs',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<NeedId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    position: smallint('position').notNull(),
    type: text('type').$type<NeedType>().notNull(),
    label: text('label'),
    frequency: text('frequency'),
    startAt: timestamp('start_at', { withTimezone: true }).notNull(),
    endAt: timestamp('end_at', { withTimezone: true }),
    atHome: boolean('at_home').notNull(),
    prescriptionAvailable: boolean('prescription_available').notNull(),
    preferredPractitionerId: uuid('preferred_practitioner_id').$type<PractitionerId>(),
    vital: boolean('vital').notNull().default(false),
    status: text('status').$type<NeedStatus>().notNull().default('open'),
    coveredById: uuid('covered_by_id').$type<PractitionerId>(),
    /** Covered outside the directory: who, and their phone. */
    coveredByName: text('covered_by_name'),
    coveredByPhone: text('covered_by_phone'),
    firstVisitAt: timestamp('first_visit_at', { withTimezone: true }),
    reconfirmationPending: boolean('reconfirmation_pending').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'discharge_needs_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'discharge_needs_discharge',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [hospitalDischarges.cptsId, hospitalDischarges.caseId],
    }),
    foreignKey({
      name: 'discharge_needs_covered_by',
      columns: [t.cptsId, t.coveredById],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('discharge_needs_type_known', oneOf(t.type, needTypes)),
    check('discharge_needs_status_known', oneOf(t.status, needStatuses)),
    index('discharge_needs_of_case').on(t.cptsId, t.caseId, t.position),
  ],
)
