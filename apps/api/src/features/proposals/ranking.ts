import { createHash } from 'node:crypto'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { CandidateReason, FilterCause } from '@maillage/contracts/proposals'
import type { CandidateRequest } from '../../kernel/context.ts'

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
  /** Accepted over the last 90 days. */
  load: number
  /** Mean time to answer, in hours; null when they never answered. */
  answerHours: number | null
}

export type Relaxation = 'distance' | 'profile'

/** Points of each factor (domain notes D5): the product's default, no national rule. They add up to 100. */
export const rankingWeights = { distance: 35, places: 25, load: 15, profile: 15, speed: 5, household: 5 } as const

/** Beyond these a factor gives nothing more, or nothing at all. */
const scale = { farKm: 30, manyPlaces: 5, heavyLoad: 10, slowHours: 120 }

const round = (points: number): number => Math.round(points * 10) / 10

/** Why somebody cannot be proposed to, the first cause found; undefined for a candidate. */
export function filterCause(
  request: CandidateRequest,
  facts: CandidateFacts,
  relax: readonly Relaxation[],
): FilterCause | undefined {
  if (request.generalPractitionerOnly && !facts.isGeneralPractitioner) return 'profession'
  if (facts.hasLiveProposal) return 'already_proposed'
  if (facts.hasDeclined) return 'already_declined'
  if (facts.isAbsent) return 'absent'
  if (request.fullExcludes && isFull(request, facts)) return 'full'
  if (!relax.includes('distance') && isTooFar(request, facts)) return 'too_far'
  if (!relax.includes('profile') && contradictsProfile(request, facts)) return 'profile'
  return undefined
}

function isFull(request: CandidateRequest, facts: CandidateFacts): boolean {
  if (facts.intake && !facts.intake.isOpen) return true
  return facts.remaining !== null && facts.remaining < Math.max(1, request.places)
}

function isTooFar(request: CandidateRequest, { distanceKm, intake }: CandidateFacts): boolean {
  if (intake && intake.municipalities.length > 0 && !intake.municipalities.includes(request.municipalityCode))
    return true
  const limits = [request.maxDistanceKm, intake?.maxDistanceKm ?? null].filter((limit) => limit !== null)
  return distanceKm !== null && limits.some((limit) => distanceKm > limit)
}

const contradictsProfile = (request: CandidateRequest, facts: CandidateFacts): boolean =>
  criteria(request, facts).some(({ met, isHard }) => isHard && met === false)

interface Criterion {
  yes: string
  no: string
  met: boolean | null
  isHard: boolean
  value?: string
}

/** What the request asks of a profile, and whether the practitioner is known to meet it. */
function criteria(request: CandidateRequest, facts: CandidateFacts): Criterion[] {
  return [
    ...(request.homeVisit ? [{ yes: 'home-visits', no: 'no-home-visits', met: facts.homeVisits, isHard: true }] : []),
    ...(request.accessibility
      ? [{ yes: 'accessible', no: 'not-accessible', met: facts.accessible, isHard: true }]
      : []),
    ...(request.children
      ? [{ yes: 'children', no: 'no-children', met: facts.intake?.children ?? null, isHard: true }]
      : []),
    ...(request.longTerm
      ? [{ yes: 'long-term', no: 'no-long-term', met: facts.intake?.longTerm ?? null, isHard: true }]
      : []),
    ...request.languages.map((language) => ({
      yes: 'language',
      no: 'no-language',
      value: language,
      met: facts.languages.includes(language),
      isHard: false,
    })),
    ...(request.gender
      ? [
          {
            yes: 'gender',
            no: 'other-gender',
            met: facts.gender === null ? null : facts.gender === request.gender,
            isHard: false,
          },
        ]
      : []),
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
  const points = round(max * (1 - Math.min(load, scale.heavyLoad) / scale.heavyLoad))
  return { factor: 'load', points, max, code: 'load-90-days', value: String(load) }
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
    ...(request.places > 0 ? [placesReason(facts)] : []),
    loadReason(facts),
    ...profileReasons(request, facts),
    speedReason(facts),
    ...(isUsual ? [{ factor: 'household' as const, points: household, max: household, code: 'usual' }] : []),
  ]
}

export interface Ranked {
  facts: CandidateFacts
  score: number
  reasons: CandidateReason[]
}

/** A number that depends on the case and the practitioner alone: equal scores fall differently for each case. */
const lot = (seed: string, id: string): string => createHash('sha256').update(`${seed}:${id}`).digest('hex')

/**
 * Ranks who may be proposed to, best first, and counts the others by cause. Those who never declared places come after
 * those who did when the request says so; ties fall by lot, seeded by the case (domain notes D5).
 */
export function rankCandidates(
  request: CandidateRequest,
  people: readonly CandidateFacts[],
  seed: string,
  relax: readonly Relaxation[] = [],
): { ranked: Ranked[]; filteredOut: Map<FilterCause, number> } {
  const filteredOut = new Map<FilterCause, number>()
  const ranked: Ranked[] = []
  for (const facts of people) {
    const cause = filterCause(request, facts, relax)
    if (cause) {
      filteredOut.set(cause, (filteredOut.get(cause) ?? 0) + 1)
      continue
    }
    const reasons = reasonsFor(request, facts)
    ranked.push({ facts, reasons, score: round(reasons.reduce((total, { points }) => total + points, 0)) })
  }
  const isBehind = ({ facts }: Ranked): number => Number(request.unknownLast && facts.places === null)
  ranked.sort(
    (one, other) =>
      isBehind(one) - isBehind(other) ||
      other.score - one.score ||
      lot(seed, one.facts.id).localeCompare(lot(seed, other.facts.id)),
  )
  return { ranked, filteredOut }
}
