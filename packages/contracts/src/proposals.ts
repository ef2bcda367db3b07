import * as z from 'zod'
import { Band, CaseHeader, CaseKindName, PractitionerRef, Version } from './cases.ts'
import { NotedFor, OnBehalf } from './delegation/on-behalf.ts'
import { Instant } from './kit/dates.ts'
import { CaseId, NeedId, PractitionerId, ProposalId } from './kit/ids.ts'
import { PageQuery, several } from './kit/page.ts'

/** Domain notes D5. `accepted → released` is the only way back. */
export const proposalStatuses = [
  'queued',
  'pending',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'superseded',
  'released',
] as const
export const ProposalStatus = z.enum(proposalStatuses)
export type ProposalStatus = z.infer<typeof ProposalStatus>

export const proposalModes = ['direct', 'sequential', 'broadcast'] as const
export const ProposalMode = z.enum(proposalModes)
export type ProposalMode = z.infer<typeof ProposalMode>

export const declineReasons = [
  'no_capacity',
  'too_far',
  'out_of_competence',
  'home_visit_impossible',
  'absence',
  'conflict_of_interest',
  'already_my_patient',
  'household_part',
  'other',
] as const
export const DeclineReason = z.enum(declineReasons)
export type DeclineReason = z.infer<typeof DeclineReason>

/**
 * « Une partie du foyer seulement », as it is kept and told to the coordinator: how many of how many. A code and not a
 * text, so that the story of a case holds no words of an answer.
 */
export const householdPartCode = (count: number, size: number): string => `household_part_${count}_of_${size}`

/** What such a code says, or undefined for any other reason. */
export function readHouseholdPart(code: string): { count: number; size: number } | undefined {
  const found = /^household_part_(\d{1,2})_of_(\d{1,2})$/.exec(code)
  return found ? { count: Number(found[1]), size: Number(found[2]) } : undefined
}

export const releaseReasons = ['fit', 'no_capacity', 'absence', 'patient_choice', 'date_moved', 'other'] as const

export const Propose = z.strictObject({
  mode: ProposalMode,
  practitionerIds: z.array(PractitionerId).min(1).max(20),
  needId: NeedId.optional(),
  /** Typed for the preview; refused (422 `identity-in-preview`) when it holds names, phone, e-mail or street. */
  previewNote: z.string().trim().max(400).optional(),
  expiresAt: Instant.optional(),
  version: Version,
})
export type Propose = z.infer<typeof Propose>

/**
 * What a practitioner reads before accepting. No name, no address, no phone, no birth date, nobody excepted; no cover,
 * no contributions, no other proposal: refusing a patient for their cover is unlawful (CSP L1110-3).
 */
export const ProposalPreview = z.object({
  ageBand: z.string(),
  sex: z.enum(['female', 'male', 'unknown']),
  municipality: z.string(),
  distanceKm: z.number().nullable(),
  band: Band,
  need: z.string(),
  /** Words that qualify the need, as codes: `long-term-condition`, `home-visit`, `within-24h`… */
  marks: z.array(z.string()),
  homeVisit: z.boolean(),
  householdSize: z.int(),
  /** The age band of each of a household, the oldest first; empty for one person alone. */
  householdAgeBands: z.array(z.string()),
  wantedFrom: Instant.nullable(),
  wantedBefore: Instant.nullable(),
  note: z.string().nullable(),
})
export type ProposalPreview = z.infer<typeof ProposalPreview>

/** A proposal as the coordinator sees it inside a case. */
export const Proposal = z.object({
  id: ProposalId,
  caseId: CaseId,
  needId: NeedId.nullable(),
  practitioner: PractitionerRef.extend({
    practicePhone: z.string().nullable(),
    reachableBy: z.enum(['account', 'phone', 'none']),
  }),
  mode: ProposalMode,
  rank: z.int(),
  status: ProposalStatus,
  sentAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  reason: z.string().nullable(),
  reasonText: z.string().nullable(),
  spokenTo: z.string().nullable(),
  firstVisitAt: Instant.nullable(),
  appointmentAt: Instant.nullable(),
  reconfirmation: z.enum(['none', 'pending', 'confirmed']),
  previewNote: z.string().nullable(),
  version: z.int(),
})
export type Proposal = z.infer<typeof Proposal>

/** Identity and call sheet, given to the practitioner once they have accepted. */
export const ContactSheet = z.object({
  displayName: z.string(),
  sex: z.enum(['female', 'male', 'unknown']),
  birthDate: z.string(),
  phones: z.array(z.string()),
  email: z.string().nullable(),
  hoursToCall: z.string().nullable(),
  noVoicemail: z.boolean(),
  addressLine: z.string().nullable(),
  addressComplement: z.string().nullable(),
  postalCode: z.string().nullable(),
  municipality: z.string(),
  interpreterLanguage: z.string().nullable(),
  contacts: z.array(z.object({ part: z.string(), name: z.string(), phone: z.string().nullable() })),
  needText: z.string().nullable(),
  /** The others of the household, whom the same acceptance concerns. */
  household: z.array(z.object({ displayName: z.string(), birthDate: z.string() })),
})
export type ContactSheet = z.infer<typeof ContactSheet>

/** A proposal as its practitioner sees it: the preview always, the contact sheet only after acceptance. */
export const OwnProposal = z.object({
  id: ProposalId,
  kind: CaseKindName,
  reference: z.string(),
  practitioner: PractitionerRef,
  status: ProposalStatus,
  sentAt: Instant,
  expiresAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  preview: ProposalPreview,
  /** Places that accepting takes, and those left before it; null where no place is counted. */
  placesTaken: z.int(),
  placesLeft: z.int().nullable(),
  requires: z.array(z.enum(['firstVisitAt', 'appointmentAt'])),
  firstVisitAt: Instant.nullable(),
  appointmentAt: Instant.nullable(),
  reconfirmation: z.enum(['none', 'pending', 'confirmed']),
  /** Null when the practitioner gave the answer themselves, or none was given. */
  noted: NotedFor.nullable(),
  /** What others wrote down in their name while they hold the case: a visit, an absence… the latest first. */
  movesNoted: z.array(NotedFor.extend({ action: z.string(), at: Instant })),
  caseId: CaseId.nullable(),
  caseStatus: z.string().nullable(),
  caseVersion: z.int().nullable(),
  contact: ContactSheet.nullable(),
  version: z.int(),
})
export type OwnProposal = z.infer<typeof OwnProposal>

const answer = { version: Version, onBehalf: OnBehalf.optional() }

export const AcceptProposal = z.strictObject({
  ...answer,
  firstVisitAt: Instant.optional(),
  appointmentAt: Instant.optional(),
})
export const DeclineProposal = z.strictObject({
  ...answer,
  reason: DeclineReason,
  text: z.string().trim().max(200).optional(),
  /** With `household_part`: how many of the household's persons they would take, at least one and not all. */
  count: z.int().min(1).max(98).optional(),
})
export const WithdrawProposal = z.strictObject({ version: Version, reason: z.string().trim().max(200).optional() })
export const ReleaseProposal = z.strictObject({
  ...answer,
  reason: z.enum(releaseReasons),
  text: z.string().trim().max(200).optional(),
})
export const ReconfirmProposal = z.strictObject({
  ...answer,
  answer: z.enum(['confirmed', 'released']),
  firstVisitAt: Instant.optional(),
})
export const ProposalListQuery = PageQuery.extend({ status: several(ProposalStatus) })

/** What `POST …/proposals` answers: the proposals made, and the case as it now stands. */
export const Proposed = z.object({ items: z.array(Proposal), case: CaseHeader })
