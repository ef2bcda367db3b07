import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../kernel/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { isOwnEntry } from '../own-entry.ts'
import { lockPractitioner, type PractitionerRow } from '../practitioner.store.ts'

/** The entry, locked and as the caller saw it: its owner's or the coordinator's, else 403; 404 for nobody, 409 when stale. */
export async function lockOwnCard(
  tx: Db,
  actor: Actor,
  id: PractitionerId,
  version?: number,
): Promise<PractitionerRow> {
  if (actor.role !== 'coordinator' && !isOwnEntry(actor, id)) throw problem('role-may-not')
  const row = await lockPractitioner(tx, actor.cptsId, id)
  if (!row) throw problem('not-found')
  if (version !== undefined && row.version !== version) throw problem('version-stale')
  return row
}
