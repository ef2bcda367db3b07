import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { PractitionerId } from '../kit/ids.ts'

/** An answer given by phone for somebody without account, or one who rang: traced both times. */
export const OnBehalf = z.strictObject({
  channel: z.literal('phone'),
  spokenTo: z.string().trim().min(1).max(120),
  /** When they rang; absent: now. */
  calledAt: Instant.optional(),
})
export type OnBehalf = z.infer<typeof OnBehalf>

/** The same where several take part: whose word it is. */
export const OnBehalfOfOne = OnBehalf.extend({ practitionerId: PractitionerId })
export type OnBehalfOfOne = z.infer<typeof OnBehalfOfOne>

/** How somebody said something that is no answer to a proposal: their places, their absences. */
export const saidChannels = ['phone', 'email', 'in-person', 'letter'] as const
/** What a coordinator writes down in a practitioner's name, with who said it, how and when. */
export const SaidFor = OnBehalf.extend({ channel: z.enum(saidChannels) })
export type SaidFor = z.infer<typeof SaidFor>

/** Who wrote something down in a practitioner's name; who rang and when, where it came by phone. */
export const NotedFor = z.object({ by: z.string(), spokenTo: z.string().nullable(), calledAt: Instant.nullable() })
export type NotedFor = z.infer<typeof NotedFor>

/** For whom an act is done by somebody else; who said it on the phone and when, where a coordinator writes it down. */
export interface OnBehalfOf {
  readonly practitionerId: PractitionerId
  readonly spokenTo?: string
  readonly calledAt?: string
}
