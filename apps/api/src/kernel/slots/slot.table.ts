import type { DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId, CaseId, CptsId, PractitionerId, SlotId, SlotSeriesId } from '@maillage/contracts/kit/ids'
import { type SlotVisibility, type SlotWeekday, slotBookingStates } from '@maillage/contracts/slots/slots'
import { type CareMode, careModes } from '@maillage/contracts/unscheduled-care'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { cases } from '../tables/case.table.ts'
import { practitioners } from '../tables/practitioner.table.ts'

/** « Mardi et jeudi, 14 h, quatre fois 20 minutes »: on the wall clock of the CPTS, never in instants. */
export const slotSeries = pgTable(
  'slot_series',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<SlotSeriesId>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    days: text('days').array().$type<SlotWeekday[]>().notNull(),
    /** 1: each week; 2: one in two, counted from the week of `fromDay`. */
    everyWeeks: smallint('every_weeks').notNull().default(1),
    fromDay: date('from_day', { mode: 'string' }).$type<DayDate>().notNull(),
    untilDay: date('until_day', { mode: 'string' }).$type<DayDate>(),
    /** Minutes after midnight on the wall clock. */
    startMinute: smallint('start_minute').notNull(),
    /** How many slots follow each other on such a day. */
    slotsADay: smallint('slots_a_day').notNull().default(1),
    durationMinutes: smallint('duration_minutes').notNull(),
    capacity: smallint('capacity').notNull().default(1),
    mode: text('mode').$type<CareMode>().notNull(),
    visibility: text('visibility').array().$type<SlotVisibility[]>().notNull(),
    /** Public holidays and closed days of the CPTS count like the others. */
    onClosedDays: boolean('on_closed_days').notNull().default(false),
    excludedDays: date('excluded_days', { mode: 'string' })
      .$type<DayDate>()
      .array()
      .notNull()
      .default(sql`'{}'::date[]`),
    /** The last day whose slots were written: the nightly job goes on from there. */
    madeUntil: date('made_until', { mode: 'string' }).$type<DayDate>().notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'slot_series_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'slot_series_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('slot_series_mode_known', oneOf(t.mode, careModes)),
    index('slot_series_running').on(t.cptsId, t.madeUntil).where(sql`${t.endedAt} is null`),
    index('slot_series_by_practitioner').on(t.cptsId, t.practitionerId).where(sql`${t.endedAt} is null`),
  ],
)

/**
 * A time that a practitioner keeps for unscheduled care. Written for eight weeks ahead, so that taking one is a lock on
 * one row. A slot that is closed stays: its series does not write it again.
 */
export const slots = pgTable(
  'slots',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<SlotId>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    seriesId: uuid('series_id').$type<SlotSeriesId>(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    mode: text('mode').$type<CareMode>().notNull(),
    visibility: text('visibility').array().$type<SlotVisibility[]>().notNull(),
    capacity: smallint('capacity').notNull().default(1),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    /** Its series moved on or ended while somebody stood in it: kept for them, and for nobody else. */
    closesWhenFreed: boolean('closes_when_freed').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'slots_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'slots_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    foreignKey({
      name: 'slots_series',
      columns: [t.cptsId, t.seriesId],
      foreignColumns: [slotSeries.cptsId, slotSeries.id],
    }),
    unique('slots_start').on(t.cptsId, t.practitionerId, t.startsAt),
    check('slots_mode_known', oneOf(t.mode, careModes)),
    check('slots_in_order', sql`${t.endsAt} > ${t.startsAt}`),
    check('slots_capacity_positive', sql`${t.capacity} > 0`),
    index('slots_to_come').on(t.cptsId, t.startsAt, t.id).where(sql`${t.closedAt} is null`),
  ],
)

/** A patient's place in a slot: held while the coordinator phones, then booked; what was let go is kept as its story. */
export const slotBookings = pgTable(
  'slot_bookings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    slotId: uuid('slot_id').$type<SlotId>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    caseId: uuid('case_id').$type<CaseId>().notNull(),
    state: text('state').$type<(typeof slotBookingStates)[number]>().notNull(),
    /** A hold past this moment counts no more, whether or not anybody wrote it. */
    heldUntil: timestamp('held_until', { withTimezone: true }),
    heldBy: uuid('held_by').$type<AccountId>(),
    bookedAt: timestamp('booked_at', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'slot_bookings_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'slot_bookings_slot',
      columns: [t.cptsId, t.slotId],
      foreignColumns: [slots.cptsId, slots.id],
    }),
    foreignKey({
      name: 'slot_bookings_case',
      columns: [t.cptsId, t.caseId],
      foreignColumns: [cases.cptsId, cases.id],
    }),
    check('slot_bookings_state_known', oneOf(t.state, slotBookingStates)),
    // A request has one place at a time: a held one, or a booked one.
    uniqueIndex('slot_bookings_of_case').on(t.cptsId, t.caseId).where(sql`${t.state} in ('held', 'booked')`),
    index('slot_bookings_of_slot').on(t.cptsId, t.slotId).where(sql`${t.state} <> 'released'`),
    index('slot_bookings_load')
      .on(t.cptsId, t.practitionerId, t.bookedAt)
      .where(sql`${t.state} in ('booked', 'attended', 'no_show')`),
  ],
)

export type SlotRow = typeof slots.$inferSelect
export type SlotSeriesRow = typeof slotSeries.$inferSelect
export type SlotBookingRow = typeof slotBookings.$inferSelect
