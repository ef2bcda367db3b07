import * as z from 'zod'
import { CaseKindName, CaseReference } from '../cases.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { PageQuery } from '../kit/page.ts'

/**
 * How somebody was shown a case: opened, found by a search, named by a list, changed by an act, taken out of Maillage
 * (printed, sent, exported), refused, or its own trace read.
 */
export const readingWays = ['opened', 'found', 'listed', 'changed', 'exported', 'refused', 'traced'] as const
export const ReadingWay = z.enum(readingWays)
export type ReadingWay = z.infer<typeof ReadingWay>

/** Who was shown a case on one day, in one way: never what they read, nor whose case it is. */
export const Reading = z.object({
  /** In the CPTS's time zone. */
  day: DayDate,
  /** Null: nobody signed in, the patient by their own link or Maillage by itself (`role` says which). */
  by: z.string().nullable(),
  role: z.string(),
  way: ReadingWay,
  /** The practitioner in whose place. */
  onBehalfOf: z.string().nullable(),
  firstAt: Instant,
  lastAt: Instant,
  /** That day; a file and its story are one opening. */
  times: z.int().min(1),
})
export type Reading = z.infer<typeof Reading>

/** Who asks, by the reference of a case: of it alone, or of all that its patient has here. */
export const ReadingsQuery = PageQuery.extend({
  ...CaseReference.shape,
  of: z.enum(['case', 'patient']).default('case'),
  /** With the pages of lists that named it among others. */
  lists: z.enum(['shown', 'hidden']).default('hidden'),
})
export type ReadingsQuery = z.output<typeof ReadingsQuery>

export const Readings = z.object({
  reference: z.string(),
  kind: CaseKindName,
  /** How long a line of the trail is kept here, in months: before, nothing can be said. */
  keptMonths: z.int(),
  items: z.array(Reading),
  next: z.string().nullable(),
})
export type Readings = z.infer<typeof Readings>
