import { type ComputedRef, computed, type WatchSource, watch } from 'vue'
import { type Act, useAct } from '../use-act.ts'
import { type Load, useLoad } from '../use-load.ts'

/** A keyset page, as the API gives it. */
interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

type Read<T> = (cursor: string | undefined, signal?: AbortSignal) => Promise<Page<T>>

export interface Pages<T> extends Omit<Load<Page<T>>, 'data' | 'replace'> {
  /** What was read so far; undefined before the first answer. */
  items: ComputedRef<readonly T[] | undefined>
  /** More follows what was read. */
  hasMore: ComputedRef<boolean>
  /** Reads the page that follows, and puts it behind the others. */
  readMore: () => Promise<void>
  /** The reading of that page: under way, or failed. */
  following: Pick<Act, 'busy' | 'failure'>
  /** Reads all that follows, for paper, in larger pages where there are any; false where it failed. */
  readAll: (readMany?: Read<T>) => Promise<boolean>
}

/**
 * A list that is read page after page. `reload` reads as far as was opened, so that nobody loses the place where they
 * were; another `source` begins anew with the first. A page that comes too late, behind a list that was read anew
 * meanwhile, is dropped: its cursor follows nothing any more.
 */
export function usePages<T>(read: Read<T>, source: WatchSource = () => 0): Pages<T> {
  /** How many lines were opened beyond the first page. */
  let opened = 0
  const act = useAct()
  // Before the list's own watcher: it must begin with the first page.
  watch(source, () => {
    opened = 0
    act.forget()
  })
  const load = useLoad(async (signal) => {
    let { items, next } = await read(undefined, signal)
    while (items.length < opened && next !== null) {
      const page = await read(next, signal)
      items = [...items, ...page.items]
      next = page.next
    }
    return { items, next }
  }, source)

  const follow = async (readNext: Read<T>, most: number): Promise<boolean> => {
    const before = load.data.value
    if (!before) return false
    const now = await act.run(async () => {
      let { items, next } = before
      for (let count = 0; next !== null && count < most; count += 1) {
        const page = await readNext(next)
        items = [...items, ...page.items]
        next = page.next
      }
      return { items, next }
    })
    if (!now || load.data.value !== before) return false
    opened = now.items.length
    load.replace(now)
    return true
  }
  return {
    failure: load.failure,
    loading: load.loading,
    reload: load.reload,
    items: computed(() => load.data.value?.items),
    hasMore: computed(() => Boolean(load.data.value?.next)),
    readMore: async () => {
      await follow(read, 1)
    },
    following: { busy: act.busy, failure: act.failure },
    readAll: (readMany = read) => follow(readMany, Number.POSITIVE_INFINITY),
  }
}
