import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { Passkey } from './passkeys.ts'

/** Six digits of an authenticator, or a recovery code; spaces and dashes as people type them. */
export const TypedCode = z.string().trim().min(6).max(40)

/** A browser that its owner told us to ask for no code. */
export const RememberedDevice = z.object({
  id: z.uuid(),
  /** In the words of its browser: `Firefox, Windows`. Empty when it said nothing that we know. */
  device: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  /** The browser that asks. */
  isThisOne: z.boolean(),
})
export type RememberedDevice = z.infer<typeof RememberedDevice>

/** What protects an account beside its password. */
export const SecondFactorState = z.object({
  /** An invented account of a demo: nothing is asked of it. */
  isExempt: z.boolean(),
  totp: z.object({ confirmedAt: Instant }).nullable(),
  passkeys: z.array(Passkey),
  recoveryCodes: z.object({ left: z.int(), madeAt: Instant }).nullable(),
  devices: z.array(RememberedDevice),
})
export type SecondFactorState = z.infer<typeof SecondFactorState>

/** What an authenticator is given, once: to scan, to open on a phone, or to type. */
export const TotpSetup = z.object({ secret: z.string(), uri: z.string() })
export type TotpSetup = z.infer<typeof TotpSetup>

export const ConfirmTotp = z.strictObject({ code: TypedCode })
export type ConfirmTotp = z.infer<typeof ConfirmTotp>

/** Shown this one time: the server keeps their digests alone. Null: those that are there already go on serving. */
export const NewRecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).nullable() })
export type NewRecoveryCodes = z.infer<typeof NewRecoveryCodes>

/** Says again who one is, within a session: the password, or a code. */
export const ProveAgain = z.union([
  z.strictObject({ password: z.string().min(1).max(200) }),
  z.strictObject({ code: TypedCode }),
])
export type ProveAgain = z.infer<typeof ProveAgain>
