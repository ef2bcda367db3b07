import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { isPractitioner } from './slot-publishing.store.ts'

/** A practitioner's slots are theirs, or the coordinator's to record: 403 for anybody else, 404 where there is nobody. */
export async function demandOwnSlots(db: Db, actor: Actor, id: PractitionerId): Promise<void> {
  const isNamed = actor.role === 'practitioner' && actor.practitionerId === id
  if (actor.role !== 'coordinator' && !isNamed) throw problem('role-may-not')
  if (!(await isPractitioner(db, actor.cptsId, id))) throw problem('not-found')
}
