import type { HomeVisit } from './home-visits.store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A pause this long ends a visit: back from lunch, what came meanwhile is news. Our default, to judge by use. */
export const pauseMinutes = 30
/** Before the first visit, and after a long absence, news do not go back further. */
export const firstHours = 24
export const mostDays = 7

/** The visit under way at `now`: since when answers are news, and the visit before it. */
export function visitAt(known: HomeVisit | undefined, now: Date): { since: Date; lastVisitAt: Date | null } {
  const oldest = now.getTime() - mostDays * 24 * HOUR
  if (!known) return { since: new Date(now.getTime() - firstHours * HOUR), lastVisitAt: null }
  const isOver = now.getTime() - known.lastAt.getTime() >= pauseMinutes * MINUTE
  const last = isOver ? known.lastAt : known.since
  return { since: new Date(Math.max(last.getTime(), oldest)), lastVisitAt: last }
}
