import { fromDate, type ZonedDateTime } from '@internationalized/date'
import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { Calendar } from '../../../src/kernel/calendar.ts'
import type { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const opensAt = 8.5 * 60
const closesAt = 18.5 * 60

/** The days of the demo, all told from the moment of the seeding. */
export interface ScenarioClock {
  readonly now: Date
  /** An office hour that many days ago, never after now. */
  ago(days: number, random: Random): Date
  /** An office hour between so many hours later: the days on which people work are skipped to. */
  later(from: Date, leastHours: number, mostHours: number, random: Random): Date
  /** Minutes later, whatever the hour. */
  soon(from: Date, leastMinutes: number, mostMinutes: number, random: Random): Date
  /** A wall-clock hour of a day told from today; negative days are past. */
  at(days: number, hour: number, minute?: number): Date
  /** The day that it is there. */
  dayOf(at: Date): DayDate
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

function isWorkingDay({ hours, closed }: Calendar, at: ZonedDateTime): boolean {
  const day = at.toString().slice(0, 10)
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun'
  return !closed.has(day) && hours[weekday].length > 0
}

/** The nearest office hour at `at`, or before it (`-1`), or after it (`1`). */
function toOffice(calendar: Calendar, at: Date, direction: 1 | -1, random: Random): Date {
  const there = fromDate(at, calendar.timeZone)
  const minutes = there.hour * 60 + there.minute
  if (minutes >= opensAt && minutes < closesAt && isWorkingDay(calendar, there)) return at
  const isPassed = direction === 1 ? minutes >= closesAt : minutes < opensAt
  let day = isPassed ? there.add({ days: direction }) : there
  while (!isWorkingDay(calendar, day)) day = day.add({ days: direction })
  const minute = direction === 1 ? opensAt + random.between(2, 150) : closesAt - random.between(2, 200)
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60, second: random.between(0, 59) }).toDate()
}

/** The clock of a scenario that ends now, in the calendar of its CPTS. */
export function scenarioClock(calendar: Calendar, now: Date): ScenarioClock {
  const today = fromDate(now, calendar.timeZone).set({ hour: 0, minute: 0, second: 0, millisecond: 0 })
  return {
    now,
    ago: (days, random) => toOffice(calendar, new Date(now.getTime() - Math.max(days * DAY, MINUTE)), -1, random),
    later: (from, least, most, random) =>
      toOffice(calendar, new Date(from.getTime() + (least + random.next() * (most - least)) * HOUR), 1, random),
    soon: (from, least, most, random) => new Date(from.getTime() + random.between(least, most) * MINUTE),
    at: (days, hour, minute = 0) => today.add({ days }).set({ hour, minute }).toDate(),
    dayOf: (at) => dayIn(calendar.timeZone, at),
  }
}
