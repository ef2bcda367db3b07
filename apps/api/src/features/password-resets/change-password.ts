import { type ChangePassword, passwordFault } from '@maillage/contracts/access/passwords'
import { and, eq } from 'drizzle-orm'
import { type AccountRow, findAccount, listMemberships } from '../../kernel/accounts/account.store.ts'
import { recordSession } from '../../kernel/accounts/record-session.ts'
import { forgetDevices } from '../../kernel/accounts/second-factors.store.ts'
import { revokeLinks } from '../../kernel/links/links.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { endSessionsOf } from '../../platform/session/open-sessions.ts'
import { hashPassword, isPassword } from '../../platform/session/password.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import type { PasswordDeps } from './password-deps.ts'

/** Refuses a new password for what it is: too short, too common, made of its owner's name. */
export function demandGoodPassword(password: string, account: AccountRow, pointer: string): void {
  const fault = passwordFault(password, account)
  if (fault) throw invalidField(pointer, fault)
}

/**
 * Sets a password that was already judged: other sessions end, and every browser is asked for a code again. False when
 * another was set since the account was read: whoever was shown the door by it must not answer with theirs.
 */
export async function setPassword(
  tx: Db,
  account: AccountRow,
  { hash, now, except }: { hash: string; now: Date; except?: string },
): Promise<boolean> {
  const unchanged = and(eq(accounts.id, account.id), eq(accounts.passwordHash, account.passwordHash))
  const set = await tx.update(accounts).set({ passwordHash: hash }).where(unchanged).returning({ id: accounts.id })
  if (set.length === 0) return false
  await endSessionsOf(tx, account.id, now, { except })
  await forgetDevices(tx, account.id)
  return true
}

/** Changes one's own password, for who shows the present one. The session that asks goes on; all others end. */
export async function changePassword(
  deps: PasswordDeps,
  { accountId, familyId }: Claims,
  { present, next }: ChangePassword,
): Promise<void> {
  const { db, now, ended } = deps
  const account = await db.global((tx) => findAccount(tx, accountId))
  if (!account) throw problem('session-ended')
  // By session: whoever mistypes their e-mail elsewhere must not keep them from changing it.
  const keys = { holding: familyId }
  await db.global((tx) => countAttempt(tx, keys, now()))
  if (!(await isPassword(account.passwordHash, present))) throw problem('wrong-proof')
  demandGoodPassword(next, account, '/next')
  const hash = await hashPassword(next)
  await db.global(async (tx) => {
    await forgetAttempts(tx, keys)
    if (!(await setPassword(tx, account, { hash, now: now(), except: familyId }))) throw problem('wrong-proof')
  })
  await ended.heard()
  await tellChanged(deps, account)
}

/** Tells the owner by mail, the trail of each CPTS, and takes back the links that still led to another password. */
export async function tellChanged(deps: PasswordDeps, account: AccountRow): Promise<void> {
  const { db, now } = deps
  const memberships = await db.global((tx) => listMemberships(tx, account.id))
  const { id: accountId, displayName, email } = account
  await recordSession(deps, memberships, { accountId, displayName, action: 'password.changed' })
  const cptsIds = [...new Set(memberships.map(({ cpts }) => cpts.id))]
  for (const [position, cptsId] of cptsIds.entries()) {
    await db.transaction(cptsId, async (tx) => {
      await revokeLinks(tx, cptsId, 'password-reset', accountId, now())
      // One message, whatever the number of CPTS.
      if (position > 0) return
      const context = { actor: { cptsId }, now: now() }
      await sendNotice(tx, context, { kind: 'password-changed', to: { address: { email } }, link: { path: '/' } })
    })
  }
}
