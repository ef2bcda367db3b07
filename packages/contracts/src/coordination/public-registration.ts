import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { Phone } from '../kit/identifiers.ts'

/** What a CPTS tells the public of itself, on the pages where a médecin traitant is asked for. */
export const PublicDesk = z.object({
  /** Whether requests are taken online. */
  isOpen: z.boolean(),
  phone: z.string().nullable(),
  /** When somebody answers that number, as people say it. */
  hours: z.string().nullable(),
  /** Where rights are asked for. */
  email: z.string().nullable(),
  version: z.int().min(0),
})
export type PublicDesk = z.infer<typeof PublicDesk>

export const ChangePublicDesk = z.strictObject({
  isOpen: z.boolean(),
  phone: Phone.nullable(),
  hours: z.string().trim().min(1).max(120).nullable(),
  email: z.email().max(200).nullable(),
  /** 0 while nothing was ever written. */
  version: z.int().min(0),
})
export type ChangePublicDesk = z.infer<typeof ChangePublicDesk>

/** A text that tells people what is done with their data. A line that begins with « ## » is a heading. */
export const InformationNotice = z.object({
  version: z.string(),
  text: z.string(),
  /** Null for the product's own text. */
  publishedAt: Instant.nullable(),
  publishedBy: z.string().nullable(),
})
export type InformationNotice = z.infer<typeof InformationNotice>

/** The texts of a CPTS, the one that stands first; the product's own is the last. */
export const InformationNotices = z.object({ items: z.array(InformationNotice).min(1) })
export type InformationNotices = z.infer<typeof InformationNotices>

/** Publishing adds a text; those that people agreed to are never rewritten. */
export const PublishNotice = z.strictObject({
  text: z.string().trim().min(200).max(20_000),
  /** How many texts the writer saw: another one since is a conflict. */
  seen: z.int().min(0),
})
export type PublishNotice = z.infer<typeof PublishNotice>
