import type { CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import type { HeldDelegation } from '@maillage/contracts/roles'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Actor } from '../actor.ts'
import { delegations } from '../tables/delegation.table.ts'

/** For whom this membership acts now. */
export const heldDelegations = (db: Db, cptsId: CptsId, membershipId: MembershipId): Promise<HeldDelegation[]> =>
  held(db, cptsId, membershipId)

const held = (db: Db, cptsId: CptsId, membershipId: MembershipId) =>
  db
    .select({ id: delegations.id, practitionerId: delegations.practitionerId, rights: delegations.rights })
    .from(delegations)
    .where(
      and(
        eq(delegations.cptsId, cptsId),
        eq(delegations.membershipId, membershipId),
        isNull(delegations.endedAt),
        // Nobody acts for somebody who has left.
        sql`exists (select from memberships m where m.cpts_id = ${delegations.cptsId}
          and m.practitioner_id = ${delegations.practitionerId} and m.ended_at is null)`,
      ),
    )
    .orderBy(asc(delegations.id))

/**
 * A secretary as they stand at this moment of an act: no delegation that they use can end before it does, and one that
 * has ended is worth nothing, whatever their token says. Everybody else stands as they came.
 */
export async function asTheyStand(tx: Db, actor: Actor): Promise<Actor> {
  if (actor.role !== 'secretary' || !actor.membershipId) return actor
  const now = await held(tx, actor.cptsId, actor.membershipId).for('share')
  if (now.length === 0) throw problem('delegation-ended')
  return { ...actor, delegations: now }
}
