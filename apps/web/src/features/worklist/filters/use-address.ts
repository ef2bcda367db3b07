import { type ComputedRef, computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addressOf, type Filters, filtersOf } from './worklist-filters.ts'

export interface Address {
  filters: ComputedRef<Filters>
  /** The case open beside the queue, by its reference. */
  open: ComputedRef<string | undefined>
  setFilters: (filters: Filters) => Promise<unknown>
  openCase: (reference: string | undefined) => Promise<unknown>
}

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && /^(MT|SNP|SH)-\d{4}-\d{4,7}$/.test(value)

/** The address is the state: a link sent to a colleague shows the same rows and the same case. */
export function useAddress(): Address {
  const route = useRoute()
  const router = useRouter()
  // Compared as text: opening a case changes the address and not the filters, and must read nothing anew.
  const key = computed(() => JSON.stringify(filtersOf(route.query)))
  const filters = computed<Filters>(() => JSON.parse(key.value))
  const open = computed(() => (isReference(route.query.dossier) ? route.query.dossier : undefined))

  const setFilters = (wanted: Filters): Promise<unknown> =>
    router.push({ query: { ...addressOf(wanted), ...(open.value ? { dossier: open.value } : {}) } })
  // Moving from case to case leaves one step behind, so that « back » goes back to the page before.
  const openCase = (reference: string | undefined): Promise<unknown> => {
    const query = { ...addressOf(filters.value), ...(reference ? { dossier: reference } : {}) }
    return open.value === undefined ? router.push({ query }) : router.replace({ query })
  }
  return { filters, open, setFilters, openCase }
}
