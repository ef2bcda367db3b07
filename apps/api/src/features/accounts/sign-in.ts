import type { SignIn } from '@maillage/contracts/accounts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { isPassword } from '../../platform/session/password.ts'
import { openFamily } from '../../platform/session/refresh-tokens.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import { findAccountByEmail, findLastWorn, listMemberships, toAccount } from './account.store.ts'
import { chooseHat, type OpenedSession } from './session-opening.ts'

export type SessionDeps = Pick<Deps, 'db' | 'now'>

/** Opens a session. An e-mail that nobody has answers like a wrong password, in the same time. */
export async function signIn(deps: SessionDeps, input: SignIn, address: string): Promise<OpenedSession> {
  const keys = { email: input.email, address }
  await deps.db.global((tx) => countAttempt(tx, keys, deps.now()))
  const account = await deps.db.global((tx) => findAccountByEmail(tx, input.email))
  if (!(await isPassword(account?.passwordHash, input.password)) || !account) throw problem('wrong-credentials')
  const { claims, refresh } = await deps.db.global(async (tx) => {
    await forgetAttempts(tx, keys)
    const hat = chooseHat(await listMemberships(tx, account.id), await findLastWorn(tx, account.id))
    const { familyId, ...token } = await openFamily(tx, account.id, hat, deps.now())
    const opened: Claims = { accountId: account.id, displayName: account.displayName, familyId, hat }
    return { claims: opened, refresh: token }
  })
  await recordOpening(deps, claims)
  return { claims, refresh, account: toAccount(account) }
}

async function recordOpening({ db, now }: SessionDeps, { hat, ...who }: Claims): Promise<void> {
  if (!hat) return
  const actor = { ...hat, ...who, requestId: null }
  await db.transaction(hat.cptsId, (tx) => recordAudit(tx, actor, { action: 'session.open', at: now() }))
}
