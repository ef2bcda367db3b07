import type { SignIn } from '@maillage/contracts/accounts'
import { findAccountByEmail } from '../../kernel/accounts/account.store.ts'
import { type OpenedSession, openSession } from '../../kernel/accounts/session-opening.ts'
import type { Deps } from '../../kernel/context.ts'
import { problem } from '../../platform/problem-error.ts'
import { isPassword } from '../../platform/session/password.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'

export type SessionDeps = Pick<Deps, 'db' | 'now'>

/** From where somebody signs in: the address they call from, and what their browser says of itself. */
export interface Caller {
  readonly address: string
  readonly device: string
}

/** Opens a session. An e-mail that nobody has answers like a wrong password, in the same time. */
export async function signIn(deps: SessionDeps, input: SignIn, { address, device }: Caller): Promise<OpenedSession> {
  const keys = { email: input.email, address }
  await deps.db.global((tx) => countAttempt(tx, keys, deps.now()))
  const account = await deps.db.global((tx) => findAccountByEmail(tx, input.email))
  if (!(await isPassword(account?.passwordHash, input.password)) || !account) throw problem('wrong-credentials')
  await deps.db.global((tx) => forgetAttempts(tx, keys))
  const secondFactor = account.isSecondFactorExempt ? 'exempt' : null
  return await openSession(deps, account, { method: 'password', secondFactor, device })
}
