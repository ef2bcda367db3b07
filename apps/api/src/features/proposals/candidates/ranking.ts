import type { AnswerLoad, CandidateReason, FilterCause, Relaxation } from '@maillage/contracts/candidates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { CandidateRequest } from '../../../kernel/context.ts'
import type { Relaxed } from './relaxed.ts'

/** What is stored of a practitioner that bears on a request; every reason shown is computed from these. */
export interface CandidateFacts {
  id: PractitionerId
  isGeneralPractitioner: boolean
  gender: string | null
  distanceKm: number | null
  homeVisits: boolean | null
  accessible: boolean | null
  languages: readonly string[]
  /** Null: never declared. */
  places: number | null
  remaining: number | null
  /** Of the declaration; null without one. */
  intake: {
    isOpen: boolean
    municipalities: readonly string[]
    maxDistanceKm: number | null
    children: boolean
    longTerm: boolean
  } | null
  isAbsent: boolean
  hasDeclined: boolean
  hasLiveProposal: boolean
  /** Asked before for this case, without a refusal. */
  askedBefore: boolean
  /** Over the last 90 days. */
  load: AnswerLoad
  /** Mean time to answer, in hours; null when they never answered. */
  answerHours: number | null
}

/** Points of each factor (domain notes D5): the product's default, no national rule. They add up to 100. */
export const rankingWeights = { distance: 35, places: 25, load: 15, profile: 15, speed: 5, household: 5 } as const

/** Beyond these a factor gives nothing more, or nothing at all. */
const scale = { farKm: 30, manyPlaces: 5, heavyLoad: 10, slowHours: 120 }

const round = (points: number): number => Math.round(points * 10) / 10

/** Why somebody cannot be proposed to, the first cause found; undefined for a candidate. */
export function filterCause(
  request: CandidateRequest,
  facts: CandidateFacts,
  relaxed: Relaxed,
): FilterCause | undefined {
  if (request.generalPractitionerOnly && !facts.isGeneralPractitioner) return 'profession'
  if (facts.hasLiveProposal) return 'already_proposed'
  if (facts.hasDeclined) return 'already_declined'
  if (facts.isAbsent) return 'absent'
  if (request.fullExcludes && isFull(request, facts)) return 'full'
  if (isTooFar(request, facts, relaxed)) return 'too_far'
  if (contradictsProfile(request, facts, relaxed)) return 'profile'
  return undefined
}

function isFull(request: CandidateRequest, facts: CandidateFacts): boolean {
  if (facts.intake && !facts.intake.isOpen) return true
  return facts.remaining !== null && facts.remaining < Math.max(1, request.places)
}

function isTooFar(request: CandidateRequest, facts: CandidateFacts, { relax, withinKm }: Relaxed): boolean {
  if (!isBeyondLimits(request, facts)) return false
  if (!relax.includes('distance')) return true
  return withinKm !== null && (facts.distanceKm === null || facts.distanceKm > withinKm)
}

function isBeyondLimits(request: CandidateRequest, { distanceKm, intake }: CandidateFacts): boolean {
  if (intake && intake.municipalities.length > 0 && !intake.municipalities.includes(request.municipalityCode))
    return true
  const limits = [request.maxDistanceKm, intake?.maxDistanceKm ?? null].filter((limit) => limit !== null)
  return distanceKm !== null && limits.some((limit) => distanceKm > limit)
}

function contradictsProfile(request: CandidateRequest, facts: CandidateFacts, { relax }: Relaxed): boolean {
  if (relax.includes('profile')) return false
  return criteria(request, facts).some(({ demand, met }) => demand && met === false && !relax.includes(demand))
}

/** A demand that excludes; each may be given up by itself. */
type Demand = Exclude<Relaxation, 'distance' | 'profile'>

interface Criterion {
  yes: string
  no: string
  met: boolean | null
  /** Absent for a wish, which only ranks. */
  demand?: Demand
  value?: string
}

/** What the request asks of a profile, and whether the practitioner is known to meet it. */
function criteria(request: CandidateRequest, facts: CandidateFacts): Criterion[] {
  const { gender, homeVisits, accessible, intake } = facts
  const demands: (Criterion & { isAsked: boolean })[] = [
    { isAsked: request.homeVisit, demand: 'home-visits', yes: 'home-visits', no: 'no-home-visits', met: homeVisits },
    { isAsked: request.accessibility, demand: 'accessible', yes: 'accessible', no: 'not-accessible', met: accessible },
    {
      isAsked: request.children,
      demand: 'children',
      yes: 'children',
      no: 'no-children',
      met: intake?.children ?? null,
    },
    {
      isAsked: request.longTerm,
      demand: 'long-term',
      yes: 'long-term',
      no: 'no-long-term',
      met: intake?.longTerm ?? null,
    },
  ]
  const languages = request.languages.map((language) => ({
    yes: 'language',
    no: 'no-language',
    value: language,
    met: facts.languages.includes(language),
  }))
  const met = gender === null ? null : gender === request.gender
  return [
    ...demands.filter(({ isAsked }) => isAsked),
    ...languages,
    ...(request.gender ? [{ yes: 'gender', no: 'other-gender', met }] : []),
  ]
}

function profileReasons(request: CandidateRequest, facts: CandidateFacts): CandidateReason[] {
  const asked = criteria(request, facts)
  const { profile } = rankingWeights
  if (asked.length === 0) return [{ factor: 'profile', points: profile, max: profile, code: 'nothing-asked' }]
  const each = profile / asked.length
  return asked.map(({ yes, no, met, value }) => ({
    factor: 'profile' as const,
    points: round(met === null ? each / 2 : Number(met) * each),
    max: round(each),
    code: { true: yes, false: no, null: `${yes}-unknown` }[`${met}`],
    ...(value ? { value } : {}),
  }))
}

function distanceReason({ distanceKm: km }: CandidateFacts): CandidateReason {
  const max = rankingWeights.distance
  if (km === null) return { factor: 'distance', points: 0, max, code: 'distance-unknown' }
  const points = round(max * Math.max(0, 1 - km / scale.farKm))
  return { factor: 'distance', points, max, code: km === 0 ? 'same-municipality' : 'distance', value: String(km) }
}

/** Said of those who are there because a limit was given up: nobody is asked beyond it unawares. */
function limitReasons(request: CandidateRequest, facts: CandidateFacts): CandidateReason[] {
  const { distanceKm, intake } = facts
  const beyond = (limit: number | null | undefined): boolean =>
    typeof limit === 'number' && distanceKm !== null && distanceKm > limit
  const elsewhere = intake?.municipalities.length && !intake.municipalities.includes(request.municipalityCode)
  return [
    ...(beyond(request.maxDistanceKm) ? ['beyond-patient-limit'] : []),
    ...(elsewhere || beyond(intake?.maxDistanceKm) ? ['beyond-own-limit'] : []),
  ].map((code) => ({ factor: 'distance', points: 0, max: 0, code }))
}

function placesReason({ remaining }: CandidateFacts): CandidateReason {
  const max = rankingWeights.places
  if (remaining === null) return { factor: 'places', points: 0, max, code: 'places-unknown' }
  const points = round((max * Math.min(remaining, scale.manyPlaces)) / scale.manyPlaces)
  return {
    factor: 'places',
    points,
    max,
    code: remaining === 1 ? 'last-place' : 'places-left',
    value: String(remaining),
  }
}

function loadReason({ load }: CandidateFacts): CandidateReason {
  const max = rankingWeights.load
  const points = round(max * (1 - Math.min(load.accepted, scale.heavyLoad) / scale.heavyLoad))
  return { factor: 'load', points, max, code: 'load-90-days', value: String(load.accepted) }
}

function speedReason({ answerHours }: CandidateFacts): CandidateReason {
  const max = rankingWeights.speed
  if (answerHours === null) return { factor: 'speed', points: max / 2, max, code: 'never-asked' }
  const points = round(max * (1 - Math.min(answerHours, scale.slowHours) / scale.slowHours))
  return { factor: 'speed', points, max, code: 'answers-in-hours', value: String(Math.round(answerHours)) }
}

/** Every reason for a candidate's place, factor by factor. */
export function reasonsFor(request: CandidateRequest, facts: CandidateFacts): CandidateReason[] {
  const { household } = rankingWeights
  const isUsual = request.usual.includes(facts.id)
  return [
    distanceReason(facts),
    ...limitReasons(request, facts),
    ...(request.places > 0 ? [placesReason(facts)] : []),
    loadReason(facts),
    ...profileReasons(request, facts),
    speedReason(facts),
    ...(isUsual ? [{ factor: 'household' as const, points: household, max: household, code: 'usual' }] : []),
  ]
}

/** The points of all these reasons together, out of 100. */
export const totalOf = (reasons: readonly CandidateReason[]): number =>
  round(reasons.reduce((total, { points }) => total + points, 0))

/** What a candidate's facts are worth for this request. */
export const scoreOf = (request: CandidateRequest, facts: CandidateFacts): number => totalOf(reasonsFor(request, facts))
