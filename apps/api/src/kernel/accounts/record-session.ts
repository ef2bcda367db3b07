import type { Membership } from '@maillage/contracts/accounts'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { Deps } from '../context.ts'
import { recordAudit } from '../record/audit.ts'
import { findAccount, listMemberships } from './account.store.ts'

/** What happens to somebody's sign-in, as the trail names it. */
export type SessionAction =
  | 'session.open'
  | 'session.refused'
  | 'session.end'
  | 'session.reused'
  | 'session.revoked'
  | 'session.locked'
  | 'session.unlocked'
  | 'password.changed'
  | 'second-factor.enrolled'
  | 'second-factor.removed'
  | 'second-factor.suspected'
  | 'recovery-codes.renewed'
  | 'second-factor.reset-asked'
  | 'second-factor.reset'

export interface SessionEvent {
  readonly accountId: AccountId
  readonly displayName: string
  readonly action: SessionAction
  readonly outcome?: 'done' | 'refused'
}

/**
 * Tells the trail of each CPTS in which somebody works what became of their sign-in: an account is global, and whoever
 * answers for a territory's data must see who came in. An account without membership leaves no line: it reads nothing.
 */
export async function recordSession(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  memberships: readonly Membership[],
  { accountId, displayName, action, outcome }: SessionEvent,
): Promise<void> {
  for (const membership of firstOfEachCpts(memberships)) {
    const { id: membershipId, cpts, role, practitionerId, isHealthProfessional, units } = membership
    const who = { accountId, displayName, membershipId, role, practitionerId, isHealthProfessional, requestId: null }
    const actor = { ...who, cptsId: cpts.id, unitIds: units.map(({ id }) => id) }
    await db.transaction(cpts.id, (tx) => recordAudit(tx, actor, { action, at: now(), outcome }))
  }
}

/** The same, of an account that is not at hand. One that was closed leaves no line: it reads nothing. */
export async function recordSessionOf(
  deps: Pick<Deps, 'db' | 'now'>,
  accountId: AccountId,
  event: Pick<SessionEvent, 'action' | 'outcome'>,
): Promise<void> {
  const { account, memberships } = await deps.db.global(async (tx) => ({
    account: await findAccount(tx, accountId),
    memberships: await listMemberships(tx, accountId),
  }))
  if (account) await recordSession(deps, memberships, { ...event, accountId, displayName: account.displayName })
}

function firstOfEachCpts(memberships: readonly Membership[]): readonly Membership[] {
  const first = new Map<CptsId, Membership>()
  for (const membership of memberships) if (!first.has(membership.cpts.id)) first.set(membership.cpts.id, membership)
  return [...first.values()]
}
