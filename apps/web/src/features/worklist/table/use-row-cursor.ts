import { type Ref, ref, watch } from 'vue'

export interface RowCursor {
  /** The one row that Tab reaches. */
  at: Ref<number>
  move: (by: number) => void
}

/** Where the keyboard is in the list: one tab stop, that stays within the list as it changes. */
export function useRowCursor(length: () => number, focusRow: (index: number) => void): RowCursor {
  const at = ref(0)
  watch(length, (rows) => {
    if (at.value >= rows) at.value = Math.max(0, rows - 1)
  })
  const move = (by: number): void => {
    const last = length() - 1
    if (last < 0) return
    at.value = Math.min(last, Math.max(0, at.value + by))
    focusRow(at.value)
  }
  return { at, move }
}
