import type { Band } from '@maillage/contracts/cases'
import type { GpSearchStatus } from '@maillage/contracts/gp-search'
import { addBusinessDays, addCalendarDays, type Calendar } from '../../kernel/calendar.ts'
import type { Deadline } from '../../kernel/deadlines.ts'

/** What the clocks of a search are computed from. */
export interface GpSearchClockFacts {
  status: GpSearchStatus
  band: Band
  clockStartedAt: Date
  statusSince: Date
  resumeAt: Date | null
  toldAt: Date | null
  visitAt: Date | null
  /** When the patient last said that they still search. */
  confirmedAt: Date | null
  /** When the first of the live proposals expires. */
  firstExpiry: Date | null
  /** Contact attempts since information was asked for. */
  attemptsSinceAsked: number
  /** Days of silence after which the list is confirmed again, as the CPTS set them. */
  revalidationDays: number
  /** They are being asked whether they still search: until when they may answer. */
  askedUntil: Date | null
}

/**
 * Delays of domain notes D7, the product's defaults and no national rule. bd: business days.
 * Triage P1 2 bd, others 5 bd · a proposal within 10 bd for P1, 30 days for P2, the list confirmed again after as many
 * days as the CPTS set for the others · first visit 14 days for P1, else 30 · declaration 15 days after the visit.
 */
export const gpSearchDelays = {
  triageDays: { P1: 2, P2: 5, P3: 5, P4: 5 },
  findP2Days: 30,
  findP1BusinessDays: 10,
  tellBusinessDays: 2,
  firstVisitDays: { P1: 14, P2: 30, P3: 30, P4: 30 },
  declarationDays: 15,
  informationStepDays: 10,
  informationSteps: 3,
} as const

/** What runs out next on a search; null when nothing runs. */
export function gpSearchDeadline(facts: GpSearchClockFacts, calendar: Calendar): Deadline | null {
  const delays = gpSearchDelays
  switch (facts.status) {
    case 'submitted':
      return { code: 'triage', at: addBusinessDays(calendar, facts.clockStartedAt, delays.triageDays[facts.band]) }
    case 'info_requested': {
      const step = Math.min(facts.attemptsSinceAsked + 1, delays.informationSteps)
      return {
        code: 'information',
        at: addCalendarDays(calendar, facts.statusSince, step * delays.informationStepDays),
      }
    }
    case 'eligible':
      return findDeadline(facts, calendar)
    case 'proposing':
      return facts.firstExpiry ? { code: 'proposal-answer', at: facts.firstExpiry } : findDeadline(facts, calendar)
    case 'matched':
      return facts.toldAt
        ? { code: 'first-visit', at: addCalendarDays(calendar, facts.statusSince, delays.firstVisitDays[facts.band]) }
        : { code: 'tell-patient', at: addBusinessDays(calendar, facts.statusSince, delays.tellBusinessDays) }
    case 'visit_booked':
      return facts.visitAt
        ? { code: 'declaration', at: addCalendarDays(calendar, facts.visitAt, delays.declarationDays) }
        : null
    case 'on_hold':
      return facts.resumeAt ? { code: 'resume', at: facts.resumeAt } : null
    case 'draft':
    case 'declared':
    case 'closed':
      return null
  }
}

function findDeadline(facts: GpSearchClockFacts, calendar: Calendar): Deadline {
  if (facts.band === 'P1') {
    return {
      code: 'find-practitioner',
      at: addBusinessDays(calendar, facts.clockStartedAt, gpSearchDelays.findP1BusinessDays),
    }
  }
  const { clockStartedAt, confirmedAt } = facts
  if (facts.band === 'P2') {
    return { code: 'find-practitioner', at: addCalendarDays(calendar, clockStartedAt, gpSearchDelays.findP2Days) }
  }
  // Being asked, they are not late: what comes next is the end of the asking.
  if (facts.askedUntil) return { code: 'revalidation-asked', at: facts.askedUntil }
  const lastSaid = confirmedAt && confirmedAt > clockStartedAt ? confirmedAt : clockStartedAt
  return { code: 'revalidation', at: addCalendarDays(calendar, lastSaid, facts.revalidationDays) }
}

/** When a doctor's silence becomes « sans réponse »: 48 hours for P1, else 5 business days (D7). */
export function gpSearchAnswerBy(band: Band, sentAt: Date, calendar: Calendar): Date {
  return band === 'P1' ? new Date(sentAt.getTime() + 48 * 3_600_000) : addBusinessDays(calendar, sentAt, 5)
}
