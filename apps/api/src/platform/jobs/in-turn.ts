import type { Owner } from './owner.ts'
import type { Pace } from './pace.ts'

/** What the queue runs, with what it was given. */
export type Job = (payload: unknown, pace: Pace) => Promise<unknown>

/** Of all processes, one at a time: a run that lasts longer than its interval is not joined by the next. */
export const alone =
  ({ owner }: { readonly owner: Pick<Owner, 'alone'> }, name: string, work: (pace: Pace) => Promise<void>): Job =>
  (_payload, pace) =>
    owner.alone(name, () => work(pace))

/** What fails in one CPTS must not leave the others untended: every one has its turn, then the failures are told. */
export async function eachInTurn<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  pace: Pace,
): Promise<void> {
  const failures: unknown[] = []
  for (const item of items) {
    if (pace.isStopped()) break
    const began = performance.now()
    await work(item).catch((error: unknown) => failures.push(error))
    await pace.rest(Math.min(performance.now() - began, 20))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some of the work could not be done')
}
