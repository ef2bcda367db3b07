import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { AccountId, MembershipId } from '../kit/ids.ts'
import { Role } from '../roles.ts'

/** `exempt`: an invented person of a demo; `none`: nothing stands yet, and it is asked at the next sign-in. */
export const FactorKind = z.enum(['none', 'authenticator', 'passkey', 'both', 'exempt'])
export type FactorKind = z.infer<typeof FactorKind>

/** A request to take somebody's second factor away, as whoever may answer it sees it. */
export const FactorReset = z.object({
  id: z.uuid(),
  askedBy: z.object({ id: AccountId, displayName: z.string() }),
  /** Asked by the person themselves, by their mailbox. */
  isByMail: z.boolean(),
  askedAt: Instant,
  expiresAt: Instant,
  /** The caller is another person than those two, and has the role that it takes. */
  mayConfirm: z.boolean(),
})
export type FactorReset = z.infer<typeof FactorReset>

/** Somebody who works in the CPTS, and how they sign in: nothing of any patient. */
export const Member = z.object({
  accountId: AccountId,
  displayName: z.string(),
  email: z.string(),
  memberships: z.array(z.object({ id: MembershipId, role: Role, endedAt: Instant.nullable() })),
  secondFactor: FactorKind,
  /** The day of the last sign-in; null when none is known of the last month. */
  lastSignIn: z.iso.date().nullable(),
  openSessions: z.int(),
  isSelf: z.boolean(),
  /** The account was closed by an operator. */
  isClosed: z.boolean(),
  reset: FactorReset.nullable(),
})
export type Member = z.infer<typeof Member>

/** By name. */
export const Members = z.object({ items: z.array(Member) })
export type Members = z.infer<typeof Members>

export const MemberParams = z.object({ accountId: AccountId })
export const MembershipParams = z.object({ id: MembershipId })
export const FactorResetParams = z.object({ id: z.uuid() })

/** Asks, with the right password, that a second factor that was lost be taken away: a message asks to confirm it. */
export const AskFactorReset = z.strictObject({
  email: z.email().max(200),
  password: z.string().min(1).max(200),
})
export type AskFactorReset = z.infer<typeof AskFactorReset>

/** What a message's link holds: it comes in the body, never in an address. */
export const FactorResetLink = z.strictObject({ token: z.string().min(1).max(200) })
export type FactorResetLink = z.infer<typeof FactorResetLink>
