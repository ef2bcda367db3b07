import type { SavedView, SavedViewQuery } from '@maillage/contracts/coordination/saved-views'
import { worklistStatuses } from '@maillage/contracts/worklist'
import { type Filters, noFilters } from '../filters/worklist-filters.ts'

/** What a view keeps of the list as it is set. */
export const queryOfView = (filters: Filters): SavedViewQuery => ({
  ...filters,
  status: worklistStatuses.filter((status) => filters.status.includes(status)),
  kind: filters.kind ?? null,
  owner: filters.owner ?? null,
  due: filters.due ?? null,
})

/** The list as a view sets it. */
export const filtersOfView = ({ query }: Pick<SavedView, 'query'>): Filters => ({
  ...query,
  kind: query.kind ?? undefined,
  owner: query.owner ?? undefined,
  due: query.due ?? undefined,
})

/** The view that everybody has: what is late or due before the week ends, in one's own hands or in nobody's. */
export const myDay = {
  name: 'Ma journée',
  filters: { ...noFilters, due: 'by-friday', owner: 'me-or-none' },
} as const satisfies { name: string; filters: Filters }

/** Do they set the same list? The order in which things were ticked says nothing. */
export function isSameView(one: Filters, other: Filters): boolean {
  const plain = (filters: Filters): string => {
    const { kind, status, band, municipality, owner, due, sort, columns } = filters
    const lists = [status, band, municipality, columns].map((list) => list.toSorted().join(' '))
    return [kind ?? '', ...lists, owner ?? '', due ?? '', sort].join('|')
  }
  return plain(one) === plain(other)
}
