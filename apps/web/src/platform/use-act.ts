import { type Ref, readonly, ref, type ShallowRef, shallowRef } from 'vue'
import { ApiProblem } from './http.ts'
import { type Explanation, explain } from './problem-text.ts'

export interface Act {
  busy: Readonly<Ref<boolean>>
  /** Why the last try failed, to say beside the button. */
  failure: Readonly<ShallowRef<Explanation | undefined>>
  /** The refusal itself, where its code or its fields matter (`case-changed`, look-alikes). */
  problem: Readonly<ShallowRef<ApiProblem | undefined>>
  /** Runs one write at a time; gives its answer, or undefined when it failed or when one is already under way. */
  run: <T>(write: () => Promise<T>) => Promise<T | undefined>
  /** Once nothing is being written: what a key asks for meanwhile waits here rather than be lost. */
  idle: () => Promise<void>
  forget: () => void
}

/** A write and what it left on screen. The words typed stay where they are: the caller clears them on an answer only. */
export function useAct(): Act {
  const busy = ref(false)
  const failure = shallowRef<Explanation>()
  const problem = shallowRef<ApiProblem>()
  const forget = (): void => {
    failure.value = undefined
    problem.value = undefined
  }
  let underWay: Promise<unknown> = Promise.resolve()
  const idle = async (): Promise<void> => {
    while (busy.value) await underWay
  }
  const run = <T>(write: () => Promise<T>): Promise<T | undefined> => {
    if (busy.value) return Promise.resolve(undefined)
    const answer = attempt(write)
    underWay = answer
    return answer
  }
  const attempt = async <T>(write: () => Promise<T>): Promise<T | undefined> => {
    forget()
    busy.value = true
    try {
      return await write()
    } catch (error) {
      if (error instanceof ApiProblem) problem.value = error
      failure.value = explain(error)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy: readonly(busy), failure, problem, run, idle, forget }
}
