import type { AskFactorReset } from '@maillage/contracts/access/members'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { AccountRow } from '../../kernel/accounts/account.store.ts'
import { findAccount, findAccountByEmail, listMemberships } from '../../kernel/accounts/account.store.ts'
import { listHolders } from '../../kernel/accounts/holders.ts'
import { recordSessionOf } from '../../kernel/accounts/record-session.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { cptsOfLink, findLink, useLink } from '../../kernel/links/links.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import type { SignedInActor } from '../../platform/http/access.ts'
import { problem } from '../../platform/problem-error.ts'
import { isPassword } from '../../platform/session/password.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import { decideReset, fileReset, holdReset, rolesOf } from './factor-reset.store.ts'

export type FactorResetDeps = Pick<Deps, 'db' | 'now'>

const days = 3

/** A colleague who answers for the CPTS asks, for somebody who works there; another will confirm. */
export async function askForColleague(
  deps: FactorResetDeps,
  actor: SignedInActor,
  accountId: AccountId,
): Promise<{ id: string }> {
  const { db, now } = deps
  const { cptsId } = actor
  if (accountId === actor.accountId) throw problem('role-may-not')
  return await db.transaction(cptsId, async (tx) => {
    await demandAnswering(tx, actor)
    const person = await findAccount(tx, accountId)
    if (!person || (await rolesOf(tx, cptsId, accountId)).length === 0) throw problem('not-found')
    if (person.isSecondFactorExempt || !(await hasSecondFactor(tx, accountId))) throw problem('wrong-status')
    const at = now()
    const reset = await fileReset(tx, { cptsId, accountId, askedBy: actor.accountId, status: 'asked' }, at)
    await tellPerson(tx, { cptsId, id: reset.id, email: person.email }, at)
    await tellOthers(tx, { cptsId, not: [actor.accountId, accountId] }, at)
    await recordAudit(tx, actor, { action: `second-factor.reset-asked ${accountId}`, at })
    return { id: reset.id }
  })
}

/** A role taken away since the token was made no longer counts. */
export async function demandAnswering(tx: Db, { cptsId, accountId, role }: SignedInActor): Promise<void> {
  if (!(await rolesOf(tx, cptsId, accountId)).includes(role)) throw problem('role-may-not')
}

/** The person asks: whoever knows the password is written to, at the address that the account has. */
export async function askByMail(
  deps: FactorResetDeps,
  { email, password }: AskFactorReset,
  address: string,
): Promise<void> {
  const { db, now } = deps
  const keys = { email, address }
  await db.global((tx) => countAttempt(tx, keys, now()))
  const account = await db.global((tx) => findAccountByEmail(tx, email))
  if (!(await isPassword(account?.passwordHash, password)) || !account) throw problem('wrong-credentials')
  const { memberships, isSetUp } = await db.global(async (tx) => {
    await forgetAttempts(tx, keys)
    // Each message is a try of its own: nobody's mailbox is filled by who knows their password.
    await countAttempt(tx, { ...keys, apart: 'factor' }, now())
    return {
      memberships: await listMemberships(tx, account.id),
      isSetUp: !account.isSecondFactorExempt && (await hasSecondFactor(tx, account.id)),
    }
  })
  const cptsId = memberships[0]?.cpts.id
  if (!cptsId || !isSetUp) return
  await db.transaction(cptsId, (tx) => fileByMail(tx, cptsId, account, now()))
}

async function fileByMail(tx: Db, cptsId: CptsId, { id: accountId, email }: AccountRow, now: Date): Promise<void> {
  const { id } = await fileReset(tx, { cptsId, accountId, askedBy: accountId, status: 'unproven' }, now)
  const link = { purpose: 'second-factor-proof', subjectId: id, days } as const
  const kind = 'second-factor-reset-proof'
  await sendNotice(tx, { actor: { cptsId }, now }, { kind, to: { address: { email } }, link })
}

/** The mailbox was shown: the request now waits for an administrator. */
export async function proveByLink(deps: FactorResetDeps, token: string): Promise<void> {
  const { db, now } = deps
  const purpose = 'second-factor-proof'
  const cptsId = cptsOfLink(token)
  if (!cptsId || !(await findLink(db, token, purpose, now()))) throw problem('not-found')
  const accountId = await db.transaction(cptsId, async (tx) => {
    const at = now()
    const id = await useLink(tx, token, purpose, at)
    const reset = id === undefined ? undefined : await holdReset(tx, cptsId, id)
    if (reset?.status !== 'unproven' || reset.expiresAt <= at) throw problem('not-found')
    await decideReset(tx, reset, { status: 'asked' })
    const person = await findAccount(tx, reset.accountId)
    if (!person) throw problem('not-found')
    await tellPerson(tx, { cptsId, id: reset.id, email: person.email }, at)
    await tellOthers(tx, { cptsId, not: [reset.accountId], administratorsAlone: true }, at)
    return reset.accountId
  })
  await recordSessionOf(deps, accountId, { action: 'second-factor.reset-asked' })
}

async function tellPerson(tx: Db, to: { cptsId: CptsId; id: string; email: string }, now: Date): Promise<void> {
  const { cptsId, id, email } = to
  const link = { purpose: 'second-factor-objection', subjectId: id, days } as const
  const kind = 'second-factor-reset-asked'
  await sendNotice(tx, { actor: { cptsId }, now }, { kind, to: { address: { email } }, link })
}

/** Whoever may confirm: a request that nobody sees would end by itself. */
async function tellOthers(
  tx: Db,
  { cptsId, not, administratorsAlone = false }: { cptsId: CptsId; not: AccountId[]; administratorsAlone?: boolean },
  now: Date,
): Promise<void> {
  const roles = administratorsAlone ? (['administrator'] as const) : (['administrator', 'coordinator'] as const)
  const others = new Set<AccountId>()
  for (const role of roles) for (const { id } of await listHolders(tx, cptsId, role)) others.add(id)
  for (const accountId of others) {
    if (not.includes(accountId)) continue
    const kind = 'second-factor-reset-waits'
    await sendNotice(tx, { actor: { cptsId }, now }, { kind, to: { accountId }, link: { path: '/comptes' } })
  }
}
