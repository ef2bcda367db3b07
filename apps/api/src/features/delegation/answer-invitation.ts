import type { Invitation } from '@maillage/contracts/delegation/delegations'
import { DelegationId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { createAccount, holdRole } from '../../kernel/accounts/create-account.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findLink, useLink } from '../../kernel/links/links.ts'
import { cancelNotices, sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { accounts, cpts } from '../../kernel/tables/cpts.table.ts'
import { type DelegationRow, delegations } from '../../kernel/tables/delegation.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { lockInvited, updateDelegation } from './delegation.store.ts'

const purpose = 'delegation-invitation'

const isOver = ({ acceptedAt, endedAt, expiresAt }: DelegationRow, now: Date): boolean =>
  acceptedAt !== null || endedAt !== null || expiresAt <= now

async function hasAccount(tx: Db, email: string): Promise<boolean> {
  const [known] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  return known !== undefined
}

/** What an invitation says, to whoever holds its link; unknown, used, expired and taken back answer the same. */
export async function readInvitation(deps: Deps, token: string): Promise<Invitation> {
  const now = deps.now()
  const link = await findLink(deps.db, token, purpose, now)
  if (!link || link.usedAt) throw problem('not-found')
  return await deps.db.read(link.cptsId, async (db) => {
    const [found] = await db
      .select({ row: delegations, practitioner: practitioners.displayName, cpts: cpts.name })
      .from(delegations)
      .innerJoin(
        practitioners,
        and(eq(practitioners.cptsId, delegations.cptsId), eq(practitioners.id, delegations.practitionerId)),
      )
      .innerJoin(cpts, eq(cpts.id, delegations.cptsId))
      .where(and(eq(delegations.cptsId, link.cptsId), eq(delegations.id, DelegationId.parse(link.subjectId))))
    if (!found || isOver(found.row, now)) throw problem('not-found')
    const { email, displayName, rights, expiresAt } = found.row
    return {
      practitioner: found.practitioner,
      cpts: found.cpts,
      displayName,
      email,
      rights,
      expiresAt: expiresAt.toISOString(),
      choosesPassword: !(await hasAccount(db, email)),
    }
  })
}

/**
 * The invited person says yes: their account is made with the password that they choose, or they keep the one they have,
 * and the role is theirs. The link serves once; of two at the same moment, one is let in.
 */
export async function acceptInvitation(
  deps: Deps,
  { token, password }: { token: string; password?: string | undefined },
): Promise<{ email: string }> {
  const now = deps.now()
  const link = await findLink(deps.db, token, purpose, now)
  if (!link) throw problem('not-found')
  const { cptsId } = link
  return await deps.db.transaction(cptsId, async (tx) => {
    const row = await lockInvited(tx, cptsId, DelegationId.parse(link.subjectId))
    if (!row || isOver(row, now) || !(await useLink(tx, token, purpose, now))) throw problem('not-found')
    const { email, displayName } = row
    if (!password && !(await hasAccount(tx, email))) throw invalidField('/password', 'required')
    const account = await createAccount(tx, { email, displayName, password: password ?? '' }, now)
    const membershipId = await holdRole(tx, account.id, { cptsId, role: 'secretary' }, now)
    await updateDelegation(tx, row, { membershipId, acceptedAt: now })
    const actor = {
      ...systemActor(cptsId),
      role: 'secretary' as const,
      accountId: account.id,
      membershipId,
      displayName,
    }
    await recordAudit(tx, actor, { action: `delegation.accept ${row.id}`, at: now, onBehalfOf: row.practitionerId })
    await cancelNotices(tx, { actor, now }, row.id, ['delegation-invitation'])
    await sendNotice(
      tx,
      { actor, now },
      {
        kind: 'delegation-accepted',
        to: { practitionerId: row.practitionerId },
        link: { path: '/mon-secretariat' },
        about: row.id,
      },
    )
    return { email }
  })
}
