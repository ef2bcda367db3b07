import { dueLabels, ownerLabels, statusWords } from '../worklist.messages.ts'
import type { FilterKey, Filters } from './worklist-filters.ts'

/** The names behind the codes that filters hold. */
export interface Known {
  municipalities: readonly { code: string; name: string }[]
  coordinators: readonly { id: string; displayName: string }[]
}

/** « moi », « moi ou personne », « Samira Haddad ». */
export function ownerInWords(owner: string, coordinators: Known['coordinators']): string {
  const word = Object.entries(ownerLabels).find(([key]) => key === owner)?.[1]
  return word ?? coordinators.find(({ id }) => id === owner)?.displayName ?? 'un autre compte'
}

/** « P1, P2 », « d’ici 7 jours », « Junas »: what a filter is set to. */
export function filterWords(filters: Filters, key: FilterKey, { municipalities, coordinators }: Known): string {
  const nameOf = (code: string): string => municipalities.find((one) => one.code === code)?.name ?? code
  switch (key) {
    case 'due':
      return filters.due ? dueLabels[filters.due] : ''
    case 'owner':
      return filters.owner ? ownerInWords(filters.owner, coordinators) : ''
    case 'band':
      return filters.band.join(', ')
    case 'status':
      return [...new Set(filters.status.map((status) => statusWords(status, filters.kind)))].join(', ')
    case 'municipality':
      return filters.municipality.map(nameOf).join(', ')
  }
}

const ownerTitles: Readonly<Record<string, string>> = {
  [ownerLabels.me]: 'dont vous êtes responsable',
  [ownerLabels.none]: 'sans responsable',
  [ownerLabels['me-or-none']]: 'à vous ou sans responsable',
}
const inTitle: Record<FilterKey, (words: string) => string> = {
  due: (words) => words,
  owner: (words) => ownerTitles[words] ?? `suivi par ${words}`,
  band: (words) => `en ${words}`,
  status: (words) => `«\u00A0${words}\u00A0»`,
  municipality: (words) => `à ${words}`,
}

/** « Aucun dossier à Junas en P1 ». */
export function emptyTitle(filters: Filters, keys: readonly FilterKey[], known: Known): string {
  const parts = keys.map((key) => inTitle[key](filterWords(filters, key, known)))
  return ['Aucun dossier', ...parts].join(' ')
}
