import type { Deps } from '../../src/kernel/context.ts'
import { ProblemError } from '../../src/platform/problem-error.ts'
import type { Step, Story } from './stories/story.ts'

/** Acts that run side by side: as many as the pool has connections. */
const lanes = 4

/** Whom to tell how far it is. */
interface Told {
  onStep(step: Step): void
  /** The rules refused an act: its story ends there. */
  onRefusal(step: Step, error: ProblemError): void
}

/**
 * Runs the acts of all stories in the order of their hours. Those of one story follow each other, openings take their
 * references one after the other in each CPTS, and the rest overlaps: no act depends on another story's.
 */
export async function runSteps(deps: Deps, steps: readonly Step[], told: Told): Promise<void> {
  const inOrder = [...steps].sort((one, other) => one.at.getTime() - other.at.getTime())
  const tails = new Map<unknown, Promise<void>>()
  const running = new Set<Promise<void>>()
  const ended = new Set<Story>()
  const start = (step: Step): Promise<void> => {
    const { story, manner } = step
    const keys = manner === 'opening' ? [story, story.world] : [story]
    const before = [...keys, story.after].map((key) => tails.get(key))
    const done = Promise.all(before).then(async () => {
      if (ended.has(story)) return
      await step.run(deps).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error
        ended.add(story)
        told.onRefusal(step, error)
      })
      told.onStep(step)
    })
    for (const key of keys) tails.set(key, done)
    running.add(done)
    done.then(
      () => running.delete(done),
      () => undefined,
    )
    return done
  }
  try {
    for (const step of inOrder) {
      if (step.manner === 'alone') await Promise.all(running)
      while (running.size >= lanes) await Promise.race(running)
      const done = start(step)
      if (step.manner === 'alone') await done
    }
    await Promise.all(running)
  } finally {
    // After a failure, nothing may still be writing when the caller cleans up.
    await Promise.allSettled(running)
  }
}
