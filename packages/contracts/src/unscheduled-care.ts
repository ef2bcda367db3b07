import * as z from 'zod'
import { CaseHeader, Consent, moveOf, Version } from './cases.ts'
import { OnBehalf } from './delegation/on-behalf.ts'
import { Instant } from './kit/dates.ts'
import { PractitionerId, SlotId, UnitId } from './kit/ids.ts'
import { OpenCase } from './patients.ts'
import { Profession } from './professions.ts'
import { Proposal } from './proposals.ts'

/** Domain notes D3. `attended`, `redirected`, `closed_no_solution` and `cancelled` are final. */
export const unscheduledCareStatuses = [
  'submitted',
  'triaged',
  'offering',
  'booked',
  'attended',
  'no_show',
  'redirected',
  'closed_no_solution',
  'cancelled',
] as const
export const UnscheduledCareStatus = z.enum(unscheduledCareStatuses)
export type UnscheduledCareStatus = z.infer<typeof UnscheduledCareStatus>

/**
 * Signs that send to the 15 at once. The list is the product's default, to be validated by each territory's medical
 * referent: it is no national rule.
 */
export const redFlags = [
  'chest_pain',
  'breathlessness',
  'sudden_weakness',
  'heavy_bleeding',
  'loss_of_consciousness',
  'suicidal_intent',
  'infant_fever',
  'confusion',
] as const
export const RedFlag = z.enum(redFlags)
export type RedFlag = z.infer<typeof RedFlag>

/** Every sign is asked, and every answer kept: a missing one is refused. */
export const RedFlagCheck = z.strictObject(
  // The mapped object has exactly one key per flag; fromEntries only knows strings.
  Object.fromEntries(redFlags.map((flag) => [flag, z.boolean()])) as Record<RedFlag, z.ZodBoolean>,
)
export type RedFlagCheck = z.infer<typeof RedFlagCheck>

export const urgencyLevels = ['U1', 'U2', 'U3'] as const
export const UrgencyLevel = z.enum(urgencyLevels)
export type UrgencyLevel = z.infer<typeof UrgencyLevel>

export const careModes = ['practice', 'home', 'tele'] as const
export type CareMode = (typeof careModes)[number]
export const triageBases = ['clinician', 'protocol', 'requester'] as const
export const visitOutcomes = ['care_complete', 'follow_up_gp', 'referred_specialist', 'sent_to_emergency'] as const
/** Where what a visit gave should go: a médecin traitant of the directory, who is told; another one; none. */
export const visitGps = ['in-directory', 'elsewhere', 'none'] as const
export type VisitGp = (typeof visitGps)[number]
export const unbookReasons = ['practitioner_unavailable', 'patient_unavailable', 'condition_changed', 'other'] as const
export const redirectReasons = [
  'emergency_15',
  'own_doctor_available',
  'pharmacist_protocol',
  'out_of_hours',
  'advice_only',
] as const
export const unmetReasons = ['no_practitioner', 'too_late', 'no_transport', 'refused_offer', 'other'] as const
export const unscheduledCancelReasons = ['patient_withdrew', 'found_elsewhere', 'entered_in_error'] as const
/** Numbers shown beside a red flag; 3114 for suicidal intent. */
export const guidanceNumbers = ['15', '112', '114', '3114'] as const

export const UnscheduledCareDetails = z.strictObject({
  reason: z.string().trim().min(1).max(2000),
  since: z.string().trim().max(120).optional(),
  callerName: z.string().trim().max(120).optional(),
  hasGp: z.boolean().optional(),
  gpName: z.string().trim().max(120).optional(),
  canTravel: z.boolean().optional(),
  profession: Profession.optional(),
})
export type UnscheduledCareDetails = z.infer<typeof UnscheduledCareDetails>

export const OpenUnscheduledCare = OpenCase.omit({ submit: true }).extend({
  redFlags: RedFlagCheck,
  details: UnscheduledCareDetails,
  /** « Peut attendre 48 h », the only level that anybody may say; left out, the request is triaged as a U1 would be. */
  requestedLevel: z.literal('U3').optional(),
  /** The ward that asks; needed only where the caller works for several. */
  unitId: UnitId.optional(),
})
export type OpenUnscheduledCare = z.infer<typeof OpenUnscheduledCare>

const note = z.string().trim().max(1000).optional()
/** The practitioner who has the appointment said it by phone: a coordinator writes it down in their name. */
const onBehalf = OnBehalf.optional()

export const unscheduledCareMoveFields = {
  triage: z.strictObject({
    level: UrgencyLevel,
    basis: z.enum(triageBases),
    protocolId: z.string().trim().min(1).max(60).optional(),
    mode: z.enum(careModes),
    profession: Profession,
  }),
  /** `slotId`: the slot whose practitioner and hour these are; it is taken with the appointment, or nothing is booked. */
  book: z.strictObject({ practitionerId: PractitionerId, appointmentAt: Instant, slotId: SlotId.optional() }),
  /**
   * `gp`: what the patient said of their médecin traitant. In the directory, `gpId` is told and reads the request from then
   * on; elsewhere, `gpName` says whom the coordination should write to. Left out: nobody asked.
   */
  attend: z.strictObject({
    outcome: z.enum(visitOutcomes),
    note,
    gp: z.enum(visitGps).optional(),
    gpId: PractitionerId.optional(),
    gpName: z.string().trim().min(1).max(120).optional(),
    onBehalf,
  }),
  'record-no-show': z.strictObject({ note, onBehalf }),
  retry: z.strictObject({ note }),
  unbook: z.strictObject({ reason: z.enum(unbookReasons), note, onBehalf }),
  redirect: z.strictObject({ reason: z.enum(redirectReasons), note }),
  'close-unmet': z.strictObject({
    reason: z.enum(unmetReasons),
    patientToldAt: Instant,
    adviceGiven: z.string().trim().min(1).max(1000),
  }),
  cancel: z.strictObject({ reason: z.enum(unscheduledCancelReasons), note }),
} as const
export type UnscheduledCareAction = keyof typeof unscheduledCareMoveFields

export const MoveUnscheduledCare = z.discriminatedUnion('action', [
  moveOf('triage', unscheduledCareMoveFields.triage),
  moveOf('book', unscheduledCareMoveFields.book),
  moveOf('attend', unscheduledCareMoveFields.attend),
  moveOf('record-no-show', unscheduledCareMoveFields['record-no-show']),
  moveOf('retry', unscheduledCareMoveFields.retry),
  moveOf('unbook', unscheduledCareMoveFields.unbook),
  moveOf('redirect', unscheduledCareMoveFields.redirect),
  moveOf('close-unmet', unscheduledCareMoveFields['close-unmet']),
  moveOf('cancel', unscheduledCareMoveFields.cancel),
])
export type MoveUnscheduledCare = z.infer<typeof MoveUnscheduledCare>

export const ChangeUnscheduledCareDetails = z.strictObject({ details: UnscheduledCareDetails, version: Version })

/** Opens the search for a médecin traitant of a patient who has none, linked to this request. */
export const OpenLinkedGpSearch = z.strictObject({ version: Version })
export const LinkedGpSearch = CaseHeader.shape.linkedCases.element

export const UnscheduledCare = CaseHeader.extend({
  status: UnscheduledCareStatus,
  details: UnscheduledCareDetails,
  consent: Consent.nullable(),
  redFlags: z.array(RedFlag),
  /** Filled when a red flag stopped the request: the numbers to call now. */
  guidance: z.array(z.enum(guidanceNumbers)),
  level: UrgencyLevel.nullable(),
  basis: z.enum(triageBases).nullable(),
  protocolId: z.string().nullable(),
  mode: z.enum(careModes).nullable(),
  profession: Profession.nullable(),
  appointmentAt: Instant.nullable(),
  bookedWith: z.object({ id: z.string(), displayName: z.string(), practicePhone: z.string().nullable() }).nullable(),
  noShows: z.int(),
  outcome: z.enum(visitOutcomes).nullable(),
  /** The slot that the appointment took; null when it was agreed by phone or by a proposal. */
  slotId: SlotId.nullable(),
  /** What the visit gave, for whoever may read the request, the médecin traitant first. */
  visitFeedback: z
    .object({
      seen: z.boolean(),
      orientation: z.enum(visitOutcomes).nullable(),
      note: z.string().nullable(),
      at: Instant,
      /** Null: nobody said whether the patient has a médecin traitant. */
      gp: z.enum(visitGps).nullable(),
      /** The médecin traitant: told when in the directory, to be told by the coordination when elsewhere. */
      gpName: z.string().nullable(),
    })
    .nullable(),
  /** True when U1 or U2 can no longer be met before the territory's out-of-hours time: « Appelez le 15 ». */
  outOfHoursAhead: z.boolean(),
  /** The patient has no médecin traitant: a search may be opened from here. */
  suggestsGpSearch: z.boolean(),
  proposals: z.array(Proposal),
})
export type UnscheduledCare = z.infer<typeof UnscheduledCare>
