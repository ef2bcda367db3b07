import { type Ref, ref, watch } from 'vue'

export interface RowCursor {
  /** The one row that Tab reaches. */
  at: Ref<number>
  /** True when the row changed. */
  moveTo: (index: number) => boolean
}

/** Where the keyboard is in the list: one tab stop, that stays within the list as it changes. */
export function useRowCursor(length: () => number, focusRow: (index: number) => void): RowCursor {
  const at = ref(0)
  watch(length, (rows) => {
    if (at.value >= rows) at.value = Math.max(0, rows - 1)
  })
  const moveTo = (index: number): boolean => {
    const last = length() - 1
    if (last < 0) return false
    const before = at.value
    at.value = Math.min(last, Math.max(0, index))
    focusRow(at.value)
    return at.value !== before
  }
  return { at, moveTo }
}
