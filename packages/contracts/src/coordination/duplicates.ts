import * as z from 'zod'
import { NeighbourCase } from '../cases.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { CaseId, DuplicateId, PatientId, PatientMergeId } from '../kit/ids.ts'
import { PageQuery } from '../kit/page.ts'
import { Patient, Sex } from '../patients.ts'

/** `suspected` awaits a look; `apart` = « ce sont deux personnes », remembered; `merged` until the merge is undone. */
export const duplicateStatuses = ['suspected', 'apart', 'merged'] as const
export const DuplicateStatus = z.enum(duplicateStatuses)
export type DuplicateStatus = z.infer<typeof DuplicateStatus>

/** One explained part of a likeness: what was compared, how alike it is, its points. Never a value. */
export const LikenessPart = z.object({
  trait: z.enum(['birthName', 'firstName', 'birthDate', 'sex', 'phone', 'email', 'address', 'nationalHealthId']),
  how: z.enum(['same', 'sounds', 'close', 'part', 'usual', 'swapped', 'municipality', 'unknown', 'different']),
  points: z.int(),
})
export type LikenessPart = z.infer<typeof LikenessPart>

/** From this score on, two records are very probably one person; from 65 they may be. */
export const veryLikelyFrom = 85

/** A merge can be undone for thirty days. */
export const mergeUndoDays = 30

/** What a coordinator chooses between two records; phones may be kept from both. */
export const mergedFields = [
  'birthName',
  'lastName',
  'firstName',
  'birthDate',
  'sex',
  'phones',
  'email',
  'address',
  'guardian',
  'caregiver',
  'trustedPerson',
  'interpreterLanguage',
  'hoursToCall',
  'noVoicemail',
  'deceasedOn',
] as const
export const MergedField = z.enum(mergedFields)
export type MergedField = z.infer<typeof MergedField>

const PersonInPair = z.object({
  id: PatientId,
  displayName: z.string(),
  birthName: z.string(),
  birthDate: DayDate,
  sex: Sex,
  municipality: z.string(),
  openCases: z.array(NeighbourCase.omit({ band: true })),
})

/** Two records that may be one person, the older record first. */
export const DuplicatePair = z.object({
  id: DuplicateId,
  status: DuplicateStatus,
  score: z.int(),
  parts: z.array(LikenessPart),
  people: z.tuple([PersonInPair, PersonInPair]),
  foundAt: Instant,
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  version: z.int(),
})
export type DuplicatePair = z.infer<typeof DuplicatePair>

export const DuplicateListQuery = PageQuery.extend({ status: z.enum(['suspected', 'apart']).default('suspected') })

/** An open search for a médecin traitant of one of the two: when there are two, one of them closes. */
export const SearchOfPerson = NeighbourCase.omit({ band: true }).extend({
  patientId: PatientId,
  householdSize: z.int(),
  registeredAt: Instant,
  version: z.int(),
})

/** Both records whole, side by side. */
export const DuplicateComparison = DuplicatePair.omit({ people: true }).extend({
  records: z.tuple([Patient, Patient]),
  openSearches: z.array(SearchOfPerson),
})
export type DuplicateComparison = z.infer<typeof DuplicateComparison>

/** Two records that a coordinator found alike themselves. */
export const CompareRecords = z.strictObject({ patientIds: z.tuple([PatientId, PatientId]) })

export const DismissDuplicate = z.strictObject({ version: z.int().min(1) })

export const MergeRecords = z.strictObject({
  version: z.int().min(1),
  keptId: PatientId,
  /** Version of each record as it was compared: the kept one's, then the other's. */
  seen: z.tuple([z.int().min(1), z.int().min(1)]),
  /** The fields that come from the other record; what is not named stays as the kept record says. */
  fromOther: z.array(MergedField).max(mergedFields.length).default([]),
  /** Phones of both, the kept record's first. */
  bothPhones: z.boolean().default(true),
  /** Where the person has two open searches: the one that goes on. The other closes as `duplicate`. */
  keptSearchId: CaseId.optional(),
})
export type MergeRecords = z.infer<typeof MergeRecords>

export const PatientMerge = z.object({
  id: PatientMergeId,
  keptId: PatientId,
  mergedId: PatientId,
  displayName: z.string(),
  mergedDisplayName: z.string(),
  mergedAt: Instant,
  mergedBy: z.string().nullable(),
  undoneAt: Instant.nullable(),
  undoneBy: z.string().nullable(),
  /** Until when it may be undone; null once it was, or too late, or when the kept record was merged in its turn. */
  undoUntil: Instant.nullable(),
})
export type PatientMerge = z.infer<typeof PatientMerge>

export const PatientMergeQuery = PageQuery

/** How many pairs await a look; a hundred stands for « more than 99 ». */
export const DuplicateSummary = z.object({ suspected: z.int() })
