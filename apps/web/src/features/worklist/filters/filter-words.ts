import { dueLabels, ownerLabels, statusWords } from '../worklist.messages.ts'
import type { FilterKey, Filters } from './worklist-filters.ts'

type Names = readonly { code: string; name: string }[]

/** « P1, P2 », « d’ici 7 jours », « Junas »: what a filter is set to. */
export function filterWords(filters: Filters, key: FilterKey, municipalities: Names): string {
  const nameOf = (code: string): string => municipalities.find((one) => one.code === code)?.name ?? code
  switch (key) {
    case 'due':
      return filters.due ? dueLabels[filters.due] : ''
    case 'owner':
      return filters.owner ? ownerLabels[filters.owner] : ''
    case 'band':
      return filters.band.join(', ')
    case 'status':
      return [...new Set(filters.status.map((status) => statusWords(status, filters.kind)))].join(', ')
    case 'municipality':
      return filters.municipality.map(nameOf).join(', ')
  }
}

const inTitle: Record<FilterKey, (words: string) => string> = {
  due: (words) => words,
  owner: (words) => (words === 'moi' ? 'dont vous êtes responsable' : 'sans responsable'),
  band: (words) => `en ${words}`,
  status: (words) => `«\u00A0${words}\u00A0»`,
  municipality: (words) => `à ${words}`,
}

/** « Aucun dossier à Junas en P1 ». */
export function emptyTitle(filters: Filters, keys: readonly FilterKey[], municipalities: Names): string {
  const parts = keys.map((key) => inTitle[key](filterWords(filters, key, municipalities)))
  return ['Aucun dossier', ...parts].join(' ')
}
