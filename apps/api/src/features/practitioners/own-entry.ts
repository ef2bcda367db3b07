import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { practitionersOf } from '../../kernel/delegation/standing-in.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { isKnown } from './intake.store.ts'

/** Is it the entry of whoever acts? A coordinator who also practises acts as the coordinator they are now. */
export const isOwnEntry = (actor: Actor, id: PractitionerId): boolean =>
  actor.role === 'practitioner' && actor.practitionerId === id

/** Places and absences: the practitioner, the secretary whom they let do it, or a coordinator who writes it down. */
export function demandMayDeclare(actor: Actor, id: PractitionerId): void {
  if (actor.role === 'coordinator' || practitionersOf(actor, 'places-and-absences').includes(id)) return
  throw problem(actor.role === 'secretary' ? 'delegation-ended' : 'role-may-not')
}

/** Whoever acts on an entry as the trail names them: in whose place, when it is not their own. */
export const declaring = (actor: Actor, id: PractitionerId): Actor =>
  isOwnEntry(actor, id) ? actor : { ...actor, onBehalfOf: { practitionerId: id } }

/** Places and absences are the practitioner's own, or the coordinator's to record: 403 for anybody else, 404 for nobody. */
export async function demandOwnEntry(db: Db, actor: Actor, id: PractitionerId): Promise<void> {
  demandMayDeclare(actor, id)
  if (!(await isKnown(db, actor.cptsId, id))) throw problem('not-found')
}
