import * as z from 'zod'
import { Instant } from './kit/dates.ts'
import { AccountId, CptsId, MembershipId, PractitionerId, UnitId } from './kit/ids.ts'
import { SignInProvider } from './openid/sign-in.ts'
import { Role } from './roles.ts'

/** Passwords: length is what counts (12 at least); 200 bounds the cost of argon2id on hostile input. */
export const Password = z.string().min(12).max(200)

export const SignIn = z.strictObject({
  email: z.email().max(200),
  password: z.string().min(1).max(200),
  /** Six digits of an authenticator, or a recovery code. */
  code: z.string().max(40).optional(),
  /** Asks this browser for no code during thirty days. */
  rememberDevice: z.boolean().optional(),
})
export type SignIn = z.infer<typeof SignIn>

export const Account = z.object({ id: AccountId, email: z.string(), displayName: z.string() })
export type Account = z.infer<typeof Account>

export const Membership = z.object({
  id: MembershipId,
  role: Role,
  cpts: z.object({ id: CptsId, name: z.string() }),
  practitionerId: PractitionerId.nullable(),
  /** Wards of a hospital_staff membership. */
  units: z.array(z.object({ id: UnitId, name: z.string(), organization: z.string() })),
  /** Without it, clinical details open by an explicit, recorded gesture (CSP L1110-12). */
  isHealthProfessional: z.boolean(),
})
export type Membership = z.infer<typeof Membership>

export const Session = z.object({
  accessToken: z.string(),
  expiresAt: Instant,
  account: Account,
  /** Nothing but what belongs to the account itself answers until a second factor stands. */
  mustEnrol: z.boolean().optional(),
})
export type Session = z.infer<typeof Session>

/** What a person set for themselves; it follows them from one computer to the next. */
export const Preferences = z.strictObject({
  /** Whether single letters act as shortcuts (WCAG 2.1.4). */
  letterShortcuts: z.boolean(),
})
export type Preferences = z.infer<typeof Preferences>

export const Me = z.object({
  account: Account,
  memberships: z.array(Membership),
  current: Membership.nullable(),
  mustEnrol: z.boolean().optional(),
  // While a new version takes over, a new page may ask the old server.
  preferences: Preferences.default({ letterShortcuts: true }),
})
export type Me = z.infer<typeof Me>

/** Who may be given a case: the coordinators of the CPTS that the caller works in. */
export const Coordinators = z.object({ items: z.array(Account.pick({ id: true, displayName: true })) })
export type Coordinators = z.infer<typeof Coordinators>

export const ChangeMembership = z.strictObject({ membershipId: MembershipId })

/** What an unsigned visitor may know of this installation: is it the demo, and which accounts open it. */
export const Instance = z.object({
  demo: z.boolean(),
  version: z.string(),
  demoAccounts: z.array(z.object({ email: z.string(), label: z.string() })),
  /** A ground for the maps, where the operator chose one; null: our own, and no request to anybody. */
  mapTiles: z.object({ url: z.string(), attribution: z.string() }).nullable(),
  /** Ways in that somebody else vouches for. */
  // While a new version takes over, a new page may ask the old server.
  signInProviders: z.array(SignInProvider).default([]),
  /** After so many minutes without a gesture a screen locks itself. */
  idleLockMinutes: z.int().min(1).max(60).default(15),
})
export type Instance = z.infer<typeof Instance>
