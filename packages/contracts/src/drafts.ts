import * as z from 'zod'
import { Instant } from './kit/dates.ts'

/** Forms that keep an unfinished input on the server, per account; gone on submit or after seven days. */
export const draftForms = [
  'gp-search',
  'unscheduled-care',
  'hospital-discharge',
  'case-notes',
  'case-messages',
  'partner',
  'partner-agreement',
  'delegation',
] as const
export const DraftParams = z.object({ form: z.enum(draftForms) })
/** The form's own fields, as typed: not validated until they are sent. */
export const Draft = z.object({ content: z.record(z.string(), z.unknown()), savedAt: Instant })
export const SaveDraft = z.strictObject({
  content: z.record(z.string(), z.unknown()).refine((content) => isShallow(content, deepest)),
})

/** No form nests further; what is not validated could otherwise be as deep as its size allows, and break its writers. */
const deepest = 20

const isShallow = (value: unknown, left: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1)))
