import { type CalendarDate, parseDate, Time, toCalendarDateTime, toZoned } from '@internationalized/date'
import { DayDate } from '@maillage/contracts/kit/dates'
import { slotWeekdays } from '@maillage/contracts/slots/slots'
import type { Calendar } from '../../kernel/calendar.ts'
import type { SlotSeriesRow } from '../../kernel/slots/slot.table.ts'

/** The rule of a series, on the wall clock of the CPTS. */
export type Recurrence = Pick<
  SlotSeriesRow,
  | 'days'
  | 'everyWeeks'
  | 'fromDay'
  | 'untilDay'
  | 'startMinute'
  | 'slotsADay'
  | 'durationMinutes'
  | 'onClosedDays'
  | 'excludedDays'
>

/** What one day holds: when the first begins, how many follow, how long each lasts. */
export type DayRule = Pick<Recurrence, 'startMinute' | 'slotsADay' | 'durationMinutes'>

export interface SlotTime {
  readonly startsAt: Date
  readonly endsAt: Date
}

/** `14:30` in minutes after midnight. */
export function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Minutes after midnight as `14:30`. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** 0 for Monday. The day of the week of a date is the same in every zone. */
const weekdayOf = (day: CalendarDate): number => (day.toDate('UTC').getUTCDay() + 6) % 7

const mondayOf = (day: CalendarDate): CalendarDate => day.subtract({ days: weekdayOf(day) })
const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  (to.toDate('UTC').getTime() - from.toDate('UTC').getTime()) / 86_400_000

/**
 * The slots of one day, each at its own hour of the wall clock. In the night when clocks go forward, an hour that does not
 * exist gives no slot; when they go back, an hour that comes twice gives the first alone.
 */
export function timesOfDay(timeZone: string, day: DayDate, rule: DayRule): SlotTime[] {
  const date = parseDate(day)
  const times: SlotTime[] = []
  for (let at = 0; at < rule.slotsADay; at++) {
    const minute = rule.startMinute + at * rule.durationMinutes
    if (minute >= 24 * 60) break
    const wall = toCalendarDateTime(date, new Time(Math.floor(minute / 60), minute % 60))
    const zoned = toZoned(wall, timeZone)
    // An hour that was jumped over is read as a later one: nobody meant that one.
    if (zoned.hour !== wall.hour || zoned.minute !== wall.minute) continue
    const startsAt = zoned.toDate()
    times.push({ startsAt, endsAt: new Date(startsAt.getTime() + rule.durationMinutes * 60_000) })
  }
  return times
}

/** Every slot of a series from one day to another, both included, in order. */
export function timesBetween(
  calendar: Pick<Calendar, 'timeZone' | 'closed'>,
  rule: Recurrence,
  from: DayDate,
  until: DayDate,
): SlotTime[] {
  const first = parseDate(from < rule.fromDay ? rule.fromDay : from)
  const last = parseDate(rule.untilDay !== null && rule.untilDay < until ? rule.untilDay : until)
  const start = mondayOf(parseDate(rule.fromDay))
  const times: SlotTime[] = []
  for (let date = first; date.compare(last) <= 0; date = date.add({ days: 1 })) {
    const day = DayDate.parse(date.toString())
    const weekday = slotWeekdays[weekdayOf(date)]
    const week = Math.round(daysBetween(start, mondayOf(date)) / 7)
    const isDue = weekday !== undefined && rule.days.includes(weekday) && week % rule.everyWeeks === 0
    const isLeftOut = rule.excludedDays.includes(day) || (!rule.onClosedDays && calendar.closed.has(day))
    if (isDue && !isLeftOut) times.push(...timesOfDay(calendar.timeZone, day, rule))
  }
  return times
}
