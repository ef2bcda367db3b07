import { dayIn } from '@maillage/contracts/kit/dates'
import type { UnscheduledCareStatus, UrgencyLevel } from '@maillage/contracts/unscheduled-care'
import {
  addBusinessDays,
  addBusinessHours,
  type Calendar,
  isOpenAt,
  nextOpening,
  notInClosedHours,
} from '../../kernel/calendar.ts'
import type { Deadline } from '../../kernel/deadlines.ts'

/** What the clocks of a request are computed from. */
export interface UnscheduledCareClockFacts {
  status: UnscheduledCareStatus
  /** Null while nobody said how soon: counted as U1, the cautious reading. */
  level: UrgencyLevel | null
  clockStartedAt: Date
  appointmentAt: Date | null
  /** When the first of the live proposals expires. */
  firstExpiry: Date | null
}

/**
 * Delays of domain notes D7 in hours, the product's defaults; only the 48 hours come from the national agreement
 * (art. 9-7). Triage and answers run on opening hours. An untriaged request for which « sous 48 h » was asked (U3) has
 * the triage clock of U3; where nothing was said, that of U1.
 */
export const unscheduledCareDelays = {
  triage: { U1: 0.25, U2: 1, U3: 4 },
  care: { U1: 12, U2: 24, U3: 48 },
  answer: { U1: 1 / 3, U2: 1, U3: 4 },
} as const

const HOUR = 3_600_000
const after = (from: Date, hours: number): Date => new Date(from.getTime() + hours * HOUR)

/** What runs out next on a request; null when nothing runs. Past, it stays: no act of the system ends it. */
export function unscheduledCareDeadline(facts: UnscheduledCareClockFacts, calendar: Calendar): Deadline | null {
  const level = facts.level ?? 'U1'
  const care: Deadline = { code: 'care-delivered', at: careDeadline(level, facts.clockStartedAt, calendar) }
  switch (facts.status) {
    case 'submitted':
      return first(care, {
        code: 'triage',
        at: addBusinessHours(calendar, facts.clockStartedAt, unscheduledCareDelays.triage[level]),
      })
    case 'offering':
      return first(care, facts.firstExpiry && { code: 'proposal-answer', at: facts.firstExpiry })
    case 'triaged':
    case 'no_show':
      return care
    case 'booked':
      return facts.appointmentAt ? { code: 'appointment', at: facts.appointmentAt } : care
    case 'attended':
    case 'redirected':
    case 'closed_no_solution':
    case 'cancelled':
      return null
  }
}

/** What is late on a request that waits: its care, or only its triage. */
export function lateness(
  facts: UnscheduledCareClockFacts,
  now: Date,
  calendar: Calendar,
): 'care-late' | 'triage-late' | undefined {
  if (now >= careDeadline(facts.level ?? 'U1', facts.clockStartedAt, calendar)) return 'care-late'
  const next = unscheduledCareDeadline(facts, calendar)
  return next?.code === 'triage' && now >= next.at ? 'triage-late' : undefined
}

const first = (care: Deadline, other: Deadline | null): Deadline => (other && other.at < care.at ? other : care)

/**
 * By when the person should be seen, always an opening hour or a close. U1 « jour même »: 12 hours from the first
 * opening, never past that day's close. U2 and U3: 24 and 48 hours, brought back to the last close when they would fall
 * into closed hours; the next opening when the territory stays shut over the whole delay.
 */
export function careDeadline(level: UrgencyLevel, from: Date, calendar: Calendar): Date {
  if (level === 'U1') {
    const start = nextOpening(calendar, from)
    const limit = earliest(after(start, unscheduledCareDelays.care.U1), addBusinessDays(calendar, start, 0))
    return notInClosedHours(calendar, start, limit)
  }
  const at = notInClosedHours(calendar, from, after(from, unscheduledCareDelays.care[level]))
  return isWithinOpening(calendar, at) ? at : nextOpening(calendar, at)
}

const earliest = (one: Date, other: Date): Date => (one < other ? one : other)

/** Open at this instant, or closing at it. */
const isWithinOpening = (calendar: Calendar, at: Date): boolean =>
  isOpenAt(calendar, at) || isOpenAt(calendar, new Date(at.getTime() - 1))

/**
 * U1 or U2 that nobody can see before the territory's out-of-hours time: asking somebody takes the opening time of one
 * answer, and when that time is over only tomorrow, or for U2 after the 24 hours, the person should call the 15.
 */
export function isOutOfHoursAhead(facts: UnscheduledCareClockFacts, now: Date, calendar: Calendar): boolean {
  const level = facts.level ?? 'U1'
  const isWaiting = ['submitted', 'triaged', 'offering', 'no_show'].includes(facts.status)
  if (!isWaiting || level === 'U3') return false
  const soonest = addBusinessHours(calendar, now, unscheduledCareDelays.answer[level])
  if (dayIn(calendar.timeZone, soonest) === dayIn(calendar.timeZone, now)) return false
  return level === 'U1' || soonest > after(facts.clockStartedAt, unscheduledCareDelays.care.U2)
}

/** When a practitioner's silence becomes « sans réponse » (D7), counted in opening hours. */
export function unscheduledCareAnswerBy(level: UrgencyLevel | null, sentAt: Date, calendar: Calendar): Date {
  return addBusinessHours(calendar, sentAt, unscheduledCareDelays.answer[level ?? 'U1'])
}
