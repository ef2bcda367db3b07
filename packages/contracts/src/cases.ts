import * as z from 'zod'
import { DayDate, Instant } from './kit/dates.ts'
import { AccountId, CaseId, NeedId, PatientId, PractitionerId } from './kit/ids.ts'
import { Role } from './roles.ts'

/** The three kinds of case. Adding one: docs/architecture.md, « Ajouter un type de dossier ». */
export const caseKinds = ['gp-search', 'unscheduled-care', 'hospital-discharge'] as const
export const CaseKindName = z.enum(caseKinds)
export type CaseKindName = z.infer<typeof CaseKindName>

export const bands = ['P1', 'P2', 'P3', 'P4'] as const
export const Band = z.enum(bands)
export type Band = z.infer<typeof Band>

/** Where a case came from (intake channel). */
export const channels = ['phone', 'counter', 'professional', 'hospital', 'import', 'public'] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

/** `MT-2026-0042`: per CPTS and year, no gap needed, never reused. */
export const Reference = z.string().regex(/^(MT|SNP|SH)-\d{4}-\d{4,7}$/)

/** Scores out of 100 from which a search for a doctor falls in a band: the product's default. */
export const bandThresholds = { P1: 60, P2: 40, P3: 20 } as const

/** One explained part of a priority. `source` says who gave the fact or which rule gives the points. */
export const Contribution = z.object({
  factor: z.string(),
  points: z.int(),
  evidence: z.object({ code: z.string(), value: z.string().optional() }),
  source: z.string(),
})
export type Contribution = z.infer<typeof Contribution>

export const Priority = z.object({
  band: Band,
  score: z.int().min(0).max(100),
  rulesetVersion: z.string(),
  contributions: z.array(Contribution),
  override: z.object({ band: Band, reason: z.string(), by: z.string(), at: Instant }).optional(),
})
export type Priority = z.infer<typeof Priority>

/**
 * One act that the role could ever do on this case; executable when `disabledBecause` is absent.
 * The SPA offers only these and never re-derives a rule.
 */
export const AllowedAction = z.object({
  action: z.string(),
  requires: z.array(z.string()),
  reasons: z.array(z.string()).optional(),
  disabledBecause: z.string().optional(),
})
export type AllowedAction = z.infer<typeof AllowedAction>

export const PersonRef = z.object({ id: AccountId, displayName: z.string() })
export type PersonRef = z.infer<typeof PersonRef>

/** What runs out next on a case; codes are listed per kind (`triage`, `proposal-answer`, `first-visit`…). */
export const deadlineCodes = [
  'submit',
  'triage',
  'find-practitioner',
  'proposal-answer',
  'tell-patient',
  'first-visit',
  'declaration',
  'information',
  'resume',
  'care-delivered',
  'appointment',
  'acknowledge',
  'cover-needs',
  'discharge',
  'follow-up',
  'callback',
  'revalidation',
  'revalidation-asked',
] as const
export const DeadlineCode = z.enum(deadlineCodes)
export type DeadlineCode = z.infer<typeof DeadlineCode>

/** How far each need of a discharge is covered, for the coverage bar; empty for the other kinds. */
export const needStatuses = ['open', 'proposed', 'covered', 'not_needed', 'unmet'] as const
export const NeedStatus = z.enum(needStatuses)
export type NeedStatus = z.infer<typeof NeedStatus>

export const CoverageLine = z.object({ needId: NeedId, type: z.string(), status: NeedStatus })
export type CoverageLine = z.infer<typeof CoverageLine>

/** The patient as a coordinator, the ward or an accepted practitioner sees them beside a case. */
export const CasePatient = z.object({
  id: PatientId,
  firstName: z.string(),
  lastName: z.string(),
  birthDate: DayDate,
  sex: z.enum(['female', 'male', 'unknown']),
  municipality: z.string(),
})
export type CasePatient = z.infer<typeof CasePatient>

/** Another case beside this one, enough to choose whether to open it. */
export const NeighbourCase = z
  .object({ id: CaseId, kind: CaseKindName, reference: z.string(), status: z.string() })
  .extend({ band: Band })
export type NeighbourCase = z.infer<typeof NeighbourCase>

/** The header that the three kinds share. */
export const CaseHeader = z.object({
  id: CaseId,
  reference: z.string(),
  kind: CaseKindName,
  status: z.string(),
  statusReason: z.string().nullable(),
  openedAt: Instant,
  registeredAt: Instant,
  channel: Channel,
  priority: Priority,
  dueAt: Instant.nullable(),
  dueCode: DeadlineCode.nullable(),
  owner: PersonRef.nullable(),
  requester: z.string().nullable(),
  /** Null where the caller may follow the case and not read who the patient is. */
  patient: CasePatient.nullable(),
  linkedCases: z.array(NeighbourCase),
  /** The other cases of the same patient, the newest first. */
  patientCases: z.array(NeighbourCase),
  allowedActions: z.array(AllowedAction),
  version: z.int(),
})
export type CaseHeader = z.infer<typeof CaseHeader>

/** What a case's story is made of. Ids, statuses and coded reasons; free text only in notes and contact attempts. */
export const timelineTypes = [
  'move',
  'proposal',
  'note',
  'message',
  'contact-attempt',
  'reminder',
  'details',
  'priority',
  'need',
  'owner',
  'link',
] as const
export const TimelineEntry = z.object({
  id: z.string(),
  at: Instant,
  type: z.enum(timelineTypes),
  action: z.string(),
  by: z.string(),
  byRole: z.string(),
  fromStatus: z.string().nullable(),
  toStatus: z.string().nullable(),
  reason: z.string().nullable(),
  /** What was written; the other reference of a link, the person a case was handed to. */
  text: z.string().nullable(),
  /** The practitioner concerned, where there is one. */
  practitioner: z.string().nullable(),
  /** « Au nom de » : whom `by` acted for; for an answer given by phone, who said it and when, to coordinators alone. */
  onBehalf: z
    .object({ practitioner: z.string(), spokenTo: z.string().nullable(), calledAt: Instant.nullable() })
    .nullable()
    .default(null),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const Consent = z.strictObject({
  givenAt: Instant,
  channel: z.enum(['oral', 'written', 'online']),
  informedBy: z.string().trim().min(1).max(120),
})
export type Consent = z.infer<typeof Consent>

/** Every change sends the version that the caller saw; a stale one answers 409 `case-changed`. */
export const Version = z.int().min(1)

/** `?reference=MT-2026-0042`, however typed. */
export const CaseReference = z.object({ reference: z.string().trim().toUpperCase().pipe(Reference) })
/** Which case a reference names, and of what kind. */
export const CaseFound = z.object({ id: CaseId, kind: CaseKindName })
export type CaseFound = z.infer<typeof CaseFound>

/** What was just added to the story, and the version that the case now has. */
export const TimelineAddition = TimelineEntry.extend({ caseVersion: z.int() })
export type TimelineAddition = z.infer<typeof TimelineAddition>

export const NewNote = z.strictObject({ text: z.string().trim().min(1).max(4000) })

export const contactChannels = ['phone', 'sms', 'email', 'letter', 'in-person'] as const
export const contactResults = [
  'reached',
  'no-answer',
  'voicemail',
  'wrong-number',
  'refused-call',
  'relative-reached',
] as const
export const NewContactAttempt = z.strictObject({
  channel: z.enum(contactChannels),
  result: z.enum(contactResults),
  with: z.enum(['patient', 'relative', 'practitioner', 'requester']),
  note: z.string().trim().max(2000).optional(),
})
export type NewContactAttempt = z.infer<typeof NewContactAttempt>

/** An attempt kept: in its entry, `action` is the channel and `reason` the result. */
export const ContactAttemptKept = TimelineAddition.extend({
  /** Attempts without reaching the patient nor a relative, since one of them was last reached. */
  failedAttempts: z.int(),
  /** From the third failure on: closing as unreachable is worth considering. */
  suggestsClosure: z.boolean(),
})
export type ContactAttemptKept = z.infer<typeof ContactAttemptKept>

/** Takes a case, hands it over, or lets it go (`ownerId: null`). */
export const ChangeOwner = z.strictObject({ ownerId: AccountId.nullable(), version: Version })

/** A coordinator moves a case by one band at most, with a reason that stays in the audit. */
export const OverridePriority = z.strictObject({
  band: Band.nullable(),
  reason: z.string().trim().min(1).max(400),
  version: Version,
})

export const CaseParams = z.object({ id: CaseId })

/** Who may see what happened: role names of a membership, or `system`. */
export const ActorLabel = z.object({ displayName: z.string(), role: z.union([Role, z.literal('system')]) })

export const PractitionerRef = z.object({ id: PractitionerId, displayName: z.string(), profession: z.string() })
export type PractitionerRef = z.infer<typeof PractitionerRef>

/** The body of a move: the fields that the action requires, its name, and the version that the caller saw. */
export const moveOf = <Action extends string, Shape extends z.core.$ZodLooseShape>(
  action: Action,
  fields: z.ZodObject<Shape, z.core.$strict>,
) => z.strictObject({ ...fields.shape, action: z.literal(action), version: Version })
