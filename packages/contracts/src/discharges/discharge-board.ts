import * as z from 'zod'
import { Band, DeadlineCode, NeedStatus } from '../cases.ts'
import { NeedType } from '../discharge-needs.ts'
import { dischargeCancelReasons, HospitalDischargeStatus } from '../hospital-discharge.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { CaseId, NeedId } from '../kit/ids.ts'

/** From which day, and how many days have a column of their own; what comes after stands under « later ». */
export const DischargeBoardQuery = z.object({
  from: DayDate.optional(),
  days: z.coerce.number().int().min(1).max(14).default(4),
})
export type DischargeBoardQuery = z.output<typeof DischargeBoardQuery>

/** One need as a card tells it: who comes, or how far the search is. */
export const BoardNeed = z.object({
  id: NeedId,
  type: NeedType,
  status: NeedStatus,
  vital: z.boolean(),
  carer: z.string().nullable(),
  firstVisitAt: Instant.nullable(),
  reconfirmationPending: z.boolean(),
  /** When the last live proposal runs out; null when nobody is asked. */
  answerBy: Instant.nullable(),
  declines: z.int(),
})
export type BoardNeed = z.infer<typeof BoardNeed>

export const BoardCard = z.object({
  id: CaseId,
  reference: z.string(),
  version: z.int(),
  status: HospitalDischargeStatus,
  band: Band,
  expectedDischargeAt: Instant,
  patient: z.object({ firstName: z.string(), lastName: z.string(), birthDate: DayDate, municipality: z.string() }),
  unit: z.object({ name: z.string(), organization: z.string() }),
  needs: z.array(BoardNeed),
  dueAt: Instant.nullable(),
  dueCode: DeadlineCode.nullable(),
  escalatedAt: Instant.nullable(),
  /** Transmitted since `since`. */
  isNew: z.boolean(),
  /** Where the date stood at `since`, when it moved in between. */
  movedFrom: Instant.nullable(),
})
export type BoardCard = z.infer<typeof BoardCard>

export const CancelledDischarge = z.object({
  id: CaseId,
  reference: z.string(),
  patient: z.object({ firstName: z.string(), lastName: z.string() }),
  expectedDischargeAt: Instant,
  reason: z.enum(dischargeCancelReasons).nullable(),
  at: Instant,
})

/** The discharges to come as the coordination reads them in the morning. */
export const DischargeBoard = z.object({
  from: DayDate,
  days: z.int(),
  /** What moved, came or went is told since this moment: the beginning of the day before. */
  since: Instant,
  /** By date; beyond `limit` cards the rest is only counted. */
  items: z.array(BoardCard),
  left: z.int(),
  cancelled: z.array(CancelledDischarge),
})
export type DischargeBoard = z.infer<typeof DischargeBoard>

export const ReschedulePreviewQuery = z.object({ expectedDischargeAt: Instant })

/** What a carer has to do about a date that moves: say again whether they come, know it, or nothing. */
export const rescheduleAnswers = ['reconfirm', 'told', 'none'] as const

export const RescheduleConsequence = z.object({
  needId: NeedId,
  type: NeedType,
  status: NeedStatus,
  becomes: NeedStatus,
  startAt: Instant,
  carer: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  answer: z.enum(rescheduleAnswers),
  /** They have no account here: somebody has to call them. */
  byPhone: z.boolean(),
  firstVisitAt: Instant.nullable(),
  /** The visit that was promised now stands before the return home. */
  visitTooEarly: z.boolean(),
})
export type RescheduleConsequence = z.infer<typeof RescheduleConsequence>

/** What moving the date would do, told before it is done and computed by the function that does it. */
export const ReschedulePreview = z.object({
  from: Instant,
  to: Instant,
  version: z.int(),
  asksAgain: z.boolean(),
  reconfirmBy: Instant.nullable(),
  needs: z.array(RescheduleConsequence),
  coveredBefore: z.int(),
  coveredAfter: z.int(),
  wanted: z.int(),
  /** So near that what is not covered is raised to the coordination at once. */
  escalates: z.boolean(),
})
export type ReschedulePreview = z.infer<typeof ReschedulePreview>
