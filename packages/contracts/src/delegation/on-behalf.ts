import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import type { PractitionerId } from '../kit/ids.ts'

/** An answer given by phone for somebody without account, or one who rang: traced both times. */
export const OnBehalf = z.strictObject({
  channel: z.literal('phone'),
  spokenTo: z.string().trim().min(1).max(120),
  /** When they rang; absent: now. */
  calledAt: Instant.optional(),
})
export type OnBehalf = z.infer<typeof OnBehalf>

/** For whom an act is done by somebody else; who said it on the phone and when, where a coordinator writes it down. */
export interface OnBehalfOf {
  readonly practitionerId: PractitionerId
  readonly spokenTo?: string
  readonly calledAt?: string
}
