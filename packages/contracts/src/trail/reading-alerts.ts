import * as z from 'zod'
import { DayDate, Instant } from '../kit/dates.ts'
import { PageQuery } from '../kit/page.ts'

/**
 * Files opened at night, or on a closed day; too many of them in an hour, or in a day; too many people named by lists and
 * searches in a day. In the order in which an alert tells them.
 */
export const readingRules = ['night', 'closed-day', 'hour', 'day', 'listed'] as const
export const ReadingRule = z.enum(readingRules)
export type ReadingRule = z.infer<typeof ReadingRule>

/** Why a reading is told: which rule, what it counted, and what was set when it was raised. */
export const ReadingReason = z.object({
  rule: ReadingRule,
  /** Different patients. */
  files: z.int(),
  threshold: z.int(),
  firstAt: Instant,
  lastAt: Instant,
})
export type ReadingReason = z.infer<typeof ReadingReason>

/**
 * A reading to be explained: who, which day, and every reason to tell it; one a person and a day, so that nothing is told
 * twice. It names no patient and counts nothing else.
 */
export const ReadingAlert = z.object({
  id: z.uuid(),
  by: z.string(),
  role: z.string(),
  /** In the CPTS's time zone; a night is the day on which it began. */
  day: DayDate,
  reasons: z.array(ReadingReason).min(1),
  raisedAt: Instant,
  explainedAt: Instant.nullable(),
  explainedBy: z.string().nullable(),
  note: z.string().nullable(),
  version: z.int(),
})
export type ReadingAlert = z.infer<typeof ReadingAlert>

/** By when they were raised, and by nothing else: nobody is looked up there, nor ranked. */
export const ReadingAlertsQuery = PageQuery.extend({ status: z.enum(['open', 'explained']).default('open') })
export type ReadingAlertsQuery = z.output<typeof ReadingAlertsQuery>

export const OneReadingAlert = z.object({ id: z.uuid() })

/** « Vu, expliqué », with a word on why; null takes it back. The word is about the reading, never about a patient. */
export const ExplainReading = z.strictObject({
  note: z.string().trim().min(1).max(400).nullable(),
  version: z.int().min(1),
})
export type ExplainReading = z.infer<typeof ExplainReading>
