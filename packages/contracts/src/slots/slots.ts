import * as z from 'zod'
import { Version } from '../cases.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { CaseId, PractitionerId, SlotId, SlotSeriesId } from '../kit/ids.ts'
import { Profession } from '../professions.ts'
import { careModes } from '../unscheduled-care.ts'

/**
 * Who is shown a slot (domain notes B2, as the national SAS guide has it): the members of the CPTS, professionals, the
 * regulation of unscheduled care, anybody. Several at once.
 */
export const slotVisibilities = ['CPTS', 'PRO', 'SNP', 'PUBLIC'] as const
export const SlotVisibility = z.enum(slotVisibilities)
export type SlotVisibility = z.infer<typeof SlotVisibility>

export const slotWeekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const SlotWeekday = z.enum(slotWeekdays)
export type SlotWeekday = z.infer<typeof SlotWeekday>

/** A place in a slot: `released` was let go; the last two tell whether the patient came. */
export const slotBookingStates = ['held', 'booked', 'attended', 'no_show', 'released'] as const

/** `lost`: its time came and nobody had booked it. `away`: the practitioner declared an absence since. */
export const slotStates = ['free', 'held', 'booked', 'closed', 'lost', 'away'] as const
export const SlotState = z.enum(slotStates)
export type SlotState = z.infer<typeof SlotState>

const mode = z.enum(careModes)
const visibility = z
  .array(SlotVisibility)
  .min(1)
  .max(slotVisibilities.length)
  .refine((all) => new Set(all).size === all.length, { params: { code: 'repeated' } })
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What a single slot and those of a series have in common. */
const published = {
  /** On the wall clock of the CPTS: 14:00 stays 14:00 when clocks change. */
  time: ClockTime,
  durationMinutes: z.int().min(5).max(240),
  /** How many such slots follow each other. */
  count: z.int().min(1).max(24),
  /** Patients a slot. */
  capacity: z.int().min(1).max(10),
  mode,
  visibility,
} as const

/** One day's slots. */
export const PublishSlots = z.strictObject({ day: DayDate, ...published })
export type PublishSlots = z.infer<typeof PublishSlots>

/** Slots of every such weekday, from one day on; holidays and closed days are left out unless asked. */
export const PublishSlotSeries = z.strictObject({
  days: z.array(SlotWeekday).min(1).max(7),
  everyWeeks: z.int().min(1).max(4),
  from: DayDate,
  until: DayDate.optional(),
  excluded: z.array(DayDate).max(60),
  onClosedDays: z.boolean(),
  ...published,
})
export type PublishSlotSeries = z.infer<typeof PublishSlotSeries>

export const Slot = z.object({
  id: SlotId,
  seriesId: SlotSeriesId.nullable(),
  startsAt: Instant,
  endsAt: Instant,
  mode,
  visibility: z.array(SlotVisibility),
  capacity: z.int(),
  booked: z.int(),
  held: z.int(),
  state: SlotState,
  /** Booked, and the practitioner declared an absence since: the patient must be placed elsewhere. */
  mustMove: z.boolean(),
  /** The requests that stand in it. */
  cases: z.array(z.object({ id: CaseId, reference: z.string() })),
  version: z.int(),
})
export type Slot = z.infer<typeof Slot>

export const SlotSeries = z.object({
  id: SlotSeriesId,
  days: z.array(SlotWeekday),
  everyWeeks: z.int(),
  from: DayDate,
  until: DayDate.nullable(),
  excluded: z.array(DayDate),
  onClosedDays: z.boolean(),
  ...published,
  version: z.int(),
})
export type SlotSeries = z.infer<typeof SlotSeries>

export const SlotWeekQuery = z.object({ from: DayDate, days: z.coerce.number().int().min(1).max(62).default(7) })
export type SlotWeekQuery = z.infer<typeof SlotWeekQuery>

/** The slots of some days, with the series that still run. */
export const PractitionerSlots = z.object({
  timeZone: z.string(),
  items: z.array(Slot),
  series: z.array(SlotSeries),
})
export type PractitionerSlots = z.infer<typeof PractitionerSlots>

/** Closes or reopens free slots: one, or all those of a day. */
export const CloseSlots = z.strictObject({
  closed: z.boolean(),
  slots: z
    .array(z.strictObject({ id: SlotId, version: Version }))
    .min(1)
    .max(200),
})
export type CloseSlots = z.infer<typeof CloseSlots>

export const PublishedSlots = z.object({ ids: z.array(SlotId) })
export type PublishedSlots = z.infer<typeof PublishedSlots>
/** `made`: how many slots of the first weeks were written; where the practitioner had one already, none was. */
export const PublishedSlotSeries = z.object({ series: SlotSeries, made: z.int() })
export type PublishedSlotSeries = z.infer<typeof PublishedSlotSeries>

export const EndSlotSeries = z.strictObject({ version: Version })
/** What ending a series did; the slots already booked stay. */
export const EndedSlotSeries = z.object({ closed: z.int(), kept: z.int() })
export type EndedSlotSeries = z.infer<typeof EndedSlotSeries>

/** The rule of a series from now on; its first day stays, for weeks are counted from it. */
export const ChangeSlotSeries = PublishSlotSeries.omit({ from: true }).extend({ version: Version })
export type ChangeSlotSeries = z.infer<typeof ChangeSlotSeries>
/** A slot in which somebody stands, or is about to: left as it was, since the new rule does not give it. */
export const KeptSlot = z.object({ id: SlotId, startsAt: Instant, endsAt: Instant, state: z.enum(['booked', 'held']) })
export type KeptSlot = z.infer<typeof KeptSlot>
/** `open`: how many slots the new rule gives in the first weeks. */
export const ChangedSlotSeries = z.object({ series: SlotSeries, open: z.int(), kept: z.array(KeptSlot) })
export type ChangedSlotSeries = z.infer<typeof ChangedSlotSeries>
/** A series taken back as if it had never been published: nobody stands in it. */
export const WithdrawnSlotSeries = z.object({ closed: z.int() })
export type WithdrawnSlotSeries = z.infer<typeof WithdrawnSlotSeries>
export const SlotSeriesParams = z.object({ id: PractitionerId, seriesId: SlotSeriesId })

/** Whose slot it is, and where to call. */
export const SlotPractitioner = z.object({
  id: PractitionerId,
  displayName: z.string(),
  profession: Profession,
  municipality: z.string(),
  practicePhone: z.string().nullable(),
})
export type SlotPractitioner = z.infer<typeof SlotPractitioner>

/** The slots of one day, for the coordination. */
export const DaySlot = Slot.extend({ practitioner: SlotPractitioner })
export type DaySlot = z.infer<typeof DaySlot>
export const DaySlotsQuery = z.object({ day: DayDate.optional() })
export const DaySlots = z.object({
  day: DayDate,
  timeZone: z.string(),
  counts: z.object({ free: z.int(), held: z.int(), booked: z.int(), lost: z.int() }),
  items: z.array(DaySlot),
})
export type DaySlots = z.infer<typeof DaySlots>

/** A practitioner's secret calendar address: told once, when it is made. */
export const CalendarFeed = z.object({ since: Instant.nullable() })
export type CalendarFeed = z.infer<typeof CalendarFeed>
export const NewCalendarFeed = z.object({ url: z.string(), since: Instant })
export type NewCalendarFeed = z.infer<typeof NewCalendarFeed>
export const CalendarFeedParams = z.object({ token: z.string().max(120) })
