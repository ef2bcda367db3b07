import * as z from 'zod'
import { CaseHeader, Consent, moveOf, Version } from './cases.ts'
import { NationalHealthId } from './coordination/patient-identity.ts'
import { OnBehalfOfOne } from './delegation/on-behalf.ts'
import { Need, NewNeed } from './discharge-needs.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { Phone } from './kit/identifiers.ts'
import { PractitionerId, UnitId } from './kit/ids.ts'
import { OpenCase } from './patients.ts'
import { Profession } from './professions.ts'
import { Proposal } from './proposals.ts'

/** Domain notes D4. `followed_up` and `cancelled` are final; an escalation is a flag, not a status. */
export const hospitalDischargeStatuses = [
  'draft',
  'submitted',
  'acknowledged',
  'info_requested',
  'coordinating',
  'partially_covered',
  'covered',
  'discharged',
  'followed_up',
  'cancelled',
] as const
export const HospitalDischargeStatus = z.enum(hospitalDischargeStatuses)
export type HospitalDischargeStatus = z.infer<typeof HospitalDischargeStatus>

export const destinations = ['home', 'relative', 'nursing-home', 'residence'] as const
export const pradoPathways = ['surgery', 'heart-failure', 'copd', 'stroke', 'elderly', 'maternity'] as const
export const hadStates = ['not_needed', 'proposed', 'accepted'] as const
export const dischargeCancelReasons = [
  'transferred',
  'had_admission',
  'deceased',
  'prado_takes_over',
  'stay_extended',
  'refused_by_patient',
] as const
export const rescheduleReasons = ['medical', 'care_not_ready', 'transport', 'patient_request', 'other'] as const
export const dischargeMissing = ['address', 'phone', 'prescription', 'usual_team', 'autonomy', 'date', 'other'] as const

/** The usual team, asked first: a directory entry when known, else a name and a phone. */
export const UsualCarer = z.strictObject({
  profession: Profession,
  name: z.string().trim().min(1).max(120),
  phone: Phone.optional(),
  practitionerId: PractitionerId.optional(),
})
export type UsualCarer = z.infer<typeof UsualCarer>

export const HospitalDischargeDetails = z.strictObject({
  unitId: UnitId,
  expectedDischargeAt: Instant,
  earliestAt: Instant.optional(),
  latestAt: Instant.optional(),
  destination: z.enum(destinations),
  stayReason: z.string().trim().max(1000).optional(),
  precaution: z.string().trim().max(200).optional(),
  livesAlone: z.boolean(),
  gir: z.int().min(1).max(6).optional(),
  prado: z.enum(pradoPathways).optional(),
  had: z.enum(hadStates),
  usualTeam: z.array(UsualCarer).max(10),
  callBack: z.strictObject({
    phone: Phone,
    hours: z.string().trim().min(1).max(120),
    deputy: z.string().trim().max(120).optional(),
  }),
  patientInformed: z.boolean(),
  hasGp: z.boolean(),
  gpName: z.string().trim().max(120).optional(),
  readmissionRisk: z.boolean().optional(),
})
export type HospitalDischargeDetails = z.infer<typeof HospitalDischargeDetails>

/** The check-list, in our own words, « inspirée de la check-list HAS 2015 »: items 13, 14 and 16 are not in it. */
export const checklistItems = [
  'readmission_risk',
  'social_evaluation',
  'patient_involved',
  'prescriptions_explained',
  'education',
  'appointments',
  'directives',
  'home_team_contacted',
  'home_team_warned',
  'pharmacist_contacted',
  'home_help_contacted',
  'discharge_document',
  'transition_support',
  'belongings',
  'date_compatible',
] as const
export const checklistAnswers = ['yes', 'no', 'na'] as const
export const Checklist = z
  .partialRecord(z.enum(checklistItems), z.enum(checklistAnswers))
  .refine((answers) => answers.readmission_risk !== 'na' && answers.social_evaluation !== 'na', {
    message: 'The first two items take yes or no',
  })
export type Checklist = z.infer<typeof Checklist>

export const OpenHospitalDischarge = OpenCase.extend({
  details: HospitalDischargeDetails,
  needs: z.array(NewNeed).max(15),
  /** Given by the hospital where it qualified the identity: a ward has the card and the paper at hand. */
  nationalHealthId: NationalHealthId.optional(),
})
export type OpenHospitalDischarge = z.infer<typeof OpenHospitalDischarge>

const note = z.string().trim().max(1000).optional()

export const hospitalDischargeMoveFields = {
  submit: z.strictObject({ consent: Consent }),
  acknowledge: z.strictObject({}),
  'request-info': z.strictObject({ missing: z.array(z.enum(dischargeMissing)).min(1).max(7), note }),
  'provide-info': z.strictObject({ note }),
  start: z.strictObject({}),
  discharge: z.strictObject({
    actualAt: Instant,
    letterSent: z.boolean(),
    checklist: Checklist,
    uncoveredAcknowledged: z.boolean().optional(),
  }),
  /** `onBehalf`: the nurse who covers a need rang to say that they called. */
  'follow-up': z.strictObject({
    calledAt: Instant,
    gpSeenAt: DayDate.optional(),
    readmitted: z.boolean().optional(),
    onBehalf: OnBehalfOfOne.optional(),
  }),
  cancel: z.strictObject({ reason: z.enum(dischargeCancelReasons), note }),
} as const
export type HospitalDischargeAction = keyof typeof hospitalDischargeMoveFields

export const MoveHospitalDischarge = z.discriminatedUnion('action', [
  moveOf('submit', hospitalDischargeMoveFields.submit),
  moveOf('acknowledge', hospitalDischargeMoveFields.acknowledge),
  moveOf('request-info', hospitalDischargeMoveFields['request-info']),
  moveOf('provide-info', hospitalDischargeMoveFields['provide-info']),
  moveOf('start', hospitalDischargeMoveFields.start),
  moveOf('discharge', hospitalDischargeMoveFields.discharge),
  moveOf('follow-up', hospitalDischargeMoveFields['follow-up']),
  moveOf('cancel', hospitalDischargeMoveFields.cancel),
])
export type MoveHospitalDischarge = z.infer<typeof MoveHospitalDischarge>

export const RescheduleDischarge = z.strictObject({
  expectedDischargeAt: Instant,
  reason: z.enum(rescheduleReasons),
  version: Version,
})
export type RescheduleDischarge = z.infer<typeof RescheduleDischarge>

export const ChangeHospitalDischargeDetails = z.strictObject({ details: HospitalDischargeDetails, version: Version })

export const HospitalDischarge = CaseHeader.extend({
  status: HospitalDischargeStatus,
  details: HospitalDischargeDetails,
  consent: Consent.nullable(),
  unit: z.object({ id: UnitId, name: z.string(), organization: z.string() }),
  needs: z.array(Need),
  missing: z.array(z.enum(dischargeMissing)),
  escalatedAt: Instant.nullable(),
  escalationReason: z.string().nullable(),
  actualDischargeAt: Instant.nullable(),
  letterSent: z.boolean().nullable(),
  checklist: z.partialRecord(z.enum(checklistItems), z.enum(checklistAnswers)).nullable(),
  followUpCalledAt: Instant.nullable(),
  gpSeenAt: DayDate.nullable(),
  readmitted: z.boolean().nullable(),
  /** Others' answers are the coordinator's: the ward gets an empty list. */
  proposals: z.array(Proposal),
})
export type HospitalDischarge = z.infer<typeof HospitalDischarge>
