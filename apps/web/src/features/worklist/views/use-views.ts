import type { SavedView } from '@maillage/contracts/coordination/saved-views'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { useHttp } from '../../../platform/http.ts'
import { useUndo } from '../../../platform/undo.ts'
import { type Act, useAct } from '../../../platform/use-act.ts'
import { useLoad } from '../../../platform/use-load.ts'
import type { Filters } from '../filters/worklist-filters.ts'
import { savedViewsApi } from './saved-views.api.ts'
import { filtersOfView, isSameView, myDay, queryOfView } from './view-query.ts'

/** A view as the menu lists it; the one that everybody has is kept nowhere. */
export interface ViewLine {
  key: string
  name: string
  filters: Filters
  saved: SavedView | undefined
}

export interface Views {
  lines: ComputedRef<readonly ViewLine[]>
  /** The view that the list shows now. */
  current: ComputedRef<ViewLine | undefined>
  /** The view that was opened last, when the list was changed since. */
  edited: ComputedRef<ViewLine | undefined>
  act: Act
  open: (line: ViewLine) => void
  add: (name: string, shared: boolean) => Promise<boolean>
  change: (view: SavedView, to: Partial<Pick<SavedView, 'name' | 'shared' | 'query'>>) => Promise<boolean>
  drop: (view: SavedView) => Promise<void>
}

const dayKey = 'ma-journee'

/** The views of the queue: those that one keeps, those that colleagues share, and the day's. */
export function useViews(
  filters: Readonly<Ref<Filters>>,
  setFilters: (filters: Filters) => unknown,
  /** Before that, there is more urgent to ask for. */
  ready: Promise<unknown>,
): Views {
  const api = savedViewsApi(useHttp())
  const undo = useUndo()
  const act = useAct()
  const load = useLoad(async (signal) => {
    await ready
    return await api.list(signal)
  })
  const opened = ref<string>()

  const lines = computed<readonly ViewLine[]>(() => [
    { key: dayKey, name: myDay.name, filters: myDay.filters, saved: undefined },
    ...(load.data.value?.items ?? []).map((saved) => ({
      key: saved.id,
      name: saved.name,
      filters: filtersOfView(saved),
      saved,
    })),
  ])
  const current = computed(() => {
    const same = lines.value.filter((line) => isSameView(line.filters, filters.value))
    return same.find(({ key }) => key === opened.value) ?? same[0]
  })
  const edited = computed(() => (current.value ? undefined : lines.value.find(({ key }) => key === opened.value)))
  const open = (line: ViewLine): void => {
    opened.value = line.key
    void setFilters(line.filters)
  }
  const add = async (name: string, shared: boolean): Promise<boolean> => {
    const view = await act.run(() => api.add({ name, shared, query: queryOfView(filters.value) }))
    if (!view) return false
    await load.reload()
    opened.value = view.id
    return true
  }
  const change: Views['change'] = async ({ id, name, shared, query, version }, to) => {
    const view = await act.run(() => api.change(id, { name, shared, query, ...to, version }))
    // Changed from another screen: the list says how it is now.
    await load.reload()
    return view !== undefined
  }
  const drop = async ({ id, name, shared, query }: SavedView): Promise<void> => {
    const done = await act.run(async () => {
      await api.drop(id)
      return true
    })
    await load.reload()
    if (!done) return
    const back = async (): Promise<void> => {
      const view = await api.add({ name, shared, query })
      await load.reload()
      opened.value = view.id
    }
    undo.offerUndo({ text: `Vue «\u00A0${name}\u00A0» supprimée`, undo: back })
  }
  return { lines, current, edited, act, open, add, change, drop }
}
