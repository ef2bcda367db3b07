import { fromDate, toCalendarDate, toZoned } from '@internationalized/date'

/** The first instant of the day `days` after today, on the CPTS's wall clock. */
export const startOfDayIn = (timeZone: string, now: Date, days: number): Date =>
  toZoned(toCalendarDate(fromDate(now, timeZone)).add({ days }), timeZone).toDate()
