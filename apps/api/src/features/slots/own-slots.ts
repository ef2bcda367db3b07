import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/context.ts'
import { inPlaceOf, practitionersOf } from '../../kernel/delegation/standing-in.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { isPractitioner } from './slot-publishing.store.ts'

/**
 * A practitioner's slots are theirs, their secretary's with that right, or the coordinator's to record: 403 for anybody
 * else, 404 where there is nobody.
 */
export async function demandOwnSlots(db: Db, actor: Actor, id: PractitionerId): Promise<void> {
  const isTheirs = practitionersOf(actor, 'slots').includes(id)
  if (actor.role !== 'coordinator' && !isTheirs) throw problem('role-may-not')
  if (!(await isPractitioner(db, actor.cptsId, id))) throw problem('not-found')
}

/** The same for an act: who acts in the practitioner's place is named in every line that it leaves. */
export async function actOnSlots(tx: Db, context: Context, id: PractitionerId): Promise<Actor> {
  await demandOwnSlots(tx, context.actor, id)
  return inPlaceOf(context, id, 'slots').actor
}
