import * as z from 'zod'
import { Instant } from '../kit/dates.ts'

/** How somebody proved who they are at the door. */
export const SignInMethod = z.enum(['password', 'passkey', 'pro-sante-connect', 'hospital'])
export type SignInMethod = z.infer<typeof SignInMethod>

/** A sign-in that is open somewhere. */
export const OpenSession = z.object({
  id: z.uuid(),
  /** What the browser said of itself (`Firefox, Windows`); empty when it said nothing that we know. */
  device: z.string(),
  method: SignInMethod,
  openedAt: Instant,
  /** When it was last renewed: to ten minutes. */
  lastSeenAt: Instant,
  isLocked: z.boolean(),
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type OpenSession = z.infer<typeof OpenSession>

/** Latest first. */
export const OpenSessions = z.object({ items: z.array(OpenSession) })
export type OpenSessions = z.infer<typeof OpenSessions>

export const SessionParams = z.object({ id: z.uuid() })

/** Which of one's sessions end: all but the one that asks, or that one too. */
export const EndSessions = z.object({ scope: z.enum(['others', 'all']) })

/** How the owner of a locked session may show who they are beside their password. `/instance` names the provider. */
export const LockedSession = z.object({
  /** A code of the authenticator. */
  code: z.boolean(),
  passkey: z.boolean(),
  /** Who vouched for the session: going through them again opens another. */
  provider: z.string().nullable(),
})
export type LockedSession = z.infer<typeof LockedSession>

/** What shows that the person before a locked screen is the one who locked it. A recovery code is for other days. */
export const UnlockSession = z.union([
  z.strictObject({ password: z.string().min(1).max(200) }),
  z.strictObject({
    code: z
      .string()
      .regex(/^\s*\d{3}[\s-]?\d{3}\s*$/)
      .max(20),
  }),
])
export type UnlockSession = z.infer<typeof UnlockSession>
