import { type CalendarDate, fromDate, parseDate, Time, toCalendarDateTime, toZoned } from '@internationalized/date'
import { DayDate, dayIn } from '@maillage/contracts/kit/dates'

/** Opening hours of a weekday, in minutes after midnight on the wall clock; an empty list is a closed day. */
export type OpeningHours = Record<
  'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun',
  readonly (readonly [number, number])[]
>

/** Monday to Friday, 8:00 to 20:00, outside which the out-of-hours service takes over (domain notes B2; a default). */
export const defaultOpeningHours: OpeningHours = {
  mon: [[480, 1200]],
  tue: [[480, 1200]],
  wed: [[480, 1200]],
  thu: [[480, 1200]],
  fri: [[480, 1200]],
  sat: [],
  sun: [],
}

/** The clock of a CPTS: its zone, its hours, and the days when it is closed. Pure data: `now` is always passed in. */
export interface Calendar {
  timeZone: string
  hours: OpeningHours
  /** Public holidays of the CPTS's zone and its own closed days, as `YYYY-MM-DD`. */
  closed: ReadonlySet<DayDate | string>
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const MINUTE = 60_000
/** No deadline reaches further: a calendar without any opening hour must not loop for ever. */
const HORIZON_DAYS = 800

/**
 * The open spans of a day, as instants. Wall-clock bounds become instants in the zone, so the day when clocks change is
 * right: a span from 0:00 to 4:00 lasts three or five hours that night.
 */
function spansOf({ timeZone, hours, closed }: Calendar, day: CalendarDate): [number, number][] {
  const key = day.toString()
  if (closed.has(key)) return []
  const weekday = weekdays[new Date(`${key}T00:00:00Z`).getUTCDay()] ?? 'sun'
  return hours[weekday].map(([from, to]) => [instantAt(timeZone, day, from), instantAt(timeZone, day, to)])
}

// A zone's rules are looked up for each, which costs more than all the rest of a deadline: jobs ask for the same bounds
// of the same days for thousands of cases. What a wall clock shows is a fact: it may be kept, as far as memory allows.
const instants = new Map<string, number>()
const mostInstants = 20_000

function instantAt(timeZone: string, day: CalendarDate, minutes: number): number {
  const key = `${timeZone} ${day.toString()} ${minutes}`
  const known = instants.get(key)
  if (known !== undefined) return known
  const wall =
    minutes >= 1440
      ? toCalendarDateTime(day.add({ days: 1 }))
      : toCalendarDateTime(day, new Time(Math.floor(minutes / 60), minutes % 60))
  const instant = toZoned(wall, timeZone).toDate().getTime()
  if (instants.size >= mostInstants) instants.clear()
  instants.set(key, instant)
  return instant
}

function* openSpans(calendar: Calendar, from: Date): Generator<[number, number]> {
  let day = dayOf(calendar, from)
  for (let n = 0; n < HORIZON_DAYS; n++) {
    for (const [start, end] of spansOf(calendar, day)) {
      if (end > from.getTime()) yield [Math.max(start, from.getTime()), end]
    }
    day = day.add({ days: 1 })
  }
}

const dayOf = ({ timeZone }: Calendar, at: Date): CalendarDate => parseDate(dayIn(timeZone, at))

/** The instant at which `hours` of opening time have run since `from`. */
export function addBusinessHours(calendar: Calendar, from: Date, hours: number): Date {
  let left = hours * 60 * MINUTE
  let last = from.getTime()
  for (const [start, end] of openSpans(calendar, from)) {
    if (start + left <= end) return new Date(start + left)
    left -= end - start
    last = end
  }
  return new Date(last)
}

/**
 * The close of the `days`-th business day after the day of `from`: « dans 2 jours ouvrés » ends when that day's
 * opening ends, so that nobody is late at nine in the morning.
 */
export function addBusinessDays(calendar: Calendar, from: Date, days: number): Date {
  let day = dayOf(calendar, from)
  let left = days
  for (let n = 0; n < HORIZON_DAYS; n++) {
    const end = spansOf(calendar, day).at(-1)?.[1]
    if (end !== undefined && (n > 0 || days === 0)) {
      if (days === 0 && end <= from.getTime()) {
        day = day.add({ days: 1 })
        continue
      }
      left -= days === 0 ? 0 : 1
      if (left <= 0) return new Date(end)
    }
    day = day.add({ days: 1 })
  }
  return new Date(from)
}

/** The same wall-clock time `days` calendar days later: « sous 30 jours » keeps its hour across a change of clocks. */
export function addCalendarDays(calendar: Calendar, from: Date, days: number): Date {
  return fromDate(from, calendar.timeZone).add({ days }).toDate()
}

/** A day so many days later, or earlier, on the calendar: whatever clocks do in between. */
export const dayAfter = (day: DayDate, days: number): DayDate => DayDate.parse(parseDate(day).add({ days }).toString())

/** Is the CPTS open at this instant? */
export function isOpenAt(calendar: Calendar, at: Date): boolean {
  const first = openSpans(calendar, at).next()
  return !first.done && first.value[0] === at.getTime()
}

/** Is the day of this instant one on which the CPTS does not open at all? */
export const isClosedOn = (calendar: Calendar, at: Date): boolean => spansOf(calendar, dayOf(calendar, at)).length === 0

/** The close of the opening span that runs at `at`, else the next opening's close. */
export function nextClosing(calendar: Calendar, at: Date): Date {
  const first = openSpans(calendar, at).next()
  return first.done ? at : new Date(first.value[1])
}

/** The next instant, `at` included, when the CPTS is open. */
export function nextOpening(calendar: Calendar, at: Date): Date {
  const first = openSpans(calendar, at).next()
  return first.done ? at : new Date(first.value[0])
}

/** `at` itself when the CPTS is open then, else the last close before: no deadline is computed into a closed night. */
export function notInClosedHours(calendar: Calendar, from: Date, at: Date): Date {
  if (isOpenAt(calendar, at)) return at
  let close = at
  for (const [start, end] of openSpans(calendar, from)) {
    if (start >= at.getTime()) break
    close = new Date(end)
  }
  return close.getTime() < at.getTime() ? close : at
}
