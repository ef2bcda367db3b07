import type { CaseId, CptsId, PractitionerId, SlotId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import {
  type careModes,
  type RedFlag,
  type triageBases,
  type UnscheduledCareDetails,
  type UrgencyLevel,
  urgencyLevels,
  type VisitGp,
  visitGps,
  type visitOutcomes,
} from '@maillage/contracts/unscheduled-care'
import { sql } from 'drizzle-orm'
import { check, foreignKey, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { slots } from '../../kernel/slots/slot.table.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { oneOf } from '../../platform/one-of.ts'

export const unscheduledCares = pgTable(
  'unscheduled_cares',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    details: jsonb('details').$type<UnscheduledCareDetails>().notNull(),
    redFlags: text('red_flags').array().$type<RedFlag[]>().notNull().default(sql`'{}'::text[]`),
    level: text('level').$type<UrgencyLevel>(),
    basis: text('basis').$type<(typeof triageBases)[number]>(),
    protocolId: text('protocol_id'),
    mode: text('mode').$type<(typeof careModes)[number]>(),
    profession: text('profession').$type<Profession>(),
    appointmentAt: timestamp('appointment_at', { withTimezone: true }),
    bookedWithId: uuid('booked_with_id').$type<PractitionerId>(),
    noShows: smallint('no_shows').notNull().default(0),
    outcome: text('outcome').$type<(typeof visitOutcomes)[number]>(),
    /** The slot that the appointment took; null when it was agreed otherwise. */
    slotId: uuid('slot_id').$type<SlotId>(),
    /** When it was told whether the patient came, and in a few words what came of it. */
    visitToldAt: timestamp('visit_told_at', { withTimezone: true }),
    visitNote: text('visit_note'),
    /** The médecin traitant who was told of the visit. */
    gpId: uuid('gp_id').$type<PractitionerId>(),
    /** What was said of the patient's médecin traitant when the visit was told; null when nobody asked. */
    visitGp: text('visit_gp').$type<VisitGp>(),
    patientToldAt: timestamp('patient_told_at', { withTimezone: true }),
    adviceGiven: text('advice_given'),
  },
  (t) => [
    primaryKey({ name: 'unscheduled_cares_pk', columns: [t.cptsId, t.caseId] }),
    foreignKey({
      name: 'unscheduled_cares_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    foreignKey({
      name: 'unscheduled_cares_booked_with',
      columns: [t.cptsId, t.bookedWithId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({
      name: 'unscheduled_cares_slot',
      columns: [t.cptsId, t.slotId],
      foreignColumns: [slots.cptsId, slots.id],
    }),
    foreignKey({
      name: 'unscheduled_cares_gp',
      columns: [t.cptsId, t.gpId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('unscheduled_cares_visit_gp_known', sql`${t.visitGp} is null or ${oneOf(t.visitGp, visitGps)}`),
    check('unscheduled_cares_level_known', sql`${t.level} is null or ${oneOf(t.level, urgencyLevels)}`),
  ],
)
