import { Profession } from '@maillage/contracts/professions'
import type { LocationQuery } from 'vue-router'
import type { DirectoryFilters } from './directory.api.ts'

const one = (value: LocationQuery[string] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) ?? undefined

/** What the address says; a value that the API would refuse is left out. */
export function filtersOfQuery(query: LocationQuery): DirectoryFilters {
  const profession = Profession.safeParse(one(query.profession))
  const municipality = one(query.commune)
  return {
    profession: profession.success ? profession.data : undefined,
    municipality: municipality && /^(\d{5}|2[AB]\d{3})$/.test(municipality) ? municipality : undefined,
    acceptsNewPatients: one(query.places) === 'oui' ? 'true' : undefined,
  }
}

/** The address of these filters: codes alone, never what was typed to find somebody. */
export function queryOfFilters(filters: DirectoryFilters): Record<string, string> {
  const { profession, municipality, acceptsNewPatients } = filters
  return {
    ...(profession ? { profession } : {}),
    ...(municipality ? { commune: municipality } : {}),
    ...(acceptsNewPatients ? { places: 'oui' } : {}),
  }
}
