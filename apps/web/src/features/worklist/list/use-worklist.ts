import type { CaseId } from '@maillage/contracts/kit/ids'
import type { WorklistItem } from '@maillage/contracts/worklist'
import { until } from '@vueuse/core'
import { computed, onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useHttp } from '../../../platform/http.ts'
import { type Explanation, explain } from '../../../platform/problem-text.ts'
import { type Filters, queryOf } from '../filters/worklist-filters.ts'
import { type WorklistPage, worklistApi } from '../worklist.api.ts'
import { joined, pageSizes, patched, wantsMore } from './pages-ahead.ts'
import { readRows } from './read-rows.ts'

export interface Worklist {
  items: Readonly<ShallowRef<readonly WorklistItem[]>>
  /** The last page has been read: `items` is the whole list. */
  isWhole: Readonly<Ref<boolean>>
  /** Nothing is known yet of what is asked for now. */
  isFirst: Readonly<Ref<boolean>>
  failure: Readonly<ShallowRef<Explanation | undefined>>
  /** When something was last read. */
  readAt: Readonly<ShallowRef<Date | undefined>>
  /** The first rows stand, or cannot be had: what is less urgent may be asked for. */
  opened: Promise<unknown>
  /** The furthest row looked at: pages are read until enough lie ready beyond it. */
  reach: (index: number) => void
  /** Tries again what could not be read. */
  more: () => Promise<void>
  /** Reads anew what is around the row looked at: the rows come in their order of now. */
  refresh: () => Promise<void>
  /** Reads some rows again where they stand. Gives those that the filters let through. */
  patch: (ids: readonly CaseId[]) => Promise<readonly WorklistItem[]>
}

const mostAtOnce = 200

interface State {
  items: ShallowRef<readonly WorklistItem[]>
  next: Ref<string | null>
  /** More may match than the server looked at. */
  isPartial: Ref<boolean>
  isFirst: Ref<boolean>
  failure: ShallowRef<Explanation | undefined>
  readAt: ShallowRef<Date | undefined>
}

interface Runner {
  isBusy: () => boolean
  run: (read: (signal: AbortSignal) => Promise<void>) => Promise<void>
}

/** One reading at a time: a new one gives up the former, and only the last one's fate is told. */
function useRunner({ isFirst, failure, readAt }: State): Runner {
  let asked = new AbortController()
  let isReading = false
  const run: Runner['run'] = async (read) => {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    isReading = true
    try {
      await read(signal)
      if (signal.aborted) return
      failure.value = undefined
      isFirst.value = false
      readAt.value = new Date()
    } catch (error) {
      if (signal.aborted) return
      failure.value = explain(error)
    }
    isReading = false
  }
  onScopeDispose(() => asked.abort())
  return { isBusy: () => isReading, run }
}

type Paging = Pick<Worklist, 'reach' | 'more' | 'refresh'> & { begin: () => void }

/** Reads pages until enough rows lie ready beyond the one looked at. */
function usePaging(state: State, filters: Readonly<Ref<Filters>>, q: Readonly<Ref<string>>): Paging {
  const api = worklistApi(useHttp())
  const { items, next, isPartial, isFirst, failure } = state
  const { isBusy, run } = useRunner(state)
  let reached = 0
  const pageAfter = async (cursor: string | undefined, signal: AbortSignal): Promise<WorklistPage> => {
    const limit = cursor === undefined ? pageSizes.first : pageSizes.next
    const page = await api.page({ filters: filters.value, q: q.value || undefined, limit, cursor }, signal)
    if (!signal.aborted) isPartial.value = page.isPartial ?? false
    return page
  }
  const isShort = (): boolean => !failure.value && wantsMore(items.value.length, reached)
  const more = async (): Promise<void> => {
    if (isBusy() || next.value === null) return
    await run(async (signal) => {
      const page = await pageAfter(next.value ?? undefined, signal)
      if (signal.aborted) return
      items.value = joined(items.value, page.items)
      next.value = page.next
    })
    if (isShort()) await more()
  }
  const readAgain = async (wanted: number): Promise<void> => {
    await run(async (signal) => {
      const page = await readRows((cursor) => pageAfter(cursor, signal), [], undefined, wanted)
      if (signal.aborted) return
      items.value = page.items
      next.value = page.next
    })
    if (isShort()) await more()
  }
  const begin = (): void => {
    items.value = []
    next.value = null
    isFirst.value = true
    reached = 0
    void readAgain(1)
  }
  const reach = (index: number): void => {
    reached = index
    if (isShort()) void more()
  }
  return { begin, reach, more, refresh: () => readAgain(Math.max(1, Math.min(items.value.length, reached + 1))) }
}

/** The rows of the queue, page after page, each read before it is needed. Only what was asked last counts. */
export function useWorklist(filters: Readonly<Ref<Filters>>, q: Readonly<Ref<string>>): Worklist {
  const api = worklistApi(useHttp())
  const state: State = {
    items: shallowRef([]),
    next: ref(null),
    isPartial: ref(false),
    isFirst: ref(true),
    failure: shallowRef(),
    readAt: shallowRef(),
  }
  const { begin, ...paging } = usePaging(state, filters, q)
  const { items, next, isPartial, isFirst, failure, readAt } = state
  const patch = async (ids: readonly CaseId[]): Promise<readonly WorklistItem[]> => {
    const found: WorklistItem[] = []
    for (let at = 0; at < ids.length; at += mostAtOnce) {
      const part = ids.slice(at, at + mostAtOnce)
      const answer = await api.rows(filters.value, part)
      found.push(...answer.items)
      items.value = patched(items.value, new Set(part), answer.items)
    }
    return found
  }
  // The columns are the screen's alone.
  watch([() => JSON.stringify(queryOf(filters.value)), q], begin, { immediate: true })
  const isWhole = computed(() => !isFirst.value && next.value === null && !isPartial.value)
  const opened = until(() => !isFirst.value || failure.value !== undefined).toBe(true, { flush: 'post' })
  return { items, isWhole, isFirst: readonly(isFirst), failure, readAt, opened, ...paging, patch }
}
