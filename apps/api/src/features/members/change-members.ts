import type { AccountId, CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull } from 'drizzle-orm'
import { lockHolders } from '../../kernel/accounts/holders.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { memberships } from '../../kernel/tables/cpts.table.ts'
import type { Db } from '../../platform/db/database.ts'
import type { SignedInActor } from '../../platform/http/access.ts'
import { problem } from '../../platform/problem-error.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { endSessionsOf } from '../../platform/session/open-sessions.ts'

export type MemberDeps = Pick<Deps, 'db' | 'now'> & { readonly ended: EndedSessions }

/** Disconnects somebody of the CPTS everywhere, at once: a lost laptop, a telephone that was stolen. */
export async function endSessionsOfMember(deps: MemberDeps, actor: SignedInActor, accountId: AccountId): Promise<void> {
  const { db, now, ended } = deps
  await db.transaction(actor.cptsId, async (tx) => {
    await holdAdministrators(tx, actor)
    await demandMember(tx, actor.cptsId, accountId)
    await endSessionsOf(tx, accountId, now())
    await recordAudit(tx, actor, { action: `session.revoked ${accountId}`, at: now() })
  })
  await ended.heard()
}

/** Who has left the CPTS is no longer its own: where else they work goes on. */
async function demandMember(tx: Db, cptsId: CptsId, accountId: AccountId): Promise<void> {
  const held = and(eq(memberships.cptsId, cptsId), eq(memberships.accountId, accountId), isNull(memberships.endedAt))
  const [known] = await tx.select({ id: memberships.id }).from(memberships).where(held).limit(1)
  if (!known) throw problem('not-found')
}

/**
 * Takes somebody's role away. What they have open ends with it: a token says the role for ten more minutes. Nobody closes
 * their own, nor the last role that administers the CPTS.
 */
export async function closeMembership(deps: MemberDeps, actor: SignedInActor, id: MembershipId): Promise<void> {
  const { db, now, ended } = deps
  await db.transaction(actor.cptsId, async (tx) => {
    const administrators = await holdAdministrators(tx, actor)
    const held = await holdMembership(tx, actor.cptsId, id)
    if (held.endedAt) return
    if (held.accountId === actor.accountId) throw problem('role-may-not')
    if (administrators.every((one) => one === held.id)) throw problem('wrong-status')
    await change(tx, held, now())
    await endSessionsOf(tx, held.accountId, now())
    await recordAudit(tx, actor, { action: `membership.closed ${held.accountId}`, at: now() })
  })
  await ended.heard()
}

/** Gives a role back as it was. */
export async function reopenMembership(deps: MemberDeps, actor: SignedInActor, id: MembershipId): Promise<void> {
  await deps.db.transaction(actor.cptsId, async (tx) => {
    await holdAdministrators(tx, actor)
    const held = await holdMembership(tx, actor.cptsId, id)
    if (!held.endedAt) return
    await change(tx, held, null)
    await recordAudit(tx, actor, { action: `membership.reopened ${held.accountId}`, at: deps.now() })
  })
}

/** Who administers the CPTS. Who was closed a moment ago does so no longer: a process may not have heard of it yet. */
async function holdAdministrators(tx: Db, { cptsId, membershipId }: SignedInActor): Promise<MembershipId[]> {
  const administrators = await lockHolders(tx, cptsId, 'administrator')
  if (!administrators.includes(membershipId)) throw problem('role-may-not')
  return administrators
}

type Held = typeof memberships.$inferSelect

async function holdMembership(tx: Db, cptsId: CptsId, id: MembershipId): Promise<Held> {
  const one = and(eq(memberships.cptsId, cptsId), eq(memberships.id, id))
  const [held] = await tx.select().from(memberships).where(one).for('update')
  if (!held) throw problem('not-found')
  return held
}

const change = async (tx: Db, { cptsId, id }: Held, endedAt: Date | null): Promise<void> => {
  await tx
    .update(memberships)
    .set({ endedAt })
    .where(and(eq(memberships.cptsId, cptsId), eq(memberships.id, id)))
}
