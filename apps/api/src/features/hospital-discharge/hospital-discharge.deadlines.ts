import type { HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import { addBusinessHours, addCalendarDays, type Calendar } from '../../kernel/calendar.ts'
import type { Deadline } from '../../kernel/deadlines.ts'

/** What the clocks of a discharge are computed from. */
export interface HospitalDischargeClockFacts {
  status: HospitalDischargeStatus
  clockStartedAt: Date
  statusSince: Date
  expectedDischargeAt: Date
  actualDischargeAt: Date | null
  hasUncoveredNeed: boolean
  /** When the first live proposal expires, or the first reconfirmation is due. */
  firstAnswerDue: Date | null
}

/**
 * Delays of domain notes D7, the product's defaults and no national rule. The ward has as long to complete what it
 * said as the coordination has to acknowledge it. Hours before a discharge are hours: a change of clocks does not
 * shorten them.
 */
export const hospitalDischargeDelays = {
  acknowledgeBusinessHours: 4,
  informationBusinessHours: 4,
  coverHoursBefore: 24,
  alertHoursBefore: 48,
  escalateHoursBefore: 12,
  /** Beyond these hours before the discharge, time changes neither its band nor its score. */
  watchHours: 200,
  reconfirmBeyondHours: 24,
  followUpDays: 2,
  usualTeamAnswerHours: 6,
  answerHours: 12,
  /** An answer may take this part of the time left. */
  answerPart: 0.25,
  answerLeastMinutes: 15,
} as const

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const hoursBefore = (at: Date, hours: number): Date => new Date(at.getTime() - hours * HOUR)

const first = (...deadlines: (Deadline | null)[]): Deadline | null =>
  deadlines.reduce<Deadline | null>((soonest, one) => (one && (!soonest || one.at < soonest.at) ? one : soonest), null)

/** What runs out next on a discharge; null when nothing runs. */
export function hospitalDischargeDeadline(facts: HospitalDischargeClockFacts, calendar: Calendar): Deadline | null {
  const delays = hospitalDischargeDelays
  switch (facts.status) {
    case 'submitted':
      return first(
        {
          code: 'acknowledge',
          at: addBusinessHours(calendar, facts.clockStartedAt, delays.acknowledgeBusinessHours),
        },
        // A patient may go home before the coordination opens again: nothing is due later than that.
        { code: 'acknowledge', at: facts.expectedDischargeAt },
      )
    case 'info_requested':
      return first(
        { code: 'information', at: addBusinessHours(calendar, facts.statusSince, delays.informationBusinessHours) },
        coverDeadline(facts),
      )
    case 'acknowledged':
    case 'coordinating':
    case 'partially_covered':
    case 'covered':
      return first(facts.firstAnswerDue && { code: 'proposal-answer', at: facts.firstAnswerDue }, coverDeadline(facts))
    case 'discharged':
      return {
        code: 'follow-up',
        at: addCalendarDays(calendar, facts.actualDischargeAt ?? facts.statusSince, delays.followUpDays),
      }
    case 'draft':
    case 'followed_up':
    case 'cancelled':
      return null
  }
}

/** All covered a day before; once all are, the discharge itself is what comes next. */
function coverDeadline({ expectedDischargeAt, hasUncoveredNeed }: HospitalDischargeClockFacts): Deadline {
  return hasUncoveredNeed
    ? { code: 'cover-needs', at: hoursBefore(expectedDischargeAt, hospitalDischargeDelays.coverHoursBefore) }
    : { code: 'discharge', at: expectedDischargeAt }
}

/**
 * How long somebody may take to answer for a need: a quarter of the time left, at most six hours for the usual team
 * (asked first, alone) and twelve for the others, never less than a quarter of an hour.
 */
export function hospitalDischargeAnswerBy(sentAt: Date, expectedDischargeAt: Date, isUsualTeam: boolean): Date {
  const { usualTeamAnswerHours, answerHours, answerPart, answerLeastMinutes } = hospitalDischargeDelays
  const most = (isUsualTeam ? usualTeamAnswerHours : answerHours) * HOUR
  const part = (expectedDischargeAt.getTime() - sentAt.getTime()) * answerPart
  return new Date(sentAt.getTime() + Math.max(answerLeastMinutes * MINUTE, Math.min(most, part)))
}

/** By when a practitioner says whether they still come after the date moved: half of the time left. */
export const reconfirmationDue = (now: Date, expectedDischargeAt: Date): Date =>
  new Date(now.getTime() + Math.max(0, expectedDischargeAt.getTime() - now.getTime()) / 2)

/** Has the time come when an uncovered need is escalated? */
export const isTimeToEscalate = (now: Date, expectedDischargeAt: Date): boolean =>
  now >= hoursBefore(expectedDischargeAt, hospitalDischargeDelays.escalateHoursBefore)

/** From when an uncovered need is told to the coordination. */
export const alertFrom = (expectedDischargeAt: Date): Date =>
  hoursBefore(expectedDischargeAt, hospitalDischargeDelays.alertHoursBefore)

/** Did the date move by more than what a promise to come survives? */
export const needsReconfirmation = (known: Date, moved: Date): boolean =>
  Math.abs(moved.getTime() - known.getTime()) > hospitalDischargeDelays.reconfirmBeyondHours * HOUR
