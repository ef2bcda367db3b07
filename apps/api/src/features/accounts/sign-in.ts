import type { SignIn } from '@maillage/contracts/accounts'
import { type AccountRow, findAccountByEmail, listMemberships } from '../../kernel/accounts/account.store.ts'
import { checkCode, type SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { recordSession } from '../../kernel/accounts/record-session.ts'
import {
  type DeviceToken,
  findDevice,
  type RememberedDevice,
  rememberDevice,
  useDevice,
} from '../../kernel/accounts/remembered-devices.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { type OpenedSession, openSession } from '../../kernel/accounts/session-opening.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { isPassword } from '../../platform/session/password.ts'
import { countAttempt, forgetAttempts, takeBackAttempt } from '../../platform/session/sign-in-attempts.ts'
import type { SecondFactor } from '../../platform/session/sign-in-methods.ts'

export type SessionDeps = Pick<SecondFactorDeps, 'db' | 'now'>

/** From where somebody signs in: the address they call from, and what their browser says and holds. */
export interface Caller {
  readonly address: string
  readonly device: string
  /** What a remembered browser holds. */
  readonly deviceToken: string | undefined
}

export type SignedIn = OpenedSession & { readonly remembered?: DeviceToken }

/**
 * Opens a session. An e-mail that nobody has answers like a wrong password, in the same time; what is said of a second
 * factor is said to whoever knows the password.
 */
export async function signIn(deps: SecondFactorDeps, input: SignIn, caller: Caller): Promise<SignedIn> {
  const { db, now } = deps
  const { account, device } = await db.global((tx) => findTyped(tx, input.email, caller, now()))
  const keys = { address: caller.address, ...(device ? { holding: device.id } : { email: input.email }) }
  await db.global((tx) => countAttempt(tx, keys, now()))
  if (!(await isPassword(account?.passwordHash, input.password)) || !account) throw problem('wrong-credentials')
  const secondFactor = await secondFactorOf(deps, account, input, device)
  if (secondFactor === 'asked') {
    await db.global((tx) => takeBackAttempt(tx, keys))
    throw problem('second-factor-required')
  }
  await db.global((tx) => forgetAttempts(tx, keys))
  const session = await openSession(deps, account, { method: 'password', secondFactor, device: caller.device })
  // Not by a recovery code: it serves who lost the other proof, on a computer that is perhaps not theirs.
  if (!input.rememberDevice || secondFactor !== 'totp') return session
  return { ...session, remembered: await db.global((tx) => rememberDevice(tx, account.id, caller.device, now())) }
}

/**
 * Whose e-mail was typed, and the browser if theirs remembers it. The same questions for an e-mail that nobody has: a
 * browser is looked for by what it holds.
 */
async function findTyped(
  tx: Db,
  email: string,
  { deviceToken }: Caller,
  now: Date,
): Promise<{ account: AccountRow | undefined; device: RememberedDevice | undefined }> {
  const account = await findAccountByEmail(tx, email)
  const device = await findDevice(tx, deviceToken, now)
  return { account, device: device?.accountId === account?.id ? device : undefined }
}

/** What was shown beside the password; null when nothing stands yet, `asked` when it must still be shown. */
async function secondFactorOf(
  deps: SecondFactorDeps,
  account: AccountRow,
  { code }: SignIn,
  device: RememberedDevice | undefined,
): Promise<SecondFactor | null | 'asked'> {
  const { id, isSecondFactorExempt } = account
  if (isSecondFactorExempt) return 'exempt'
  const known = await deps.db.global(async (tx) => {
    if (!(await hasSecondFactor(tx, id))) return null
    return device && (await useDevice(tx, device, deps.now())) ? 'remembered-device' : 'asked'
  })
  if (known !== 'asked' || !code) return known
  const proof = await checkCode(deps, account, code)
  if (!proof) throw problem('wrong-second-factor')
  return proof
}

/**
 * Tells the trail that somebody could not sign in. Called once they were answered, and for every e-mail: whether it is
 * anybody's shows neither in the answer nor in how long it took.
 */
export async function recordRefusedSignIn(deps: SessionDeps, email: string): Promise<void> {
  const found = await deps.db.global(async (tx) => {
    const account = await findAccountByEmail(tx, email)
    return account && { account, memberships: await listMemberships(tx, account.id) }
  })
  if (!found) return
  const { id: accountId, displayName } = found.account
  await recordSession(deps, found.memberships, {
    accountId,
    displayName,
    action: 'session.refused',
    outcome: 'refused',
  })
}
