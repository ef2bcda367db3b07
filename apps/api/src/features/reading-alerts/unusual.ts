import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { ReadingRule } from '@maillage/contracts/trail/reading-alerts'
import { type Calendar, dayAfter, isClosedOn, isOpenAt } from '../../kernel/calendar.ts'

/** A file that somebody opened, or took out of Maillage. */
export interface Opening {
  readonly at: Date
  readonly patientId: string
}

/** From how many different patients on a reading is to be explained, 0 = never; and when it is no surprise, in hours of the wall clock. */
export interface Limits {
  readonly hour: number
  readonly day: number
  readonly night: number
  readonly closedDay: number
  readonly from: number
  readonly to: number
}

/** A reading to be explained. */
export interface Unusual {
  readonly rule: ReadingRule
  readonly day: string
  readonly files: number
  readonly threshold: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Where and when the openings were made. */
export interface Surroundings {
  readonly calendar: Calendar
  readonly limits: Limits
  /** Had they published slots around then? Whoever is on duty reads at the hours of their duty. */
  readonly isOnDuty: (at: Date) => boolean
}

const hourMs = 3_600_000

/**
 * What one person's openings hold of unusual, at most once a rule and a day: the most that was reached. A night is one,
 * before midnight and after: it bears the day on which it began.
 */
export function findUnusual(openings: readonly Opening[], around: Surroundings): Unusual[] {
  const sorted = openings.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const { calendar, limits, isOnDuty } = around
  const dayOf: DayOf = ({ at }) => dayIn(calendar.timeZone, at)
  const outside = sorted.filter(({ at }) => !isOpenAt(calendar, at) && !isOnDuty(at))
  const hourAt = hourIn(calendar.timeZone)
  const hourOf = ({ at }: Opening): number => hourAt(at)
  const isNight = (one: Opening): boolean => hourOf(one) < limits.from || hourOf(one) >= limits.to
  const eveningOf: DayOf = (one) => (hourOf(one) < limits.from ? dayAfter(dayOf(one), -1) : dayOf(one))
  return [
    ...mostOfEachHour(sorted, limits.hour, dayOf),
    ...mostOfEachDay('day', limits.day, sorted, dayOf),
    ...mostOfEachDay('night', limits.night, outside.filter(isNight), eveningOf),
    ...mostOfEachDay(
      'closed-day',
      limits.closedDay,
      outside.filter((one) => !isNight(one) && isClosedOn(calendar, one.at)),
      dayOf,
    ),
  ]
}

type DayOf = (one: Opening) => DayDate

/** Of the sixty minutes that end with each opening, those of a day that hold the most patients. */
function mostOfEachHour(sorted: readonly Opening[], threshold: number, dayOf: DayOf): Unusual[] {
  const most = new Map<string, Unusual>()
  const inside = new Map<string, number>()
  let start = 0
  for (const last of threshold > 0 ? sorted : []) {
    inside.set(last.patientId, (inside.get(last.patientId) ?? 0) + 1)
    let first = sorted[start] ?? last
    while (last.at.getTime() - first.at.getTime() >= hourMs) {
      const left = (inside.get(first.patientId) ?? 1) - 1
      if (left > 0) inside.set(first.patientId, left)
      else inside.delete(first.patientId)
      start += 1
      first = sorted[start] ?? last
    }
    const files = inside.size
    const day = dayOf(last)
    if (files >= threshold && files > (most.get(day)?.files ?? 0))
      most.set(day, { rule: 'hour', day, files, threshold, firstAt: first.at, lastAt: last.at })
  }
  return [...most.values()]
}

/** The days that hold so many patients or more. */
function mostOfEachDay(rule: ReadingRule, threshold: number, sorted: readonly Opening[], dayOf: DayOf): Unusual[] {
  const days = new Map<string, Opening[]>()
  for (const one of threshold > 0 ? sorted : []) {
    const day = dayOf(one)
    const those = days.get(day)
    if (those) those.push(one)
    else days.set(day, [one])
  }
  return [...days].flatMap(([day, openings]) => {
    const [first, last] = [openings[0], openings.at(-1)]
    const files = new Set(openings.map(({ patientId }) => patientId)).size
    if (!first || !last || files < threshold) return []
    return [{ rule, day, files, threshold, firstAt: first.at, lastAt: last.at }]
  })
}

// Made once for all openings: the engine neither counts what a formatter holds nor hurries to give it back, and a busy
// hour of readings took a gigabyte.
function hourIn(timeZone: string): (at: Date) => number {
  const hours = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  return (at) => Number(hours.format(at))
}
