import { type Ref, type ShallowRef, shallowRef, watch } from 'vue'
import { ApiProblem, NetworkFailure, UnexpectedAnswer, useHttp } from '../../../platform/http.ts'
import { worklistApi } from '../worklist.api.ts'
import { type FilterKey, type Filters, setFilters, without } from './worklist-filters.ts'

export interface Relief {
  key: FilterKey
  count: number
  /** More than what was counted. */
  isMore: boolean
}

const most = 50

/** For each filter set on an empty list: how many cases there would be without it. */
export function useRelief(
  isEmpty: Readonly<Ref<boolean>>,
  filters: Readonly<Ref<Filters>>,
  q: Readonly<Ref<string>>,
): Readonly<ShallowRef<readonly Relief[]>> {
  const api = worklistApi(useHttp())
  const reliefs = shallowRef<readonly Relief[]>([])
  const ask = async (key: FilterKey): Promise<Relief> => {
    const page = await api.page({ filters: without(filters.value, key), q: q.value || undefined, limit: most })
    return { key, count: page.items.length, isMore: page.next !== null }
  }
  const ofAll = async (wanted: Filters): Promise<void> => {
    try {
      const found = await Promise.all(setFilters(wanted).map(ask))
      // Asked for another list meanwhile.
      if (filters.value === wanted) reliefs.value = found
    } catch (error) {
      // It only helps: the empty list says enough without it.
      const isCall = error instanceof ApiProblem || error instanceof NetworkFailure || error instanceof UnexpectedAnswer
      if (!isCall) throw error
    }
  }
  watch(
    [isEmpty, filters],
    () => {
      reliefs.value = []
      if (isEmpty.value && setFilters(filters.value).length > 0) void ofAll(filters.value)
    },
    { immediate: true },
  )
  return reliefs
}
