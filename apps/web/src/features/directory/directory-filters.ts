import { TeamId } from '@maillage/contracts/kit/ids'
import { Profession } from '@maillage/contracts/professions'
import type { LocationQuery } from 'vue-router'
import type { DirectoryFilters } from './directory.api.ts'

const one = (value: LocationQuery[string] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) ?? undefined

const freshnessWords = { 'a-jour': 'fresh', 'a-confirmer': 'stale' } as const
const publicationWords = {
  professionnels: 'internal',
  public: 'public',
  refusee: 'refused',
  'a-demander': 'unasked',
} as const

/** The value that a word of the address stands for. */
const read = <Value extends string>(words: Readonly<Record<string, Value>>, word: string | undefined) =>
  word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined
/** The word of the address that stands for a value. */
const written = (words: Readonly<Record<string, string>>, value: string | undefined): string | undefined =>
  Object.entries(words).find(([, meant]) => meant === value)?.[0]

/** What the address says; a value that the API would refuse is left out. */
export function filtersOfQuery(query: LocationQuery): DirectoryFilters {
  const profession = Profession.safeParse(one(query.profession))
  const municipality = one(query.commune)
  const team = TeamId.safeParse(one(query.equipe))
  const language = one(query.langue)?.trim()
  const isSaid = (word: string): 'true' | undefined => (one(query[word]) === 'oui' ? 'true' : undefined)
  return {
    profession: profession.success ? profession.data : undefined,
    municipality: municipality && /^(\d{5}|2[AB]\d{3})$/.test(municipality) ? municipality : undefined,
    acceptsNewPatients: isSaid('places'),
    team: team.success ? team.data : undefined,
    teleconsultation: isSaid('teleconsultation'),
    homeVisits: isSaid('visites'),
    language: language && language.length <= 60 ? language : undefined,
    freshness: read(freshnessWords, one(query.fiche)),
    publication: read(publicationWords, one(query.publication)),
  }
}

/** The address of these filters: codes alone, never what was typed to find somebody. */
export function queryOfFilters(filters: DirectoryFilters): Record<string, string> {
  const words: Record<string, string | undefined> = {
    profession: filters.profession,
    commune: filters.municipality,
    places: filters.acceptsNewPatients && 'oui',
    equipe: filters.team,
    teleconsultation: filters.teleconsultation && 'oui',
    visites: filters.homeVisits && 'oui',
    langue: filters.language,
    fiche: written(freshnessWords, filters.freshness),
    publication: written(publicationWords, filters.publication),
  }
  return Object.fromEntries(Object.entries(words).flatMap(([word, value]) => (value ? [[word, value]] : [])))
}

/** How many of the filters behind « Plus de filtres » are set. */
export const countMore = ({
  team,
  teleconsultation,
  homeVisits,
  language,
  freshness,
  publication,
}: DirectoryFilters): number =>
  [team, teleconsultation, homeVisits, language, freshness, publication].filter(Boolean).length
