import * as z from 'zod'
import { Band, CaseHeader, Consent, moveOf, Version } from './cases.ts'
import { OnBehalf } from './delegation/on-behalf.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { CaseId, PatientId } from './kit/ids.ts'
import { CaseSubject, OpenCase } from './patients.ts'
import { Proposal } from './proposals.ts'

/** Domain notes D2. `declared` and `closed` are final. */
export const gpSearchStatuses = [
  'draft',
  'submitted',
  'info_requested',
  'eligible',
  'on_hold',
  'proposing',
  'matched',
  'visit_booked',
  'declared',
  'closed',
] as const
export const GpSearchStatus = z.enum(gpSearchStatuses)
export type GpSearchStatus = z.infer<typeof GpSearchStatus>

/** Why a search ends without a declaration: one list (domain notes D2). */
export const gpSearchClosingReasons = [
  'not_eligible',
  'duplicate',
  'redirected_other_cpts',
  'no_answer',
  'found_elsewhere',
  'moved_out',
  'withdrawn',
  'deceased',
  'unreachable',
  'revalidation_failed',
  'followed_not_declared',
  'wants_no_mt',
  'referred_dac',
  'referred_mas',
] as const
export const gpSearchHoldReasons = [
  'patient_away',
  'hospitalised',
  'awaiting_rights',
  'patient_request',
  'no_show',
  'other',
] as const
export const unmatchReasons = ['fit', 'patient_choice', 'moved', 'other'] as const
export const gpSearchReopenReasons = ['doctor_left', 'came_back', 'closed_by_mistake', 'other'] as const
export const missingInformation = [
  'phone',
  'address',
  'birth_date',
  'consent',
  'current_gp',
  'health',
  'other',
] as const
export const lossReasons = [
  'retired',
  'moved_away',
  'patient_moved',
  'refused',
  'deceased',
  'never_had',
  'other',
] as const

/** Self-declared facts; each is optional, and a missing answer only adds no points. */
export const GpSearchDetails = z.strictObject({
  hasLongTermCondition: z.boolean().optional(),
  solidarityCover: z.boolean().optional(),
  disabledAdultAllowance: z.boolean().optional(),
  homebound: z.boolean().optional(),
  pregnancyOrInfant: z.boolean().optional(),
  livesAlone: z.boolean().optional(),
  noCareForAYear: z.boolean().optional(),
  frequentEmergencyVisits: z.boolean().optional(),
  gpLeavingOn: DayDate.optional(),
  dischargedOn: DayDate.optional(),
  treatmentDaysLeft: z.int().min(0).max(365).optional(),
  previousGp: z
    .strictObject({ name: z.string().trim().max(120).optional(), lossReason: z.enum(lossReasons) })
    .optional(),
  doctorsAlreadyContacted: z.array(z.string().trim().min(1).max(160)).max(20).optional(),
  preferences: z
    .strictObject({
      maxDistanceKm: z.int().min(1).max(100).optional(),
      languages: z.array(z.string().trim().min(2).max(40)).max(6).optional(),
      gender: z.enum(['female', 'male']).optional(),
      homeVisit: z.boolean().optional(),
      accessibility: z.boolean().optional(),
    })
    .optional(),
  freeText: z.string().trim().max(4000).optional(),
})
export type GpSearchDetails = z.infer<typeof GpSearchDetails>

export const OpenGpSearch = OpenCase.extend({
  details: GpSearchDetails,
  /** The other members of the household, sought together: one proposal takes a place for each. */
  household: z
    .array(z.strictObject({ patient: CaseSubject, details: GpSearchDetails }))
    .max(11)
    .optional(),
  /** When the patient first asked, for a list that existed before; never in the future. */
  registeredAt: Instant.optional(),
})
export type OpenGpSearch = z.infer<typeof OpenGpSearch>

const note = z.string().trim().max(400).optional()

/** Whom a pause, a closing or an agreement taken back concerns where a household searches together: everybody, or the person of the file alone. */
export const HouseholdScope = z.enum(['household', 'patient'])
/** The practitioner who holds the case said it by phone: a coordinator writes it down in their name. */
const onBehalf = OnBehalf.optional()

/** The fields that each action requires, beside `version`. The machine points at these. */
export const gpSearchMoveFields = {
  submit: z.strictObject({ consent: Consent }),
  'request-info': z.strictObject({ missing: z.array(z.enum(missingInformation)).min(1).max(7), note }),
  /** With the agreement where it is what was missing. */
  'provide-info': z.strictObject({ note, consent: Consent.optional() }),
  qualify: z.strictObject({ band: Band.optional(), overrideReason: z.string().trim().min(1).max(400).optional() }),
  'tell-patient': z.strictObject({ toldAt: Instant, agreed: z.literal(true), onBehalf }),
  'book-visit': z.strictObject({ visitAt: Instant, onBehalf }),
  'record-no-show': z.strictObject({ note, onBehalf }),
  declare: z.strictObject({
    declaredAt: DayDate,
    attestedBy: z.enum(['practitioner', 'patient', 'insurer']),
    onBehalf,
  }),
  unmatch: z.strictObject({ reason: z.enum(unmatchReasons), note, onBehalf }),
  hold: z.strictObject({ reason: z.enum(gpSearchHoldReasons), resumeAt: Instant, scope: HouseholdScope.optional() }),
  resume: z.strictObject({}),
  close: z.strictObject({ reason: z.enum(gpSearchClosingReasons), note, scope: HouseholdScope.optional() }),
  reopen: z.strictObject({ reason: z.enum(gpSearchReopenReasons), note }),
  'withdraw-consent': z.strictObject({ note, scope: HouseholdScope.optional() }),
} as const
export type GpSearchAction = keyof typeof gpSearchMoveFields

export const MoveGpSearch = z.discriminatedUnion('action', [
  moveOf('submit', gpSearchMoveFields.submit),
  moveOf('request-info', gpSearchMoveFields['request-info']),
  moveOf('provide-info', gpSearchMoveFields['provide-info']),
  moveOf('qualify', gpSearchMoveFields.qualify),
  moveOf('tell-patient', gpSearchMoveFields['tell-patient']),
  moveOf('book-visit', gpSearchMoveFields['book-visit']),
  moveOf('record-no-show', gpSearchMoveFields['record-no-show']),
  moveOf('declare', gpSearchMoveFields.declare),
  moveOf('unmatch', gpSearchMoveFields.unmatch),
  moveOf('hold', gpSearchMoveFields.hold),
  moveOf('resume', gpSearchMoveFields.resume),
  moveOf('close', gpSearchMoveFields.close),
  moveOf('reopen', gpSearchMoveFields.reopen),
  moveOf('withdraw-consent', gpSearchMoveFields['withdraw-consent']),
])
export type MoveGpSearch = z.infer<typeof MoveGpSearch>

export const ChangeGpSearchDetails = z.strictObject({ details: GpSearchDetails, version: Version })

/** A gp-search as its readers see it. A practitioner never reads cover, contributions, nor others' answers. */
export const GpSearch = CaseHeader.extend({
  status: GpSearchStatus,
  details: GpSearchDetails,
  consent: Consent.nullable(),
  resumeAt: Instant.nullable(),
  visitAt: Instant.nullable(),
  toldAt: Instant.nullable(),
  declaredAt: DayDate.nullable(),
  noShows: z.int(),
  missing: z.array(z.enum(missingInformation)),
  householdSize: z.int(),
  household: z.array(
    z.object({ patientId: PatientId, displayName: z.string(), birthDate: DayDate, details: GpSearchDetails }),
  ),
  matchedWith: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  proposals: z.array(Proposal),
})
export type GpSearch = z.infer<typeof GpSearch>

/** A household searches together up to this number of people. */
export const mostInHousehold = 12

/** Somebody who joins a search: known or described, with what concerns them. */
export const AddHouseholdMember = z.strictObject({
  patient: CaseSubject,
  details: GpSearchDetails.default({}),
  version: Version,
  confirmNotDuplicate: z.boolean().optional(),
})
export type AddHouseholdMember = z.infer<typeof AddHouseholdMember>

/** Two searches become one, the other's people joining this one. */
export const JoinSearches = z.strictObject({ otherId: CaseId, version: Version, otherVersion: Version })
export type JoinSearches = z.infer<typeof JoinSearches>

/** Some of a household go on by themselves: each alone or together, and what becomes of their search. */
export const SplitHousehold = z.strictObject({
  patientIds: z.array(PatientId).min(1).max(mostInHousehold),
  together: z.boolean().default(false),
  /** They search no more, not now, or take their agreement back: it is told of their own search, the others go on. */
  next: z
    .discriminatedUnion('action', [
      z.strictObject({ action: z.literal('close'), reason: z.enum(gpSearchClosingReasons), note }),
      z.strictObject({ action: z.literal('hold'), reason: z.enum(gpSearchHoldReasons), resumeAt: Instant }),
      z.strictObject({ action: z.literal('withdraw-consent'), note }),
    ])
    .optional(),
  version: Version,
})
export type SplitHousehold = z.infer<typeof SplitHousehold>

/** The household's search as it goes on, and those of the people who left it. */
export const HouseholdSplit = z.object({ case: GpSearch, searches: z.array(GpSearch) })
