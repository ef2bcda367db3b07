import { type Band, bands, type CaseKindName, caseKinds } from '@maillage/contracts/cases'
import { InseeCode } from '@maillage/contracts/kit/identifiers'
import { statusesByKind } from '@maillage/contracts/worklist'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const dues = ['late', 'today', 'week'] as const
export type Due = (typeof dues)[number]
export const sorts = ['queue', 'band', 'opened'] as const
export type Sort = (typeof sorts)[number]
export type OwnerFilter = 'me' | 'none'

/** What the queue shows. It stands in the address, so that a link shows the same thing to a colleague. */
export interface Filters {
  kind: CaseKindName | undefined
  status: string[]
  band: Band[]
  municipality: string[]
  owner: OwnerFilter | undefined
  due: Due | undefined
  sort: Sort
}

export const noFilters: Filters = {
  kind: undefined,
  status: [],
  band: [],
  municipality: [],
  owner: undefined,
  due: undefined,
  sort: 'queue',
}

const words = {
  type: { mt: 'gp-search', snp: 'unscheduled-care', sortie: 'hospital-discharge' },
  responsable: { moi: 'me', personne: 'none' },
  echeance: { retard: 'late', aujourdhui: 'today', semaine: 'week' },
  tri: { priorite: 'band', anciennete: 'opened' },
} as const

type Several = LocationQuery[string] | undefined
const all = (value: Several): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '')

const read = <Code extends string>(table: Readonly<Record<string, Code>>, value: Several): Code | undefined => {
  const [word] = all(value)
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}
const write = (table: Readonly<Record<string, string>>, code: string | undefined): string | undefined =>
  Object.entries(table).find(([, value]) => value === code)?.[0]

/** The statuses that a filter may name: those of the kind, or of the three. */
export const statusesFor = (kind: CaseKindName | undefined): string[] => [
  ...new Set(kind ? statusesByKind[kind] : caseKinds.flatMap((one) => [...statusesByKind[one]])),
]

/** The filters that an address carries. What is not understood is left out: an old link still opens. */
export function filtersOf(query: LocationQuery): Filters {
  const kind = read(words.type, query.type)
  const known = statusesFor(kind)
  return {
    kind,
    status: all(query.statut).filter((one) => known.includes(one)),
    band: bands.filter((band) => all(query.priorite).includes(band)),
    municipality: all(query.commune).filter((code) => InseeCode.safeParse(code).success),
    owner: read(words.responsable, query.responsable),
    due: read(words.echeance, query.echeance),
    sort: read(words.tri, query.tri) ?? 'queue',
  }
}

/** The address of these filters, in the user's words; only what is set is written. */
export function addressOf(filters: Filters): LocationQueryRaw {
  const { status, band, municipality } = filters
  const known = statusesFor(filters.kind)
  const kept = status.filter((one) => known.includes(one))
  const entries: [string, string | string[] | undefined][] = [
    ['type', write(words.type, filters.kind)],
    ['statut', kept.length > 0 ? kept : undefined],
    ['priorite', band.length > 0 ? band : undefined],
    ['commune', municipality.length > 0 ? municipality : undefined],
    ['responsable', write(words.responsable, filters.owner)],
    ['echeance', write(words.echeance, filters.due)],
    ['tri', write(words.tri, filters.sort)],
  ]
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** What the API is asked. */
export function queryOf(filters: Filters): Record<string, string | string[] | undefined> {
  const list = (values: string[]): string[] | undefined => (values.length > 0 ? values : undefined)
  return {
    kind: filters.kind,
    status: list(filters.status),
    band: list(filters.band),
    municipality: list(filters.municipality),
    owner: filters.owner,
    due: filters.due,
    sort: filters.sort,
  }
}

/** The filters of the bar (tabs and order aside), as they are named and taken off. */
export const filterKeys = ['due', 'band', 'status', 'municipality', 'owner'] as const
export type FilterKey = (typeof filterKeys)[number]

/** Those that are set now. */
export const setFilters = (filters: Filters): FilterKey[] =>
  filterKeys.filter((key) => {
    const value = filters[key]
    return Array.isArray(value) ? value.length > 0 : value !== undefined
  })

/** The same without one of them. */
export const without = (filters: Filters, key: FilterKey): Filters => ({ ...filters, [key]: noFilters[key] })
