import { cardFreshDays } from '@maillage/contracts/directory/practitioner-cards'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Practitioner, PractitionerQuery } from '@maillage/contracts/practitioners'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { findPractitioner, listPractitioners } from './directory.store.ts'
import type { Reading } from './directory-entry.ts'
import { seesCapacity } from './sees-capacity.ts'

async function readingOf(db: Db, actor: Actor, now: Date): Promise<Reading> {
  const { timeZone } = await loadCalendar(db, actor.cptsId)
  return {
    cptsId: actor.cptsId,
    today: dayIn(timeZone, now),
    seesCapacity: seesCapacity(actor),
    staleBefore: new Date(now.getTime() - cardFreshDays * 86_400_000),
    isCoordinator: actor.role === 'coordinator',
    own: actor.practitionerId,
  }
}

/** A page of the directory, as the actor's role may read it. */
export function readDirectory(
  deps: Deps,
  actor: Actor,
  query: PractitionerQuery,
): Promise<{ items: Practitioner[]; next: string | null }> {
  return deps.db.read(actor.cptsId, async (db) => {
    const reading = await readingOf(db, actor, deps.now())
    // The answer to this filter would tell what the columns do not show.
    if (query.acceptsNewPatients && !reading.seesCapacity) throw problem('role-may-not')
    if (query.publication && !reading.isCoordinator) throw problem('role-may-not')
    return listPractitioners(db, reading, query)
  })
}

/** One entry of the directory, as the actor's role may read it. */
export function readPractitioner(deps: Deps, actor: Actor, id: PractitionerId): Promise<Practitioner> {
  return deps.db.read(actor.cptsId, async (db) => {
    const found = await findPractitioner(db, await readingOf(db, actor, deps.now()), id)
    if (!found) throw problem('not-found')
    return found
  })
}
