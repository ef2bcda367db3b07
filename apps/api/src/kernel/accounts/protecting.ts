import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { endFamily } from '../../platform/session/refresh-tokens.ts'
import {
  demandFreshProof,
  holdSession,
  keepSecondFactor,
  listUnprovenSessions,
} from '../../platform/session/session-proof.ts'
import type { SecondFactor } from '../../platform/session/sign-in-methods.ts'
import type { SessionRow } from '../../platform/session.table.ts'
import type { Deps } from '../context.ts'
import { type AccountRow, findAccount, listMemberships } from './account.store.ts'
import { recordSession, type SessionAction } from './record-session.ts'
import { hasSecondFactor, holdSecondFactors } from './second-factors.store.ts'
import { tellOwner } from './tell-owner.ts'

/** Somebody who may change what protects their account, just now. */
export interface Protecting {
  readonly account: AccountRow
  readonly session: SessionRow
  /** Whether anything beside the password stood before. */
  readonly isProtected: boolean
}

/**
 * Lets a session change what protects its account: soon after a proof, and never by a password alone once more than that
 * was set up (in another session, meanwhile). The demo's shared accounts have nothing to protect: 404.
 */
export async function demandProtecting(tx: Db, { accountId, familyId }: Claims, now: Date): Promise<Protecting> {
  await holdSecondFactors(tx, accountId)
  const session = await holdSession(tx, familyId)
  const account = await findAccount(tx, accountId)
  if (!account) throw problem('session-ended')
  if (account.isSecondFactorExempt) throw problem('not-found')
  const isProtected = await hasSecondFactor(tx, accountId)
  if (isProtected && session.secondFactor === null) throw problem('session-ended')
  demandFreshProof(session, now)
  return { account, session, isProtected }
}

/** A factor was set up: a session that had shown a password alone goes on with it, and the others of that sort end. */
export async function keepEnrolment(
  tx: Db,
  { session }: Protecting,
  factor: Extract<SecondFactor, 'totp' | 'passkey'>,
  now: Date,
): Promise<void> {
  if (session.secondFactor === null) await keepSecondFactor(tx, session.id, factor, now)
  for (const id of await listUnprovenSessions(tx, session)) await endFamily(tx, id, now)
}

/**
 * Tells the trail of each CPTS what became of what protects an account, and its person by mail: but for the first factor,
 * which they set up to come in.
 */
export async function recordProtection(
  deps: Pick<Deps, 'db' | 'now'>,
  { account, isProtected }: Protecting,
  action: SessionAction,
): Promise<void> {
  const { id: accountId, displayName } = account
  const memberships = await deps.db.global((tx) => listMemberships(tx, accountId))
  await recordSession(deps, memberships, { accountId, displayName, action })
  if (isProtected) await tellOwner(deps, account, memberships, 'protection-changed')
}
