import { findAccount } from '../../kernel/accounts/account.store.ts'
import { recordSessionOf } from '../../kernel/accounts/record-session.ts'
import { forgetSecondFactors } from '../../kernel/accounts/second-factors.store.ts'
import { cptsOfLink, findLink, revokeLinks, useLink } from '../../kernel/links/links.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import type { SignedInActor } from '../../platform/http/access.ts'
import { problem } from '../../platform/problem-error.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { endSessionsOf } from '../../platform/session/open-sessions.ts'
import { demandAnswering, type FactorResetDeps } from './ask-factor-reset.ts'
import { decideReset, type FactorResetRow, holdReset, rolesOf } from './factor-reset.store.ts'

export type AnswerDeps = FactorResetDeps & { readonly ended: EndedSessions }

const answering = ['administrator', 'coordinator'] as const

/** A second person confirms: the factor goes, and with it every session. Neither the asker nor the person may. */
export async function confirmReset(deps: AnswerDeps, actor: SignedInActor, id: string): Promise<void> {
  const { db, now, ended } = deps
  const { accountId } = await db.transaction(actor.cptsId, async (tx) => {
    const reset = await holdOpen(tx, actor, id, now())
    await demandSecondPerson(tx, actor, reset)
    const at = now()
    await decideReset(tx, reset, { status: 'done', decidedBy: actor.accountId, decidedAt: at })
    await takeFactorsAway(tx, reset, at)
    await recordAudit(tx, actor, { action: `second-factor.reset ${reset.accountId}`, at })
    return reset
  })
  await ended.heard()
  await recordSessionOf(deps, accountId, { action: 'second-factor.reset' })
}

/** What a completed request does, in its transaction: the person enrols anew at the next sign-in, and is told. */
export async function takeFactorsAway(
  tx: Db,
  { cptsId, accountId, id }: Pick<FactorResetRow, 'cptsId' | 'accountId' | 'id'>,
  now: Date,
): Promise<void> {
  await forgetSecondFactors(tx, accountId)
  await endSessionsOf(tx, accountId, now)
  await revokeLinks(tx, cptsId, 'second-factor-objection', id, now)
  const person = await findAccount(tx, accountId)
  if (!person) return
  const to = { address: { email: person.email } }
  const context = { actor: { cptsId }, now }
  await sendNotice(tx, context, { kind: 'second-factor-reset-done', to, link: { path: '/' } })
}

/** Somebody who may answer says no: nothing changes. */
export async function refuseReset(deps: AnswerDeps, actor: SignedInActor, id: string): Promise<void> {
  const { db, now } = deps
  await db.transaction(actor.cptsId, async (tx) => {
    const reset = await holdOpen(tx, actor, id, now())
    const at = now()
    await decideReset(tx, reset, { status: 'refused', decidedBy: actor.accountId, decidedAt: at })
    await recordAudit(tx, actor, { action: `second-factor.reset-refused ${reset.accountId}`, at })
  })
}

async function holdOpen(tx: Db, actor: SignedInActor, id: string, now: Date): Promise<FactorResetRow> {
  await demandAnswering(tx, actor)
  const reset = await holdReset(tx, actor.cptsId, id)
  if (!reset || reset.status === 'unproven') throw problem('not-found')
  if (reset.status !== 'asked' || reset.expiresAt <= now) throw problem('wrong-status')
  return reset
}

/** Two different people, who both still answer for the CPTS; by mail, an administrator beside the person. */
async function demandSecondPerson(tx: Db, actor: SignedInActor, reset: FactorResetRow): Promise<void> {
  const { askedBy, accountId, cptsId } = reset
  if (actor.accountId === askedBy || actor.accountId === accountId) throw problem('role-may-not')
  const isByMail = askedBy === accountId
  if (isByMail && actor.role !== 'administrator') throw problem('role-may-not')
  const roles = await rolesOf(tx, cptsId, askedBy)
  const stillAsks = isByMail ? roles.length > 0 : roles.some((role) => answering.some((one) => one === role))
  if (!stillAsks) throw problem('wrong-status')
}

/** The person did not want it: the request ends. Their word is enough; it needs no session, which they may have lost. */
export async function objectByLink(deps: FactorResetDeps, token: string): Promise<void> {
  const { db, now } = deps
  const purpose = 'second-factor-objection'
  const cptsId = cptsOfLink(token)
  if (!cptsId || !(await findLink(db, token, purpose, now()))) throw problem('not-found')
  await db.transaction(cptsId, async (tx) => {
    const at = now()
    const id = await useLink(tx, token, purpose, at)
    const reset = id === undefined ? undefined : await holdReset(tx, cptsId, id)
    if (reset?.status !== 'asked') throw problem('not-found')
    await decideReset(tx, reset, { status: 'objected', decidedAt: at })
  })
}
