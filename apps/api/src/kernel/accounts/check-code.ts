import type { AccountId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { unwrap } from '../../platform/session/key-wrap.ts'
import { digestOfRecoveryCode, readRecoveryCode } from '../../platform/session/recovery-code.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import type { SecondFactor } from '../../platform/session/sign-in-methods.ts'
import { stepOf } from '../../platform/session/totp.ts'
import type { Deps } from '../context.ts'
import { type AccountRow, listMemberships } from './account.store.ts'
import { findTotp, type TotpRow, takeRecoveryCode, takeTotpStep } from './second-factors.store.ts'
import { tellOwner } from './tell-owner.ts'

/** What acts upon second factors need: `masterKey` opens the secrets of authenticators. */
export type SecondFactorDeps = Pick<Deps, 'db' | 'now'> & { readonly masterKey: Buffer }

/** To what a wrapped secret is bound: in another account's row it does not open. */
export const nameOfTotp = (accountId: AccountId): string => `totp:${accountId}`

/** The step of this authenticator whose code was typed; undefined when it is none of today's. */
export const typedStep = (
  { masterKey, now }: SecondFactorDeps,
  { accountId, wrappedSecret }: TotpRow,
  typed: string,
): number | undefined =>
  stepOf(unwrap(masterKey, wrappedSecret, nameOfTotp(accountId)), typed.replace(/[\s-]/g, ''), now())

type CodeProof = Extract<SecondFactor, 'totp' | 'recovery-code'>

/**
 * What a typed code proves: an authenticator's code of this moment, or a recovery code, each once; undefined when neither.
 * Whoever comes here has shown the password: tries are counted by account, and their wait grows. The owner is told by mail
 * that a recovery code served.
 */
export async function checkCode(
  deps: SecondFactorDeps,
  account: AccountRow,
  typed: string,
): Promise<CodeProof | undefined> {
  const { id: accountId } = account
  await deps.db.global((tx) => countAttempt(tx, { code: accountId }, deps.now()))
  const recoveryCode = readRecoveryCode(typed)
  const digest = recoveryCode && (await digestOfRecoveryCode(accountId, recoveryCode))
  const { proof, memberships } = await deps.db.global(async (tx) => {
    const isRight = digest
      ? await takeRecoveryCode(tx, accountId, digest, deps.now())
      : await takeTotpCode(deps, tx, accountId, typed)
    if (!isRight) return { proof: undefined, memberships: [] }
    await forgetAttempts(tx, { code: accountId })
    const taken: CodeProof = digest ? 'recovery-code' : 'totp'
    return { proof: taken, memberships: digest ? await listMemberships(tx, accountId) : [] }
  })
  if (proof === 'recovery-code') await tellOwner(deps, account, memberships, 'recovery-code-used')
  return proof
}

async function takeTotpCode(deps: SecondFactorDeps, tx: Db, accountId: AccountId, typed: string): Promise<boolean> {
  const totp = await findTotp(tx, accountId)
  const step = totp && typedStep(deps, totp, typed)
  return totp !== undefined && step !== undefined && (await takeTotpStep(tx, totp.id, step))
}
