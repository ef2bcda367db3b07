import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowRef, type WatchSource, watch } from 'vue'
import { type Explanation, explain } from './problem-text.ts'

export interface Load<T> {
  /** What was read last; it stays while it is read anew, so that nothing moves under the cursor. */
  data: Readonly<ShallowRef<T | undefined>>
  failure: Readonly<ShallowRef<Explanation | undefined>>
  loading: Readonly<Ref<boolean>>
  reload: () => Promise<void>
  /** Puts the server's answer to a write in place of what was read. */
  replace: (answer: T) => void
}

/**
 * Reads something for a page: at once, on `reload`, and each time `source` changes (another case: what was read of the
 * former one goes). Only the last asked counts, and leaving the page drops it.
 */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>, source: WatchSource = () => 0): Load<T> {
  const data = shallowRef<T>()
  const failure = shallowRef<Explanation>()
  const loading = ref(true)
  let asked = new AbortController()

  const reload = async (): Promise<void> => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    loading.value = true
    try {
      const answer = await read(signal)
      if (signal.aborted) return
      data.value = answer
      failure.value = undefined
    } catch (error) {
      if (signal.aborted) return
      failure.value = explain(error)
    }
    loading.value = false
  }
  watch(
    source,
    async () => {
      data.value = undefined
      failure.value = undefined
      await reload()
    },
    { immediate: true },
  )
  onScopeDispose(() => asked.abort())
  const replace = (answer: T): void => {
    data.value = answer
  }
  return { data, failure, loading: readonly(loading), reload, replace }
}
