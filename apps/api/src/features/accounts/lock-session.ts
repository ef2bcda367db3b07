import type { UnlockSession } from '@maillage/contracts/access/sessions'
import { type AccountRow, findAccount, listMemberships } from '../../kernel/accounts/account.store.ts'
import { checkCode, type SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { checkPassword } from '../../kernel/accounts/check-password.ts'
import { recordSession } from '../../kernel/accounts/record-session.ts'
import { findTotp } from '../../kernel/accounts/second-factors.store.ts'
import type { OpenedSession } from '../../kernel/accounts/session-opening.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { findFamilyOf, findStanding, lockFamily, unlockFamily } from '../../platform/session/refresh-tokens.ts'
import { type RefreshDeps, refreshSession } from './refresh-session.ts'

export type LockDeps = SecondFactorDeps & RefreshDeps & { readonly ended: EndedSessions }

/**
 * Locks the session that a cookie came from: from then on neither the cookie nor any access token is worth anything. What
 * has ended stays so; an older cookie locks too, as its browser may be renewing the session at this very moment.
 */
export async function lockSession(deps: LockDeps, token: string | undefined): Promise<void> {
  if (token === undefined) return
  const { db, now, ended } = deps
  const locked = await db.global(async (tx) => {
    const session = await findFamilyOf(tx, token)
    if (!session) return undefined
    const account = await findAccount(tx, session.accountId)
    if (!account || !(await lockFamily(tx, session.id, now()))) return undefined
    return { account, memberships: await listMemberships(tx, account.id) }
  })
  if (!locked) return
  await ended.heard()
  const { account, memberships } = locked
  const { id: accountId, displayName } = account
  await recordSession(deps, memberships, { accountId, displayName, action: 'session.locked' })
}

/** Goes on with a session that was locked, for who shows who they are. Tries are counted as those of signing in. */
export async function unlockSession(
  deps: LockDeps,
  token: string | undefined,
  key: UnlockSession,
  /** From where they call: tries are counted against it too. */
  address: string,
): Promise<OpenedSession> {
  const { db, ended } = deps
  const found = token === undefined ? undefined : await db.global((tx) => findOpen(tx, token, deps.now()))
  if (token === undefined || !found) throw problem('session-ended')
  const { session, account, memberships } = found
  const { id: accountId, displayName } = account
  const told = { accountId, displayName, action: 'session.unlocked' } as const
  const isOwner =
    'code' in key
      ? await isCodeOf(deps, account, key.code)
      : await checkPassword(deps, account, key.password, { holding: session.id, address })
  if (!isOwner) {
    await recordSession(deps, memberships, { ...told, outcome: 'refused' })
    throw problem('code' in key ? 'wrong-second-factor' : 'wrong-credentials')
  }
  await db.global((tx) => unlockFamily(tx, session.id, deps.now()))
  const opened = await refreshSession(deps, token)
  await ended.heard()
  await recordSession(deps, memberships, told)
  return opened
}

/** Of an authenticator that has proved itself; what a screen shows while one is being set up opens nothing. */
async function isCodeOf(deps: LockDeps, account: AccountRow, code: string): Promise<boolean> {
  if (!(await deps.db.global((tx) => findTotp(tx, account.id)))) return false
  return (await checkCode(deps, account, code)) === 'totp'
}

async function findOpen(tx: Db, token: string, now: Date) {
  const session = await findStanding(tx, token, now)
  if (!session) return undefined
  const account = await findAccount(tx, session.accountId)
  return account && { session, account, memberships: await listMemberships(tx, account.id) }
}
