import type { HomeVisit } from './home-visits.store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A pause this long ends a visit: back from lunch, what came meanwhile is news. Our default, to judge by use. */
const pauseMinutes = 30
/** Before the first visit, and after a long absence, news do not go back further. */
const firstHours = 24
const mostDays = 7

/** Since when what came in is news to somebody who looks at `now`. */
export function newsSince(known: HomeVisit | undefined, now: Date): Date {
  if (!known) return new Date(now.getTime() - firstHours * HOUR)
  const isOver = now.getTime() - known.lastAt.getTime() >= pauseMinutes * MINUTE
  const last = isOver ? known.lastAt : known.since
  return new Date(Math.max(last.getTime(), now.getTime() - mostDays * 24 * HOUR))
}
