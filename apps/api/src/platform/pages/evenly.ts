import { setTimeout as wait } from 'node:timers/promises'

/** How long an answer takes that must not tell by its length what was found. */
const evenMs = 350

/** Does something, and answers no sooner than after the same time: found or not, known or not. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work(), wait(evenMs)])
  if (done.status === 'rejected') throw done.reason
  return done.value
}
