import { type Band, bands, type CaseKindName, caseKinds } from '@maillage/contracts/cases'
import { InseeCode } from '@maillage/contracts/kit/identifiers'
import { statusesByKind, worklistColumns, worklistDues, worklistSorts } from '@maillage/contracts/worklist'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const dues = worklistDues
export type Due = (typeof dues)[number]
export const sorts = worklistSorts
export type Sort = (typeof sorts)[number]
export const ownerWords = ['me', 'none', 'me-or-none'] as const
export type OwnerWord = (typeof ownerWords)[number]
/** A word, or a colleague's account. */
export type OwnerFilter = OwnerWord | (string & {})
export type ColumnKey = (typeof worklistColumns)[number]

/** What the queue shows. It stands in the address, so that a link shows the same thing to a colleague. */
export interface Filters {
  kind: CaseKindName | undefined
  status: string[]
  band: Band[]
  municipality: string[]
  owner: OwnerFilter | undefined
  due: Due | undefined
  sort: Sort
  /** Empty: the usual ones. */
  columns: ColumnKey[]
}

export const noFilters: Filters = {
  kind: undefined,
  status: [],
  band: [],
  municipality: [],
  owner: undefined,
  due: undefined,
  sort: 'queue',
  columns: [],
}

const words = {
  type: { mt: 'gp-search', snp: 'unscheduled-care', sortie: 'hospital-discharge' },
  responsable: { moi: 'me', personne: 'none', 'moi-ou-personne': 'me-or-none' },
  echeance: { retard: 'late', aujourdhui: 'today', semaine: 'week', vendredi: 'by-friday' },
  tri: { priorite: 'band', anciennete: 'opened' },
  colonnes: {
    priorite: 'band',
    echeance: 'due',
    type: 'kind',
    numero: 'reference',
    commune: 'place',
    statut: 'status',
    etape: 'next',
    ouverture: 'opened',
    responsable: 'owner',
  },
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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const readOwner = (value: Several): OwnerFilter | undefined => {
  const [word = ''] = all(value)
  return read(words.responsable, value) ?? (uuid.test(word) ? word : undefined)
}

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
    owner: readOwner(query.responsable),
    due: read(words.echeance, query.echeance),
    sort: read(words.tri, query.tri) ?? 'queue',
    columns: worklistColumns.filter((key) => all(query.colonnes).some((word) => read(words.colonnes, word) === key)),
  }
}

/** The address of these filters, in the user's words; only what is set is written. */
export function addressOf(filters: Filters): LocationQueryRaw {
  const { status, band, municipality, columns } = filters
  const known = statusesFor(filters.kind)
  const kept = status.filter((one) => known.includes(one))
  const entries: [string, string | string[] | undefined][] = [
    ['type', write(words.type, filters.kind)],
    ['statut', kept.length > 0 ? kept : undefined],
    ['priorite', band.length > 0 ? band : undefined],
    ['commune', municipality.length > 0 ? municipality : undefined],
    ['responsable', write(words.responsable, filters.owner) ?? filters.owner],
    ['echeance', write(words.echeance, filters.due)],
    ['tri', write(words.tri, filters.sort)],
    ['colonnes', columns.length > 0 ? columns.flatMap((key) => write(words.colonnes, key) ?? []) : undefined],
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

/** The same list with no filter: its tab, its order and its columns stay. */
export const cleared = ({ kind, sort, columns }: Filters): Filters => ({ ...noFilters, kind, sort, columns })
