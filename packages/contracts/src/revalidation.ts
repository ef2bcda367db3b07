import * as z from 'zod'
import { Band, channels } from './cases.ts'
import { gpSearchClosingReasons, HouseholdScope, lossReasons } from './gp-search.ts'
import { DayDate, Instant } from './kit/dates.ts'
import { CaseId, RevalidationCampaignId, RevalidationId } from './kit/ids.ts'

/** How somebody who waits is asked whether they still search: by a message, by a call, by a letter. */
export const askingChannels = ['email', 'sms', 'phone', 'letter'] as const
export const AskingChannel = z.enum(askingChannels)
export type AskingChannel = z.infer<typeof AskingChannel>

/**
 * Where the asking of one search stands. `asking`: the next message leaves by itself; `to-reach`: somebody must call or
 * write; `grace`: all was tried and the last delay runs. The three others are ends.
 */
export const revalidationStatuses = ['asking', 'to-reach', 'grace', 'answered', 'closed', 'ended'] as const
export type RevalidationStatus = (typeof revalidationStatuses)[number]

/** What somebody answers, or that they could not be reached. */
export const revalidationAnswers = ['still-searching', 'found', 'no-longer-wanted', 'unreachable'] as const
export const RevalidationAnswer = z.enum(revalidationAnswers)
export type RevalidationAnswer = z.infer<typeof RevalidationAnswer>

export const answeredBy = ['link', 'desk', 'elsewhere'] as const

/** The part of the list that a campaign asks; nothing given: all who wait. */
export const CampaignPart = z.strictObject({
  municipality: z
    .string()
    .regex(/^\d[\dAB]\d{3}$/)
    .optional(),
  band: Band.optional(),
  /** Registered on this day or before. */
  registeredBefore: DayDate.optional(),
})
export type CampaignPart = z.infer<typeof CampaignPart>

/** Whom a campaign would ask, by the first way of reaching them. */
export const CampaignPreview = z.object({
  total: z.int(),
  byChannel: z.object({ email: z.int(), sms: z.int(), phone: z.int(), letter: z.int() }),
  /** Being asked already: they are not asked twice. */
  alreadyAsked: z.int(),
  /** More than one campaign asks at once: the rest waits for the next one. */
  most: z.int(),
})
export type CampaignPreview = z.infer<typeof CampaignPreview>

/** How many of those who were asked stand where. */
export const RevalidationProgress = z.object({
  asked: z.int(),
  stillSearching: z.int(),
  found: z.int(),
  noLongerWanted: z.int(),
  waiting: z.int(),
  toReach: z.int(),
  bounced: z.int(),
  grace: z.int(),
  closed: z.int(),
  ended: z.int(),
})
export type RevalidationProgress = z.infer<typeof RevalidationProgress>

export const RevalidationCampaign = z.object({
  id: RevalidationCampaignId,
  startedAt: Instant,
  startedBy: z.string(),
  part: CampaignPart,
  /** The name of the commune of `part`. */
  municipalityName: z.string().nullable(),
  progress: RevalidationProgress,
})
export type RevalidationCampaign = z.infer<typeof RevalidationCampaign>

/** What runs: the asking that goes on by itself since ninety days, and the campaigns of the last six months. */
export const RevalidationOverview = z.object({
  rolling: RevalidationProgress,
  campaigns: z.array(RevalidationCampaign),
  toReach: z.int(),
  delays: z.object({ everyDays: z.int(), attemptDays: z.array(z.int()), graceDays: z.int() }),
})
export type RevalidationOverview = z.infer<typeof RevalidationOverview>

/** Somebody to call, or to write to. */
export const ToReach = z.object({
  id: RevalidationId,
  version: z.int(),
  caseId: CaseId,
  reference: z.string(),
  displayName: z.string(),
  birthDate: DayDate,
  householdSize: z.int(),
  municipality: z.string(),
  band: Band,
  registeredAt: Instant,
  channel: z.enum(['phone', 'letter']),
  phones: z.array(z.string()),
  hoursToCall: z.string().nullable(),
  /** Lines of the address on an envelope; null when no street is known. */
  address: z.array(z.string()).nullable(),
  attempts: z.int(),
  /** A message to them came back. */
  bounced: z.boolean(),
  since: Instant,
})
export type ToReach = z.infer<typeof ToReach>

export const ToReachQuery = z.strictObject({
  channel: z.enum(['phone', 'letter']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ToReachQuery = z.infer<typeof ToReachQuery>

/**
 * What was answered on the phone; the version of the asking that was read. Where a household searches together, an end
 * says whether all are meant or the person of the file alone.
 */
export const AnswerRevalidation = z.strictObject({
  answer: RevalidationAnswer,
  scope: HouseholdScope.optional(),
  version: z.int().min(1),
})
export type AnswerRevalidation = z.infer<typeof AnswerRevalidation>

/** Takes the last gesture back, as it was seen. */
export const UndoRevalidationAnswer = z.strictObject({ version: z.int().min(1) })

/** The letters that were printed and posted. */
export const PostLetters = z.strictObject({ ids: z.array(RevalidationId).min(1).max(200) })

export const RevalidationKept = z.object({
  id: RevalidationId,
  version: z.int(),
  status: z.enum(revalidationStatuses),
})
export type RevalidationKept = z.infer<typeof RevalidationKept>

export const LettersPosted = z.object({ posted: z.int() })
export const SearchConfirmed = z.object({ caseVersion: z.int() })

export const RevalidationParams = z.object({ id: RevalidationId })

/** « Toujours en recherche », said on the case itself, whether or not somebody was being asked. */
export const ConfirmSearch = z.strictObject({ version: z.int().min(1) })

/** From this day to that day, both counted. */
export const ReasonsQuery = z.strictObject({ from: DayDate, to: DayDate })
export type ReasonsQuery = z.infer<typeof ReasonsQuery>

const counted = <const Code extends readonly [string, ...string[]]>(codes: Code) =>
  z.array(z.object({ code: z.enum(codes), count: z.int() }))

/** Who wrote a search down: online, the person or who speaks for them; else the role of the account that opened it. */
export const requesters = [
  'patient',
  'guardian',
  'coordinator',
  'practitioner',
  'secretary',
  'hospital_staff',
  'requester',
  'unknown',
] as const

/** How those who came in came, and how those who left left; each count over the total of its side. */
export const ReasonsReport = z.object({
  from: DayDate,
  to: DayDate,
  entered: z.int(),
  byLoss: counted([...lossReasons, 'unknown']),
  byChannel: counted(channels),
  byRequester: counted(requesters),
  left: z.int(),
  byExit: counted(['declared', ...gpSearchClosingReasons, 'other']),
})
export type ReasonsReport = z.infer<typeof ReasonsReport>
