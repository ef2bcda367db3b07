import type { EndSessions, OpenSession } from '@maillage/contracts/access/sessions'
import type * as z from 'zod'
import { listMemberships } from '../../kernel/accounts/account.store.ts'
import { recordSession } from '../../kernel/accounts/record-session.ts'
import { forgetDevices } from '../../kernel/accounts/second-factors.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { endSessionsOf, listOpenSessions, type WhichSessions } from '../../platform/session/open-sessions.ts'

export type OwnSessionDeps = Pick<Deps, 'db' | 'now'> & { readonly ended: EndedSessions }

/** Where somebody is signed in, the latest used first. */
export async function readOwnSessions(
  { db, now }: OwnSessionDeps,
  { accountId, familyId }: Claims,
): Promise<OpenSession[]> {
  const rows = await db.global((tx) => listOpenSessions(tx, [accountId], now()))
  return rows.map(({ id, device, method, openedAt, lastSeenAt, lockedAt }) => ({
    id,
    device,
    method,
    openedAt: openedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isLocked: lockedAt !== null,
    isCurrent: id === familyId,
  }))
}

/** Ends one session of one's own; somebody else's, or one that has ended, is not found. */
export async function endOwnSession(deps: OwnSessionDeps, claims: Claims, id: string): Promise<void> {
  if ((await end(deps, claims, { only: id })) === 0) throw problem('not-found')
}

/** Signs out everywhere, or everywhere else. */
export async function endOwnSessions(
  deps: OwnSessionDeps,
  claims: Claims,
  scope: z.infer<typeof EndSessions>['scope'],
): Promise<void> {
  await end(deps, claims, scope === 'others' ? { except: claims.familyId } : {})
}

async function end(deps: OwnSessionDeps, claims: Claims, which: WhichSessions): Promise<number> {
  const { accountId, displayName } = claims
  const { count, memberships } = await deps.db.global(async (tx) => {
    // Whoever signs out everywhere fears for a device: none is believed without a code any more.
    if (!('only' in which)) await forgetDevices(tx, accountId)
    return {
      count: await endSessionsOf(tx, accountId, deps.now(), which),
      memberships: await listMemberships(tx, accountId),
    }
  })
  if (count === 0) return 0
  await deps.ended.heard()
  await recordSession(deps, memberships, { accountId, displayName, action: 'session.revoked' })
  return count
}
