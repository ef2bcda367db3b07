import type { ProveAgain } from '@maillage/contracts/second-factor/second-factor'
import { type AccountRow, findAccount } from '../../kernel/accounts/account.store.ts'
import { checkCode, type SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { isPassword } from '../../platform/session/password.ts'
import { holdSession, keepProof } from '../../platform/session/session-proof.ts'
import { type AttemptKeys, countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'

/**
 * Says again who one is, so that what protects the account may be changed for a quarter of an hour. Once a second factor
 * stands a password proves nothing here: with a remembered browser it would be enough to replace the factor. Tries are
 * counted as at sign-in.
 */
export async function proveAgain(
  deps: SecondFactorDeps,
  { accountId, familyId }: Claims,
  input: ProveAgain,
  address: string,
): Promise<void> {
  const account = await deps.db.global((tx) => findAccount(tx, accountId))
  if (!account) throw problem('session-ended')
  if ('code' in input) await proveByCode(deps, account, input.code)
  else if (await deps.db.global((tx) => hasSecondFactor(tx, accountId))) throw problem('wrong-proof')
  else await proveByPassword(deps, account, input.password, { holding: familyId, address })
  await deps.db.global(async (tx) => {
    await holdSession(tx, familyId)
    await keepProof(tx, familyId, deps.now())
  })
}

async function proveByCode(deps: SecondFactorDeps, account: AccountRow, code: string): Promise<void> {
  if (!(await checkCode(deps, account, code))) throw problem('wrong-proof')
}

async function proveByPassword(
  { db, now }: SecondFactorDeps,
  { passwordHash }: AccountRow,
  password: string,
  keys: AttemptKeys,
): Promise<void> {
  await db.global((tx) => countAttempt(tx, keys, now()))
  if (!(await isPassword(passwordHash, password))) throw problem('wrong-proof')
  await db.global((tx) => forgetAttempts(tx, keys))
}
