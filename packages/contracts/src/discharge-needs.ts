import * as z from 'zod'
import { AllowedAction, CaseParams, moveOf, NeedStatus, Version } from './cases.ts'
import { Instant } from './kit/dates.ts'
import { Phone } from './kit/identifiers.ts'
import { NeedId, PractitionerId } from './kit/ids.ts'
import { Profession, type Profession as ProfessionCode } from './professions.ts'

/** One line per need, each assigned apart (domain notes B3). */
export const needTypes = [
  'home-nurse',
  'physiotherapy',
  'speech-therapy',
  'gp-visit',
  'specialist-visit',
  'pharmacy',
  'equipment',
  'laboratory',
  'hospital-at-home',
  'home-nursing-service',
  'home-help',
  'meals',
  'transport',
  'social-worker',
  'psychologist',
] as const
export const NeedType = z.enum(needTypes)
export type NeedType = z.infer<typeof NeedType>

/** Who answers a need. Null: a service outside the directory, marked « couvert autrement ». */
export const needProfessions = {
  'home-nurse': 'nurse',
  physiotherapy: 'physiotherapist',
  'speech-therapy': 'speech-therapist',
  'gp-visit': 'physician',
  'specialist-visit': 'physician',
  pharmacy: 'pharmacist',
  equipment: 'pharmacist',
  laboratory: null,
  'hospital-at-home': null,
  'home-nursing-service': null,
  'home-help': null,
  meals: null,
  transport: null,
  'social-worker': 'social-worker',
  psychologist: 'psychologist',
} as const satisfies Record<NeedType, ProfessionCode | null>

export const NewNeed = z.strictObject({
  type: NeedType,
  label: z.string().trim().max(200).optional(),
  frequency: z.string().trim().max(120).optional(),
  startAt: Instant,
  endAt: Instant.optional(),
  atHome: z.boolean(),
  prescriptionAvailable: z.boolean(),
  preferredPractitionerId: PractitionerId.optional(),
  vital: z.boolean(),
})
export type NewNeed = z.infer<typeof NewNeed>

const note = z.string().trim().max(1000).optional()

export const needMoveFields = {
  'mark-not-needed': z.strictObject({ note }),
  'mark-unmet': z.strictObject({ note }),
  'mark-covered-outside': z.strictObject({
    by: z.string().trim().min(1).max(120),
    phone: Phone.optional(),
    firstVisitAt: Instant,
  }),
  reopen: z.strictObject({ note }),
} as const
export type NeedAction = keyof typeof needMoveFields

/** `version` is the case's: a need has no life apart from its discharge. */
export const MoveNeed = z.discriminatedUnion('action', [
  moveOf('mark-not-needed', needMoveFields['mark-not-needed']),
  moveOf('mark-unmet', needMoveFields['mark-unmet']),
  moveOf('mark-covered-outside', needMoveFields['mark-covered-outside']),
  moveOf('reopen', needMoveFields.reopen),
])
export type MoveNeed = z.infer<typeof MoveNeed>

/** The body that adds a need, and the one that replaces it. */
export const SaveNeed = z.strictObject({ need: NewNeed, version: Version })
export type SaveNeed = z.infer<typeof SaveNeed>

export const NeedParams = CaseParams.extend({ needId: NeedId })

export const Need = z.object({
  id: NeedId,
  type: NeedType,
  profession: Profession.nullable(),
  label: z.string().nullable(),
  frequency: z.string().nullable(),
  startAt: Instant,
  endAt: Instant.nullable(),
  atHome: z.boolean(),
  prescriptionAvailable: z.boolean(),
  preferredPractitioner: z.object({ id: PractitionerId, displayName: z.string() }).nullable(),
  vital: z.boolean(),
  status: NeedStatus,
  /** Who comes first, once covered: a practitioner of the directory or somebody outside it. */
  coveredBy: z.object({ name: z.string(), practicePhone: z.string().nullable(), outside: z.boolean() }).nullable(),
  firstVisitAt: Instant.nullable(),
  reconfirmationPending: z.boolean(),
  allowedActions: z.array(AllowedAction),
})
export type Need = z.infer<typeof Need>
