import { fromDate, getDayOfWeek, toCalendarDate, toZoned } from '@internationalized/date'
import type { WorklistQuery } from '@maillage/contracts/worklist'

/** Clocks that run out from `from` (when there is one) and before `before`. */
export interface DueWindow {
  readonly from: Date | null
  readonly before: Date
}

/** The first instant of the day `days` after today, on the CPTS's wall clock. */
export const startOfDayIn = (timeZone: string, now: Date, days: number): Date =>
  toZoned(toCalendarDate(fromDate(now, timeZone)).add({ days }), timeZone).toDate()

/** Days from today to the coming Friday, today included; a week ends there for whoever plans one. */
const daysToFriday = (timeZone: string, now: Date): number =>
  6 - getDayOfWeek(toCalendarDate(fromDate(now, timeZone)), 'fr-FR', 'sat')

/**
 * Late: already past. Today: still to come, before midnight. Week: within seven days, today included. By Friday: late,
 * or before the end of the coming Friday.
 */
export function dueWindow(due: NonNullable<WorklistQuery['due']>, timeZone: string, now: Date): DueWindow {
  switch (due) {
    case 'late':
      return { from: null, before: now }
    case 'by-friday':
      return { from: null, before: startOfDayIn(timeZone, now, daysToFriday(timeZone, now) + 1) }
    case 'today':
      return { from: now, before: startOfDayIn(timeZone, now, 1) }
    case 'week':
      return { from: now, before: startOfDayIn(timeZone, now, 7) }
  }
}
