import * as z from 'zod'
import { Band, CaseKindName, PractitionerRef } from './cases.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { CaseId, NeedId, PractitionerId, ProposalId } from './kit/ids.ts'
import { several } from './kit/page.ts'
import { Place } from './municipalities.ts'

/** Why a practitioner stands where they stand: words for the screen, recomputed from stored facts. */
export const CandidateReason = z.object({
  factor: z.enum(['distance', 'places', 'load', 'profile', 'speed', 'household']),
  points: z.number(),
  max: z.number(),
  code: z.string(),
  value: z.string().optional(),
})
export type CandidateReason = z.infer<typeof CandidateReason>

export const filterCauses = [
  'full',
  'absent',
  'profession',
  'too_far',
  'already_declined',
  'already_proposed',
  'profile',
  'unreachable',
] as const
export const FilterCause = z.enum(filterCauses)
export type FilterCause = z.infer<typeof FilterCause>

/** What somebody was sent over the last 90 days, and how they answered. Silence is counted apart from a refusal. */
export const AnswerLoad = z.object({
  received: z.int(),
  accepted: z.int(),
  declined: z.int(),
  silent: z.int(),
})
export type AnswerLoad = z.infer<typeof AnswerLoad>

export const Candidate = z.object({
  practitioner: PractitionerRef.extend({
    municipality: z.string(),
    practicePhone: z.string().nullable(),
    practice: z.string().nullable(),
  }),
  /** Centre of the commune of practice; null when it is not known. */
  place: Place.nullable(),
  rank: z.int(),
  score: z.number(),
  reasons: z.array(CandidateReason),
  distanceKm: z.number().nullable(),
  capacity: z.enum(['declared', 'unknown']),
  places: z.int().nullable(),
  remaining: z.int().nullable(),
  /** The team whose places these are; null when they are the practitioner's own. */
  team: z.string().nullable(),
  /** When the places were said; null when they never were. */
  declaredAt: Instant.nullable(),
  reachableBy: z.enum(['account', 'phone', 'none']),
  load: AnswerLoad,
  /** Already cares for this person: asked first, alone. */
  isUsual: z.boolean(),
  /** Asked before for this very case or need, without a refusal: a silence, a withdrawal. */
  askedBefore: z.boolean(),
  /** By when they would answer if they were asked now. */
  answerBy: Instant,
})
export type Candidate = z.infer<typeof Candidate>

/**
 * What may be given up to find more people. `distance` gives up the limits of both sides, up to `withinKm` where it is
 * said; `profile` gives up all four demands at once.
 */
export const relaxations = ['distance', 'profile', 'home-visits', 'accessible', 'children', 'long-term'] as const
export const Relaxation = z.enum(relaxations)
export type Relaxation = z.infer<typeof Relaxation>

export const CandidatesQuery = z.object({
  needId: NeedId.optional(),
  relax: several(Relaxation),
  /** How far `relax=distance` reaches; without it, anywhere. */
  withinKm: z.coerce.number().int().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** One more thing given up, beside what already is, and how many it alone would bring. */
export const Widening = z.object({ relax: Relaxation, withinKm: z.int().nullable(), adds: z.int() })
export type Widening = z.infer<typeof Widening>

/** Somebody left out because they are away, and who stands in for them. */
export const AwayCandidate = z.object({
  displayName: z.string(),
  until: DayDate,
  replacement: z.object({
    practitionerId: PractitionerId.nullable(),
    name: z.string(),
    phone: z.string().nullable(),
    /** False where they cannot be proposed this case; a locum is never anybody's médecin traitant. */
    mayBeAsked: z.boolean(),
  }),
})
export type AwayCandidate = z.infer<typeof AwayCandidate>

export const Candidates = z.object({
  items: z.array(Candidate),
  /** Those away who said who stands in for them, a few at most. */
  away: z.array(AwayCandidate),
  considered: z.int(),
  filteredOut: z.array(z.object({ cause: FilterCause, count: z.int() })),
  widenings: z.array(Widening),
  householdSize: z.int(),
  /** The commune that distances are measured from. */
  origin: z.object({ name: z.string(), place: Place.nullable() }),
  /** The farthest that the person accepts to go, where they said so. */
  maxDistanceKm: z.number().nullable(),
})
export type Candidates = z.infer<typeof Candidates>

/** Somebody who waits and whom this practitioner could take: the candidates of a case, read from the other side. */
export const WaitingPatient = z.object({
  caseId: CaseId,
  reference: z.string(),
  version: z.int(),
  band: Band,
  /** Since when they wait, through every return to the list. */
  waitingSince: Instant,
  patient: z.object({ displayName: z.string(), birthDate: DayDate, sex: z.enum(['female', 'male', 'unknown']) }),
  municipality: z.object({ code: z.string(), name: z.string() }),
  place: Place.nullable(),
  /** Places that an acceptance takes. */
  householdSize: z.int(),
  distanceKm: z.number().nullable(),
  reasons: z.array(CandidateReason),
})
export type WaitingPatient = z.infer<typeof WaitingPatient>

/** What a practitioner was sent, how they answered, and what still waits for their answer. */
export const PractitionerActivity = z.object({
  load: AnswerLoad,
  /** Mean time to answer by their own account, in hours; null when they never did. */
  answerHours: z.number().nullable(),
  /** Patients accepted and not given back. */
  patients: z.int(),
  /** Places that the proposals under way would take. */
  placesAsked: z.int(),
  live: z.array(
    z.object({
      id: ProposalId,
      kind: CaseKindName,
      reference: z.string(),
      status: z.enum(['queued', 'pending']),
      municipality: z.string(),
      sentAt: Instant.nullable(),
      expiresAt: Instant.nullable(),
      version: z.int(),
    }),
  ),
})
export type PractitionerActivity = z.infer<typeof PractitionerActivity>
