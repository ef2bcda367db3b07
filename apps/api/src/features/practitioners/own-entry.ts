import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { isKnown } from './intake.store.ts'

/** Places and absences are the practitioner's own, or the coordinator's to record: 403 for anybody else, 404 for nobody. */
export async function demandOwnEntry(db: Db, actor: Actor, id: PractitionerId): Promise<void> {
  if (actor.role !== 'coordinator' && actor.practitionerId !== id) throw problem('role-may-not')
  if (!(await isKnown(db, actor.cptsId, id))) throw problem('not-found')
}
