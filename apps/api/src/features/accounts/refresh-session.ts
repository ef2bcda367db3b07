import type { Membership } from '@maillage/contracts/accounts'
import {
  type AccountRow,
  findAccount,
  findLastWorn,
  listMemberships,
  toAccount,
} from '../../kernel/accounts/account.store.ts'
import { isHospitalStaff } from '../../kernel/accounts/hospital-staff.ts'
import { recordSessionOf } from '../../kernel/accounts/record-session.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { chooseHat, type OpenedSession } from '../../kernel/accounts/session-opening.ts'
import type { Deps } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { endFamily, type Redeemed, redeemToken } from '../../platform/session/refresh-tokens.ts'
import type { SecondFactor } from '../../platform/session/sign-in-methods.ts'
import { tokenLifetimeSeconds } from '../../platform/session/tokens.ts'

/** After so many minutes without a gesture a screen locks itself, unless an operator says otherwise. */
export const usualIdleMinutes = 15

export type RefreshDeps = Pick<Deps, 'db' | 'now'> & {
  readonly settings: { readonly idleLockMinutes?: number | undefined }
}

/**
 * Goes on with the session that a cookie holds: roles are read anew, and the cookie changes at each use. A browser that was
 * shut while its screen should have locked itself finds it locked: the server does not take the screen's word.
 */
export async function refreshSession(deps: RefreshDeps, token: string | undefined): Promise<OpenedSession> {
  if (token === undefined) throw problem('session-ended')
  const { idleLockMinutes = usualIdleMinutes } = deps.settings
  // The screen's own minutes, then those of the last access token: a page that is used asks for something meanwhile.
  const unattendedMs = idleLockMinutes * 60_000 + tokenLifetimeSeconds * 1000
  const renewed = await deps.db.global(async (tx): Promise<OpenedSession | Refused> => {
    const redeemed = await redeemToken(tx, token, deps.now(), unattendedMs)
    return typeof redeemed === 'object' && 'session' in redeemed ? await goOn(tx, redeemed, deps.now()) : redeemed
  })
  // Not thrown in there: the end of a family whose token was used twice must be kept.
  if (typeof renewed === 'string') throw problem(renewed === 'locked' ? 'session-locked' : 'session-ended')
  if (!('closed' in renewed)) return renewed
  const isReused = renewed.closed === 'reused'
  await recordSessionOf(
    deps,
    renewed.accountId,
    isReused ? { action: 'session.reused', outcome: 'refused' } : { action: 'session.locked' },
  )
  throw problem(isReused ? 'session-ended' : 'session-locked')
}

type GoingOn = Extract<Redeemed, { session: unknown }>
type Refused = Exclude<Redeemed, GoingOn>

async function goOn(
  tx: Db,
  { session, membershipId, ...refresh }: GoingOn,
  now: Date,
): Promise<OpenedSession | 'ended'> {
  const { id: familyId, secondFactor } = session
  const account = await findAccount(tx, session.accountId)
  if (!account) return 'ended'
  const memberships = await listMemberships(tx, account.id)
  if (!isVouchedFor(session, memberships) || !(await isEnough(tx, account, secondFactor))) {
    await endFamily(tx, familyId, now)
    return 'ended'
  }
  const mustEnrol = secondFactor === null || undefined
  const worn = membershipId ?? (await findLastWorn(tx, account.id))
  const hat = mustEnrol ? null : chooseHat(memberships, worn)
  const claims = { accountId: account.id, displayName: account.displayName, familyId, hat, mustEnrol }
  return { claims, refresh, account: toAccount(account) }
}

/** A hospital let them in as its staff: a role that they took elsewhere since asks for a proof of ours. */
const isVouchedFor = ({ method }: GoingOn['session'], memberships: readonly Membership[]): boolean =>
  method !== 'hospital' || isHospitalStaff(memberships)

/** What a session showed is weighed anew: a factor was set up elsewhere meanwhile, or the demo's exemption was taken back. */
async function isEnough(tx: Db, account: AccountRow, shown: SecondFactor | null): Promise<boolean> {
  if (shown === 'exempt') return account.isSecondFactorExempt
  return shown !== null || !(await hasSecondFactor(tx, account.id))
}
