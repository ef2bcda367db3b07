import { dayIn } from '@maillage/contracts/kit/dates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Practitioner, PractitionerQuery } from '@maillage/contracts/practitioners'
import type { Role } from '@maillage/contracts/roles'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { findPractitioner, listPractitioners, type Reading } from './directory.store.ts'

// Places are opened discreetly: a ward and a requester read who practises where, not who still takes patients.
const withoutCapacity: readonly Role[] = ['hospital_staff', 'requester']

async function readingOf(db: Db, actor: Actor, now: Date): Promise<Reading> {
  const { timeZone } = await loadCalendar(db, actor.cptsId)
  const seesCapacity = !withoutCapacity.some((role) => role === actor.role)
  return { cptsId: actor.cptsId, today: dayIn(timeZone, now), seesCapacity }
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
