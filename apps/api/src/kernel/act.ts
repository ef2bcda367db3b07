import type { Db } from '../platform/db/database.ts'
import type { Actor } from './actor.ts'
import { loadCalendar } from './calendar.store.ts'
import type { Context, Deps } from './context.ts'
import { asTheyStand } from './delegation/held-delegations.ts'

/** Opens the one transaction of an act, with the clock read once and the calendar of the actor's CPTS. */
export function act<T>(deps: Deps, actor: Actor, work: (tx: Db, context: Context) => Promise<T>): Promise<T> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const calendar = await loadCalendar(tx, actor.cptsId)
    return work(tx, { actor: await asTheyStand(tx, actor), now: deps.now(), calendar, kinds: deps.kinds })
  })
}
