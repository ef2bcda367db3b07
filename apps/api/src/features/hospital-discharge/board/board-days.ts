import { fromDate, parseDate, toCalendarDate, toZoned } from '@internationalized/date'
import { DayDate, dayIn } from '@maillage/contracts/kit/dates'

/** What a board shows: from which instant (none: what is late belongs to it), and since when changes are told. */
export interface BoardWindow {
  from: DayDate
  after: Date | null
  since: Date
}

/** The first instant of a day on the wall clock of the CPTS. */
const startOf = (timeZone: string, day: string): Date => toZoned(parseDate(day), timeZone).toDate()

/** A board of today, or one that begins today or before, also holds what is late. */
export function boardWindow(timeZone: string, now: Date, asked: DayDate | undefined): BoardWindow {
  const today = dayIn(timeZone, now)
  const from = asked ?? today
  const yesterday = toCalendarDate(fromDate(now, timeZone)).subtract({ days: 1 }).toString()
  return {
    from: DayDate.parse(from),
    after: from > today ? startOf(timeZone, from) : null,
    since: startOf(timeZone, yesterday),
  }
}
