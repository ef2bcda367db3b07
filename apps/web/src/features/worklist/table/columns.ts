import type { Sort } from '../filters/worklist-filters.ts'

export interface Column {
  key: string
  label: string
  /** The order that follows this column. */
  sorted?: Sort
  /** Its head is said and not shown: the marks under it speak for themselves. */
  hidden?: boolean
}

export const columns: readonly Column[] = [
  { key: 'band', label: 'Priorité', sorted: 'band' },
  { key: 'due', label: 'Échéance', sorted: 'queue' },
  { key: 'kind', label: 'Type' },
  { key: 'patient', label: 'Patient' },
  { key: 'place', label: 'Commune' },
  { key: 'status', label: 'Statut' },
  { key: 'next', label: 'Prochaine étape' },
  { key: 'owner', label: 'Responsable', hidden: true },
]
