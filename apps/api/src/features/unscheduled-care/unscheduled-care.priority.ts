import type { Band, Contribution } from '@maillage/contracts/cases'
import type { triageBases, UrgencyLevel } from '@maillage/contracts/unscheduled-care'

/** The order of domain notes D6 in its first version: the product's default, to be approved by a medical board. */
export const unscheduledCareRuleset = 'unscheduled-care/1'

export interface UnscheduledCareScoreFacts {
  isTriaged: boolean
  /** Null while untriaged, unless whoever asked said « sous 48 h ». */
  level: UrgencyLevel | null
  basis: (typeof triageBases)[number] | null
  /** Until the person should be seen, in hours; negative once that is past. */
  hoursLeft: number
  /** The whole delay from the request to then, in hours. */
  hoursInAll: number
}

/** Untriaged or U1 = P1: nobody knows yet how urgent an untriaged request is, so it counts as the most urgent (D6). */
export const bandOfLevel = { U1: 'P1', U2: 'P2', U3: 'P3' } as const satisfies Record<UrgencyLevel, Band>

// 25 points apart, so that 24 points of time never let a lower level pass before a higher one.
const levelPoints = { U1: 75, U2: 50, U3: 25 } as const
const timePoints = 24

/** The explained order of a request: its level first, then the share of its delay that has run. */
export function scoreUnscheduledCare(facts: UnscheduledCareScoreFacts): {
  score: number
  band: Band
  rulesetVersion: string
  contributions: Contribution[]
} {
  const level = facts.isTriaged && facts.level ? facts.level : 'U1'
  const contributions = [levelContribution(facts, level), timeContribution(facts)].filter(({ points }) => points > 0)
  return {
    score: contributions.reduce((total, { points }) => total + points, 0),
    band: bandOfLevel[level],
    rulesetVersion: unscheduledCareRuleset,
    contributions,
  }
}

function levelContribution({ isTriaged, basis }: UnscheduledCareScoreFacts, level: UrgencyLevel): Contribution {
  return isTriaged
    ? {
        factor: 'urgency-level',
        points: levelPoints[level],
        evidence: { code: 'triaged', value: level },
        source: basis ?? 'declared',
      }
    : { factor: 'urgency-level', points: levelPoints.U1, evidence: { code: 'untriaged' }, source: 'rule' }
}

function timeContribution({ hoursLeft, hoursInAll }: UnscheduledCareScoreFacts): Contribution {
  const run = hoursInAll > 0 ? 1 - hoursLeft / hoursInAll : 1
  return {
    factor: 'time-left',
    points: Math.floor(timePoints * Math.min(1, Math.max(0, run))),
    evidence: hoursLeft > 0 ? { code: 'hours-left', value: String(Math.floor(hoursLeft)) } : { code: 'late' },
    source: 'clock',
  }
}
