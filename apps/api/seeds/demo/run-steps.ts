import type { Deps } from '../../src/kernel/context.ts'
import type { Step } from './stories/story.ts'

/** Acts that run side by side: as many as the pool has connections. */
const lanes = 4

/**
 * Runs the acts of all stories in the order of their hours. Those of one story follow each other, openings take their
 * references one after the other in each CPTS, and the rest overlaps: no act depends on another story's.
 */
export async function runSteps(deps: Deps, steps: readonly Step[], onStep: (step: Step) => void): Promise<void> {
  const inOrder = [...steps].sort((one, other) => one.at.getTime() - other.at.getTime())
  const tails = new Map<unknown, Promise<void>>()
  const running = new Set<Promise<void>>()
  const start = (step: Step): Promise<void> => {
    const { story, manner } = step
    const keys = manner === 'opening' ? [story, `${story.world.cptsId} ${story.kind}`] : [story]
    const before = [...keys, story.after].map((key) => tails.get(key))
    const done = Promise.all(before).then(async () => {
      await step.run(deps)
      onStep(step)
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
