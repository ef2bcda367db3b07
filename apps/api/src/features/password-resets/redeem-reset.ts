import type { RedeemPasswordReset } from '@maillage/contracts/access/passwords'
import { AccountId } from '@maillage/contracts/kit/ids'
import { type AccountRow, findAccount } from '../../kernel/accounts/account.store.ts'
import { checkCode } from '../../kernel/accounts/check-code.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { findLink, useLink } from '../../kernel/links/links.ts'
import { problem } from '../../platform/problem-error.ts'
import { hashPassword } from '../../platform/session/password.ts'
import { demandGoodPassword, setPassword, tellChanged } from './change-password.ts'
import type { PasswordDeps } from './password-deps.ts'

const purpose = 'password-reset'

/**
 * Sets the password that the holder of a link chose. A mailbox alone does not open an account: where a second factor is
 * set up, its code is asked. The link serves once; every session and every remembered browser ends with the old password.
 */
export async function redeemReset(deps: PasswordDeps, { token, password, code }: RedeemPasswordReset): Promise<void> {
  const { db, now, ended } = deps
  const link = await findLink(db, token, purpose, now())
  if (!link || link.usedAt) throw problem('not-found')
  const accountId = AccountId.parse(link.subjectId)
  const account = await db.global((tx) => findAccount(tx, accountId))
  if (!account) throw problem('not-found')
  demandGoodPassword(password, account, '/password')
  await demandSecondFactor(deps, account, code)
  const hash = await hashPassword(password)
  const isSet = await db.transaction(link.cptsId, async (tx) => {
    if (!(await useLink(tx, token, purpose, now()))) return false
    return await setPassword(tx, account, { hash, now: now() })
  })
  // Somebody was faster, with the same link or another password.
  if (!isSet) throw problem('not-found')
  await ended.heard()
  await tellChanged(deps, account)
}

async function demandSecondFactor(deps: PasswordDeps, account: AccountRow, code?: string): Promise<void> {
  if (account.isSecondFactorExempt || !(await deps.db.global((tx) => hasSecondFactor(tx, account.id)))) return
  if (!code) throw problem('second-factor-required')
  if (!(await checkCode(deps, account, code))) throw problem('wrong-second-factor')
}
