import { setTimeout as sleep } from 'node:timers/promises'

/** How a long job goes on between two batches: whether it must stop, and how long it leaves the machine to people. */
export interface Pace {
  /** True once the process is asked to end: what is left is taken up at the next run. */
  isStopped(): boolean
  /** Waits after a batch that took so many milliseconds. */
  rest(tookMs: number): Promise<void>
}

/** For the demo's preparation and operator's commands on an idle machine. */
export const withoutRest: Pace = { isStopped: () => false, rest: () => Promise.resolve() }

const longestRestMs = 2000

/**
 * Rests as long as it worked: whatever the load of the machine, a job takes at most half of one connection. Gives up
 * resting at the signal.
 */
export function restingAsLong(signal?: AbortSignal): Pace {
  return {
    isStopped: () => signal?.aborted ?? false,
    rest: (tookMs) => sleep(Math.min(tookMs, longestRestMs), undefined, { signal }).catch(() => undefined),
  }
}

/** Does batch after batch until `step` answers false, or until it must stop; true when nothing is left. */
export async function inBatches(pace: Pace, step: () => Promise<boolean>): Promise<boolean> {
  while (!pace.isStopped()) {
    const began = performance.now()
    if (!(await step())) return true
    await pace.rest(performance.now() - began)
  }
  return false
}
