import type { ProveAgain } from '@maillage/contracts/second-factor/second-factor'
import { type AccountRow, findAccount } from '../../kernel/accounts/account.store.ts'
import { checkCode, type SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { checkPassword } from '../../kernel/accounts/check-password.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { keepProof } from '../../platform/session/session-proof.ts'
import type { AttemptKeys } from '../../platform/session/sign-in-attempts.ts'

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
  if (!(await isProven(deps, account, input, { holding: familyId, address }))) throw problem('wrong-proof')
  await deps.db.global((tx) => keepProof(tx, familyId, deps.now()))
}

async function isProven(
  deps: SecondFactorDeps,
  account: AccountRow,
  input: ProveAgain,
  keys: AttemptKeys,
): Promise<boolean> {
  if ('code' in input) return (await checkCode(deps, account, input.code)) !== undefined
  if (await deps.db.global((tx) => hasSecondFactor(tx, account.id))) return false
  return await checkPassword(deps, account, input.password, keys)
}
