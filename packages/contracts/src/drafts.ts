import * as z from 'zod'
import { Instant } from './kit/dates.ts'

/** Forms that keep an unfinished input on the server, per account; gone on submit or after seven days. */
export const draftForms = ['gp-search', 'unscheduled-care', 'hospital-discharge'] as const
export const DraftParams = z.object({ form: z.enum(draftForms) })
/** The form's own fields, as typed: not validated until they are sent. */
export const Draft = z.object({ content: z.record(z.string(), z.unknown()), savedAt: Instant })
export const SaveDraft = z.strictObject({ content: z.record(z.string(), z.unknown()) })
