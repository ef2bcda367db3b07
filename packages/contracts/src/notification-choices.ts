import * as z from 'zod'
import { NoticeChannel, NoticeGroup } from './notifications.ts'

const MinuteOfDay = z.int().min(0).max(1439)

/** How somebody wants to be told; hours are on the clock of the CPTS, in minutes after midnight. */
export const NoticeChoices = z.strictObject({
  /** By which channels, for each group of messages; a group left out follows the product's defaults. */
  groups: z.partialRecord(NoticeGroup, z.array(NoticeChannel).max(4)),
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
  mssante: z.email().max(200).nullable(),
})
export type NoticeChoices = z.infer<typeof NoticeChoices>
