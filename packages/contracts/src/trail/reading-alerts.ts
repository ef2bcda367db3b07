import * as z from 'zod'
import { DayDate, Instant } from '../kit/dates.ts'
import { PageQuery } from '../kit/page.ts'

/** Too many files in an hour, or in a day; files opened at night, or on a closed day. */
export const readingRules = ['hour', 'day', 'night', 'closed-day'] as const
export const ReadingRule = z.enum(readingRules)
export type ReadingRule = z.infer<typeof ReadingRule>

/** A reading to be explained: who, when, how many files and why it is told. It names no patient and counts nothing else. */
export const ReadingAlert = z.object({
  id: z.uuid(),
  by: z.string(),
  role: z.string(),
  rule: ReadingRule,
  /** In the CPTS's time zone. */
  day: DayDate,
  /** Different patients. */
  files: z.int(),
  /** What was set when it was raised. */
  threshold: z.int(),
  firstAt: Instant,
  lastAt: Instant,
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
