import type { AccountId } from '@maillage/contracts/kit/ids'
import { type ComputedRef, computed, type Ref, watch } from 'vue'
import { useQueueOrder } from '../../../kernel/queue-order.ts'
import { useHttp } from '../../../platform/http.ts'
import { useLiveReload } from '../../../platform/live.ts'
import { useLoad } from '../../../platform/use-load.ts'
import type { Known } from '../filters/filter-words.ts'
import type { Filters } from '../filters/worklist-filters.ts'
import { worklistApi } from '../worklist.api.ts'
import { type CountWords, countWords } from './count-words.ts'
import type { Worklist } from './use-worklist.ts'

export interface ListFacts {
  counts: ReturnType<typeof useCounts>
  /** Communes and coordinators, behind the codes that filters hold. */
  known: ComputedRef<Known>
  colleagues: ComputedRef<readonly { id: AccountId; displayName: string }[]>
  words: ComputedRef<CountWords>
}

function useCounts() {
  const api = worklistApi(useHttp())
  const counts = useLoad((signal) => api.counts(signal))
  // Figures may change at once: nothing moves with them.
  useLiveReload(counts.reload, ({ what }) => what === 'case')
  return counts
}

/** What stands around the rows: the counts of the tabs, which follow what others do, and the names behind the filters. */
export function useListFacts(filters: Readonly<Ref<Filters>>, q: Readonly<Ref<string>>, list: Worklist): ListFacts {
  const api = worklistApi(useHttp())
  const counts = useCounts()
  const territory = useLoad(async (signal) => {
    await list.opened
    return await api.territory(signal)
  })
  const coordinators = useLoad(async (signal) => {
    await list.opened
    return await api.coordinators(signal)
  })
  const colleagues = computed(() => coordinators.data.value?.items ?? [])
  const known = computed(() => ({
    municipalities: territory.data.value?.municipalities ?? [],
    coordinators: colleagues.value,
  }))
  const words = computed(() =>
    countWords({
      filters: filters.value,
      q: q.value,
      counts: counts.data.value,
      known: list.items.value.length,
      isWhole: list.isWhole.value,
    }),
  )
  // A case's own page then goes on to the next one, in this order.
  const queue = useQueueOrder()
  watch([list.items, words], ([items]) => {
    const rows = items.map(({ reference }) => reference)
    if (rows.length > 0) queue.keep(rows, list.isWhole.value ? rows.length : words.value.total)
  })
  return { counts, known, colleagues, words }
}
