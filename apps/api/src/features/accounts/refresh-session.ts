import {
  type AccountRow,
  findAccount,
  findLastWorn,
  listMemberships,
  toAccount,
} from '../../kernel/accounts/account.store.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { chooseHat, type OpenedSession } from '../../kernel/accounts/session-opening.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { endFamily, redeemToken } from '../../platform/session/refresh-tokens.ts'
import type { SecondFactor } from '../../platform/session/sign-in-methods.ts'
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
    const { familyId, secondFactor } = family
    if (!(await isEnough(tx, account, secondFactor))) {
      await endFamily(tx, familyId, now())
      return undefined
    }
    const mustEnrol = secondFactor === null || undefined
    const worn = family.membershipId ?? (await findLastWorn(tx, account.id))
    const hat = mustEnrol ? null : chooseHat(await listMemberships(tx, account.id), worn)
    const claims = { accountId: account.id, displayName: account.displayName, familyId, hat, mustEnrol }
    return { claims, refresh, account: toAccount(account) }
  })
  if (!opened) throw problem('session-ended')
  return opened
}

/** What a session showed is weighed anew: a factor was set up elsewhere meanwhile, or the demo's exemption was taken back. */
async function isEnough(tx: Db, account: AccountRow, shown: SecondFactor | null): Promise<boolean> {
  if (shown === 'exempt') return account.isSecondFactorExempt
  return shown !== null || !(await hasSecondFactor(tx, account.id))
}
