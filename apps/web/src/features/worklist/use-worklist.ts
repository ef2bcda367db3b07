import type { WorklistItem } from '@maillage/contracts/worklist'
import { computed, onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Explanation, explain } from '../../platform/problem-text.ts'
import type { Filters } from './filters/worklist-filters.ts'
import { readRows } from './read-rows.ts'
import { worklistApi } from './worklist.api.ts'

const pageSize = 100

export interface Worklist {
  items: Readonly<ShallowRef<readonly WorklistItem[]>>
  /** The last page has been read: `items` is the whole list. */
  isWhole: Readonly<Ref<boolean>>
  /** Nothing is known yet of what is asked for now. */
  isFirst: Readonly<Ref<boolean>>
  failure: Readonly<ShallowRef<Explanation | undefined>>
  /** Reads the page after those read, once at a time. */
  more: () => Promise<void>
  /** Reads anew as many rows as are known, so that the row looked at stays where it is. */
  refresh: () => Promise<void>
}

/** The rows of the queue, page after page. Only what was asked last counts. */
export function useWorklist(filters: Readonly<Ref<Filters>>, q: Readonly<Ref<string>>): Worklist {
  const api = worklistApi(useHttp())
  const items = shallowRef<readonly WorklistItem[]>([])
  const next = ref<string | null>(null)
  const isFirst = ref(true)
  const failure = shallowRef<Explanation>()
  let asked = new AbortController()
  let reading = false

  const read = async (known: readonly WorklistItem[], from: string | undefined, wanted: number): Promise<void> => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    const what = { filters: filters.value, q: q.value || undefined, limit: pageSize }
    reading = true
    try {
      const page = await readRows((cursor) => api.page({ ...what, cursor }, signal), known, from, wanted)
      if (signal.aborted) return
      items.value = page.items
      next.value = page.next
      failure.value = undefined
      isFirst.value = false
    } catch (error) {
      if (signal.aborted) return
      failure.value = explain(error)
    }
    reading = false
  }
  const more = async (): Promise<void> => {
    if (!reading && next.value !== null) await read(items.value, next.value, items.value.length + 1)
  }
  const refresh = (): Promise<void> => read([], undefined, Math.max(1, items.value.length))
  watch(
    [filters, q],
    () => {
      items.value = []
      next.value = null
      isFirst.value = true
      void read([], undefined, 1)
    },
    { immediate: true },
  )
  onScopeDispose(() => asked.abort())
  const isWhole = computed(() => !isFirst.value && next.value === null)
  return { items, isWhole, isFirst: readonly(isFirst), failure, more, refresh }
}
