import * as z from 'zod'
import { NoticeChannel, NoticeGroup } from './notices.ts'

const MinuteOfDay = z.int().min(0).max(1439)

/** How somebody wants to be told; hours are on the clock of the CPTS, in minutes after midnight. */
export const NoticeChoices = z.strictObject({
  /** By which channels, for each group of messages; a group left out follows the product's defaults. */
  groups: z.partialRecord(NoticeGroup, z.array(NoticeChannel).max(3)),
  /** Null: no quiet hours. From 20:00 until 7:30 passes over midnight. */
  quiet: z.strictObject({ from: MinuteOfDay, until: MinuteOfDay }).nullable(),
  /** What is to be answered the same day comes through quiet hours. */
  urgentPasses: z.boolean(),
  digest: z.discriminatedUnion('every', [
    z.strictObject({ every: z.literal('at-once') }),
    z.strictObject({ every: z.literal('day'), at: MinuteOfDay }),
  ]),
  /** Where text messages go. */
  mobile: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .nullable(),
})
export type NoticeChoices = z.infer<typeof NoticeChoices>

/** One's choices, and what one's role may choose about. Version 0: nothing was chosen yet. */
export const OwnNoticeChoices = z.object({
  choices: NoticeChoices,
  version: z.int(),
  /** The groups of messages that the role receives, with the product's channels for each. */
  groups: z.array(z.object({ group: NoticeGroup, channels: z.array(NoticeChannel), kinds: z.array(z.string()) })),
  email: z.string(),
  timeZone: z.string(),
})
export type OwnNoticeChoices = z.infer<typeof OwnNoticeChoices>

export const ChangeNoticeChoices = z.strictObject({ choices: NoticeChoices, version: z.int().min(0) })
export type ChangeNoticeChoices = z.infer<typeof ChangeNoticeChoices>
