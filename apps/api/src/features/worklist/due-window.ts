import { fromDate, toCalendarDate, toZoned } from '@internationalized/date'
import type { WorklistQuery } from '@maillage/contracts/worklist'

/** Clocks that run out from `from` (when there is one) and before `before`. */
export interface DueWindow {
  readonly from: Date | null
  readonly before: Date
}

/** The first instant of the day `days` after today, on the CPTS's wall clock. */
export const startOfDayIn = (timeZone: string, now: Date, days: number): Date =>
  toZoned(toCalendarDate(fromDate(now, timeZone)).add({ days }), timeZone).toDate()

/** Late: already past. Today: still to come, before midnight. Week: within seven days, today included. */
export function dueWindow(due: NonNullable<WorklistQuery['due']>, timeZone: string, now: Date): DueWindow {
  if (due === 'late') return { from: null, before: now }
  return { from: now, before: startOfDayIn(timeZone, now, due === 'today' ? 1 : 7) }
}
