import type { ConfirmTotp, NewRecoveryCodes, TotpSetup } from '@maillage/contracts/second-factor/second-factor'
import { nameOfTotp, type SecondFactorDeps, typedStep } from '../../kernel/accounts/check-code.ts'
import { drawRecoveryCodes } from '../../kernel/accounts/give-recovery-codes.ts'
import { demandProtecting, keepEnrolment, recordProtection } from '../../kernel/accounts/protecting.ts'
import { countRecoveryCodes, listPasskeys, type TotpRow } from '../../kernel/accounts/second-factors.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { wrap } from '../../platform/session/key-wrap.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import { newTotpSecret, totpUri } from '../../platform/session/totp.ts'
import { beginTotp, findBegunTotp, removeTotp, useTotp } from './second-factor.store.ts'

/** Draws a secret for an authenticator. It protects nothing until a first code proves that it was taken over. */
export async function beginTotpSetup(deps: SecondFactorDeps, claims: Claims): Promise<TotpSetup> {
  const { db, now, masterKey } = deps
  return await db.global(async (tx) => {
    const { account } = await demandProtecting(tx, claims, now())
    const secret = newTotpSecret()
    await beginTotp(tx, account.id, wrap(masterKey, secret, nameOfTotp(account.id)), now())
    return { secret, uri: totpUri(secret, account.email) }
  })
}

/** A first code: the authenticator protects the account from now on. Recovery codes come with the first of its factors. */
export async function confirmTotp(
  deps: SecondFactorDeps,
  claims: Claims,
  input: ConfirmTotp,
): Promise<NewRecoveryCodes> {
  const { db, now } = deps
  const { accountId } = claims
  await db.global((tx) => countAttempt(tx, { code: accountId }, now()))
  // Read first: ten slow digests are not computed for a wrong code, nor for who has codes already.
  const hasCodes = await db.global(async (tx) => {
    await provenSetup(deps, tx, claims, input)
    return (await countRecoveryCodes(tx, accountId)) !== null
  })
  const drawn = hasCodes ? undefined : await drawRecoveryCodes(accountId)
  const changed = await db.global(async (tx) => {
    const protecting = await demandProtecting(tx, claims, now())
    const { begun, step } = await provenSetup(deps, tx, claims, input)
    await useTotp(tx, begun, step, now())
    await keepEnrolment(tx, protecting, 'totp', now())
    await forgetAttempts(tx, { code: accountId })
    await drawn?.keep(tx, now())
    return protecting
  })
  await recordProtection(deps, changed, 'second-factor.enrolled')
  return { recoveryCodes: drawn ? [...drawn.codes] : null }
}

/** The secret that is being set up, and the step whose code was typed. */
async function provenSetup(
  deps: SecondFactorDeps,
  tx: Db,
  { accountId }: Claims,
  { code }: ConfirmTotp,
): Promise<{ begun: TotpRow; step: number }> {
  const begun = await findBegunTotp(tx, accountId)
  if (!begun) throw problem('not-found')
  const step = typedStep(deps, begun, code)
  if (step === undefined) throw invalidField('/code', 'wrong')
  return { begun, step }
}

/** Takes the authenticator away, where a passkey goes on protecting the account. */
export async function dropTotp(deps: SecondFactorDeps, claims: Claims): Promise<void> {
  const changed = await deps.db.global(async (tx) => {
    const protecting = await demandProtecting(tx, claims, deps.now())
    const keys = await listPasskeys(tx, claims.accountId)
    if (keys.every(({ suspectedAt }) => suspectedAt !== null)) throw problem('last-second-factor')
    if (!(await removeTotp(tx, claims.accountId))) throw problem('not-found')
    return protecting
  })
  await recordProtection(deps, changed, 'second-factor.removed')
}
