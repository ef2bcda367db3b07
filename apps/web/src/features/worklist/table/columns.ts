import type { ColumnKey, Sort } from '../filters/worklist-filters.ts'
import { columnLabels } from '../worklist.messages.ts'

export interface Column {
  key: ColumnKey | 'patient'
  label: string
  /** The order that follows this column. */
  sorted?: Sort
  /** Its head is said and not shown: the marks under it speak for themselves. */
  hidden?: boolean
}

const of = (key: ColumnKey, more: Partial<Column> = {}): Column => ({ key, label: columnLabels[key], ...more })

/** All that a row may show, in the order that it is read. */
export const columns: readonly Column[] = [
  of('band', { sorted: 'band' }),
  of('due', { sorted: 'queue' }),
  of('kind'),
  { key: 'patient', label: 'Patient' },
  of('reference'),
  of('place'),
  of('status'),
  of('next'),
  of('opened', { sorted: 'opened' }),
  of('owner', { hidden: true }),
]

/** What is shown as long as nobody chose. */
export const usualColumns: readonly ColumnKey[] = ['band', 'due', 'kind', 'place', 'status', 'next', 'owner']

/** The columns to show; the patient always is. */
export function shownColumns(chosen: readonly ColumnKey[]): readonly Column[] {
  const wanted = chosen.length > 0 ? chosen : usualColumns
  return columns.filter(({ key }) => key === 'patient' || wanted.includes(key))
}

/** The choice once a column was ticked or not: the usual ones again are written as no choice at all. */
export function withColumn(chosen: readonly ColumnKey[], key: ColumnKey, isShown: boolean): ColumnKey[] {
  const before = chosen.length > 0 ? chosen : usualColumns
  const after = columns.flatMap(({ key: one }) =>
    one !== 'patient' && (one === key ? isShown : before.includes(one)) ? [one] : [],
  )
  const isUsual = after.length === usualColumns.length && after.every((one) => usualColumns.includes(one))
  return isUsual ? [] : after
}
