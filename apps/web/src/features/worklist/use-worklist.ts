import type { WorklistItem } from '@maillage/contracts/worklist'
import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { type Explanation, explain } from '../../platform/problem-text.ts'
import { worklistApi } from './worklist.api.ts'
import type { Filters } from './worklist-filters.ts'

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
  const isWhole = ref(false)
  const failure = shallowRef<Explanation>()
  let asked = new AbortController()
  let reading = false

  const read = async (known: readonly WorklistItem[], cursor: string | undefined): Promise<void> => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    reading = true
    try {
      const wanted = { filters: filters.value, q: q.value || undefined, limit: pageSize }
      const page = await api.page({ ...wanted, cursor }, signal)
      if (signal.aborted) return
      const seen = new Set(known.map(({ id }) => id))
      items.value = [...known, ...page.items.filter(({ id }) => !seen.has(id))]
      next.value = page.next
      isWhole.value = page.next === null
      failure.value = undefined
      isFirst.value = false
    } catch (error) {
      if (signal.aborted) return
      failure.value = explain(error)
    }
    reading = false
  }
  const more = async (): Promise<void> => {
    if (reading || next.value === null) return
    await read(items.value, next.value)
  }
  const refresh = async (): Promise<void> => {
    const length = items.value.length
    await read([], undefined)
    while (items.value.length < length && next.value !== null && failure.value === undefined) await more()
  }
  watch(
    [filters, q],
    () => {
      items.value = []
      next.value = null
      isFirst.value = true
      isWhole.value = false
      void read([], undefined)
    },
    { immediate: true },
  )
  onScopeDispose(() => asked.abort())
  return { items, isWhole: readonly(isWhole), isFirst: readonly(isFirst), failure, more, refresh }
}
