import type { CaseId } from '@maillage/contracts/kit/ids'
import type { WorklistItem } from '@maillage/contracts/worklist'
import { type ComputedRef, computed, type Ref, type ShallowRef, shallowRef, watch } from 'vue'
import { allOrNothing, nothing, type Selection, toggled, upTo, within } from './selection.ts'

export interface RowSelection {
  ids: ComputedRef<ReadonlySet<CaseId>>
  rows: ComputedRef<readonly WorklistItem[]>
  /** Every row that is read is selected. */
  isAll: ComputedRef<boolean>
  toggle: (id: CaseId) => void
  /** Up to this one, from the last that was ticked. */
  range: (id: CaseId) => void
  all: () => void
  clear: () => void
}

/** Which rows are ticked; what leaves the list is no longer among them. */
export function useSelection(items: Readonly<Ref<readonly WorklistItem[]>>): RowSelection {
  const selection: ShallowRef<Selection> = shallowRef(nothing)
  const order = (): CaseId[] => items.value.map(({ id }) => id)
  watch(items, () => {
    if (selection.value.ids.size > 0) selection.value = within(selection.value, order())
  })
  const ids = computed(() => selection.value.ids)
  return {
    ids,
    rows: computed(() => (ids.value.size === 0 ? [] : items.value.filter(({ id }) => ids.value.has(id)))),
    isAll: computed(() => ids.value.size > 0 && ids.value.size === items.value.length),
    toggle: (id) => {
      selection.value = toggled(selection.value, id)
    },
    range: (id) => {
      selection.value = upTo(selection.value, id, order())
    },
    all: () => {
      selection.value = allOrNothing(selection.value, order())
    },
    clear: () => {
      selection.value = nothing
    },
  }
}
