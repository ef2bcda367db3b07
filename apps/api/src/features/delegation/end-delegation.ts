import type { Delegation } from '@maillage/contracts/delegation/delegations'
import type { DelegationId } from '@maillage/contracts/kit/ids'
import type { DelegationRight } from '@maillage/contracts/roles'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { revokeLinks } from '../../kernel/links/links.ts'
import { cancelNotices } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { DelegationRow } from '../../kernel/tables/delegation.table.ts'
import type { Db } from '../../platform/db/database.ts'
import {
  endRoleWithoutDelegation,
  lockDelegation,
  madeFeed,
  readDelegation,
  updateDelegation,
} from './delegation.store.ts'

/** The practitioner changes what their secretary may do, from the next act on. */
export function changeRights(
  deps: Deps,
  actor: Actor,
  input: { id: DelegationId; version: number; rights: DelegationRight[] },
): Promise<Delegation> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await lockDelegation(tx, actor, input)
    await updateDelegation(tx, row, { rights: input.rights })
    if (!input.rights.includes('slots')) await dropFeedOf(tx, row, now)
    await recordAudit(tx, actor, {
      action: `delegation.change-rights ${row.id}`,
      at: now,
      from: row.rights.join(' '),
      to: input.rights.join(' '),
    })
    return readDelegation(tx, actor, row.id, now)
  })
}

/** A secret address opens without signing in: one that the secretary made, and knows, must not outlive their right. */
async function dropFeedOf(tx: Db, row: DelegationRow, now: Date): Promise<void> {
  if (await madeFeed(tx, row)) await revokeLinks(tx, row.cptsId, 'calendar-feed', row.practitionerId, now)
}

/**
 * Ends a delegation, or takes an invitation back. An act that the secretary has begun ends first, by the row's lock; the
 * next one is refused, whatever their token says.
 */
export function endDelegation(
  deps: Deps,
  actor: Actor,
  input: { id: DelegationId; version: number },
): Promise<Delegation> {
  // A secretary who gives it back would hold their own line for reading first, and then wait for themselves.
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const now = deps.now()
    const row = await lockDelegation(tx, actor, input)
    const before = await readDelegation(tx, actor, row.id, now)
    await updateDelegation(tx, row, { endedAt: now, endedBy: actor.accountId })
    await revokeLinks(tx, actor.cptsId, 'delegation-invitation', row.id, now)
    await cancelNotices(tx, { actor, now }, row.id, ['delegation-invitation'])
    await dropFeedOf(tx, row, now)
    await endRoleWithoutDelegation(tx, row, now)
    await recordAudit(tx, actor, { action: `delegation.end ${row.id}`, at: now })
    return {
      ...before,
      status: 'ended',
      endedAt: now.toISOString(),
      endedBy: actor.displayName,
      version: row.version + 1,
    }
  })
}
