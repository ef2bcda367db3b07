import { findAccount, listMemberships, toAccount } from '../../kernel/accounts/account.store.ts'
import { chooseHat, type OpenedSession } from '../../kernel/accounts/session-opening.ts'
import { problem } from '../../platform/problem-error.ts'
import { redeemToken } from '../../platform/session/refresh-tokens.ts'
import type { SessionDeps } from './sign-in.ts'

/** Goes on with the session that a cookie holds: roles are read anew, and the cookie changes at each use. */
export async function refreshSession({ db, now }: SessionDeps, token: string | undefined): Promise<OpenedSession> {
  if (token === undefined) throw problem('session-ended')
  const opened = await db.global(async (tx): Promise<OpenedSession | undefined> => {
    const redeemed = await redeemToken(tx, token, now())
    // Not thrown in here: the end of a family whose token was used twice must be kept.
    if (redeemed === 'ended' || redeemed === 'reused') return undefined
    if (redeemed === 'locked') throw problem('session-locked')
    const { family, ...refresh } = redeemed
    const account = await findAccount(tx, family.accountId)
    if (!account) return undefined
    const hat = chooseHat(await listMemberships(tx, account.id), family.membershipId)
    const claims = { accountId: account.id, displayName: account.displayName, familyId: family.familyId, hat }
    return { claims, refresh, account: toAccount(account) }
  })
  if (!opened) throw problem('session-ended')
  return opened
}
