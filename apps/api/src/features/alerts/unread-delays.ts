import type { AlertLine } from '@maillage/contracts/coordination/home'
import { addBusinessHours, type Calendar } from '../../kernel/calendar.ts'

/**
 * When an urgent case that nobody of the coordination opened is told by mail. The product's defaults, to be confirmed by
 * each CPTS: 15 minutes on the clock for « jour même » (its triage delay, domain notes D7), 4 opening hours for a P1 or
 * an escalated discharge. Between two mails to one CPTS, what comes is gathered.
 */
export const unreadDelays = { sameDayMinutes: 15, firstBandOpeningHours: 4, gatherMinutes: 15 } as const

const MINUTE = 60_000

/** From when an unread case is told. */
export function tellFrom(calendar: Calendar, reason: AlertLine['reason'], since: Date): Date {
  return reason === 'same-day'
    ? new Date(since.getTime() + unreadDelays.sameDayMinutes * MINUTE)
    : addBusinessHours(calendar, since, unreadDelays.firstBandOpeningHours)
}

/** Before this moment, what is to tell waits for what comes next. */
export const gatherUntil = (lastTold: Date): Date => new Date(lastTold.getTime() + unreadDelays.gatherMinutes * MINUTE)
