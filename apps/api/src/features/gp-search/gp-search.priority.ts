import type { Channel, Contribution } from '@maillage/contracts/cases'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import { ageOn, type DayDate } from '@maillage/contracts/kit/dates'

/** The rules of domain notes D6 in their first version: the product's default, to be approved by a medical board. */
export const gpSearchRuleset = 'gp-search/1'

/** One person of the search: the patient, or a member of the household. */
export interface ScoredPerson {
  birthDate: DayDate
  details: GpSearchDetails
}

export interface GpSearchScoreFacts {
  /** The patient first, then the household's members. */
  people: readonly ScoredPerson[]
  channel: Channel
  hasLinkedDischarge: boolean
  /** Days since the person asked for the first time. */
  waitedDays: number
  today: DayDate
}

const DAY = 86_400_000
const daysBetween = (from: DayDate, to: DayDate): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

type Rule = (person: ScoredPerson, facts: GpSearchScoreFacts) => Contribution | false | undefined

const said = (factor: string, points: number, code: string, value?: string): Contribution => ({
  factor,
  points,
  evidence: value === undefined ? { code } : { code, value },
  source: 'declared',
})

function ageRule({ birthDate }: ScoredPerson, { today }: GpSearchScoreFacts) {
  const age = ageOn(birthDate, today)
  if (age >= 80) return said('age', 15, 'aged-80', String(age))
  return age >= 70 && said('age', 10, 'aged-70', String(age))
}

function treatmentRule({ details: { treatmentDaysLeft: left } }: ScoredPerson) {
  if (left === undefined) return undefined
  if (left <= 7) return said('treatment', 25, 'treatment-within-7-days', String(left))
  return left <= 15 && said('treatment', 15, 'treatment-within-15-days', String(left))
}

function dischargeRule({ details }: ScoredPerson, { hasLinkedDischarge, today }: GpSearchScoreFacts) {
  if (hasLinkedDischarge) return said('discharge', 20, 'linked-discharge')
  const left = details.dischargedOn
  if (!left) return undefined
  const days = daysBetween(left, today)
  return days >= 0 && days <= 30 && said('discharge', 20, 'discharged', String(days))
}

function leavingRule({ details }: ScoredPerson, { today }: GpSearchScoreFacts) {
  const leaving = details.gpLeavingOn
  return leaving && daysBetween(today, leaving) <= 92 && said('gp-leaving', 10, 'gp-leaving', leaving)
}

/** One line per fact; a missing answer gives nothing and costs nothing. */
const rules: readonly Rule[] = [
  ({ details }) => details.hasLongTermCondition && said('long-term-condition', 30, 'declared'),
  treatmentRule,
  ageRule,
  ({ details }) => details.solidarityCover && said('solidarity-cover', 15, 'declared'),
  ({ details }) => details.disabledAdultAllowance && said('disability', 15, 'declared'),
  ({ details }) => details.homebound && said('homebound', 15, 'declared'),
  ({ details }) => details.pregnancyOrInfant && said('pregnancy-or-infant', 10, 'declared'),
  dischargeRule,
  ({ details }) => details.frequentEmergencyVisits && said('emergency-visits', 10, 'declared'),
  ({ details }) => details.noCareForAYear && said('no-care', 10, 'declared'),
  ({ details }) => details.livesAlone && said('isolated', 5, 'declared'),
  leavingRule,
]

const personal = (person: ScoredPerson, facts: GpSearchScoreFacts): Contribution[] =>
  rules.map((rule) => rule(person, facts)).filter((found) => typeof found === 'object')

const sum = (contributions: readonly Contribution[]): number =>
  contributions.reduce((total, { points }) => total + points, 0)

function shared(facts: GpSearchScoreFacts): Contribution[] {
  const professional = facts.channel === 'professional' || facts.channel === 'hospital'
  const seniority = Math.min(20, Math.max(0, Math.floor(facts.waitedDays / 14)))
  return [
    ...(professional ? [{ ...said('professional-request', 5, 'professional'), source: 'channel' }] : []),
    ...(seniority > 0
      ? [{ ...said('seniority', seniority, 'waited-days', String(facts.waitedDays)), source: 'clock' }]
      : []),
  ]
}

/**
 * The explained score of a search, capped at 100. A household takes the score of its member who needs it most.
 * Nationality, insurer, wealth of the address and past refusals are no factor, and never will be (D6).
 */
export function scoreGpSearch(facts: GpSearchScoreFacts): {
  score: number
  rulesetVersion: string
  contributions: Contribution[]
} {
  const each = facts.people.map((person) => personal(person, facts))
  const neediest = each.reduce<Contribution[]>((most, one) => (sum(one) > sum(most) ? one : most), each[0] ?? [])
  const contributions = [...neediest, ...shared(facts)]
  return { score: Math.min(100, sum(contributions)), rulesetVersion: gpSearchRuleset, contributions }
}
