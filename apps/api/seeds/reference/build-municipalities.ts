/**
 * Writes municipalities.tsv and former-municipalities.tsv beside this file from two packages of public data.
 * Run it when either package is raised: `pnpm --filter @maillage/api exec tsx seeds/reference/build-municipalities.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locate } from './municipality-coordinates.ts'
import {
  type OfficialMunicipality,
  readIntercommunalityOf,
  readOfficialMunicipalities,
  readPlaces,
} from './municipality-sources.ts'

const writeTsv = (file: string, header: readonly string[], rows: readonly (readonly string[])[]): void => {
  const lines = [header, ...rows].map((cells) => cells.join('\t'))
  writeFileSync(join(import.meta.dirname, file), `${lines.join('\n')}\n`)
}

type Former = { code: string; name: string; current: string }

const formerOf = (all: readonly OfficialMunicipality[], current: ReadonlySet<string>): Former[] => {
  const nameOf = new Map(all.filter(({ type }) => type === 'commune-actuelle').map(({ code, nom }) => [code, nom]))
  const merged = all
    .filter(({ type }) => type === 'commune-deleguee' || type === 'commune-associee')
    .map(({ code, nom, chefLieu }) => ({ code, name: nom, current: chefLieu ?? '' }))
  const named = new Set(merged.map(({ code }) => code))
  const renumbered = all.flatMap(({ code, anciensCodes }) =>
    (anciensCodes ?? []).filter((old) => !named.has(old)).map((old) => ({ code: old, name: '', current: code })),
  )
  // A seat keeps its code under a new name: its row is kept for the old name, and dropped when nothing changed.
  return [...merged, ...renumbered]
    .filter(({ code, current: now }) => current.has(now) && (code === now || !current.has(code)))
    .filter(({ code, current: now, name }) => code !== now || name !== nameOf.get(code))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

const all = readOfficialMunicipalities()
const kept = all
  .filter(({ type }) => type === 'commune-actuelle' || type === 'arrondissement-municipal')
  .toSorted((a, b) => (a.code < b.code ? -1 : 1))
const former = formerOf(all, new Set(kept.map(({ code }) => code)))
const currentByFormer = new Map(former.map(({ code, current }) => [code, current]))
const located = locate({
  municipalities: kept,
  places: readPlaces(),
  intercommunalityOf: readIntercommunalityOf(),
  currentCodeOf: (code) => currentByFormer.get(code) ?? code,
})

const origins = new Map<string, number>()
const rows = kept.map((municipality) => {
  const { point, from } = located.get(municipality.code) ?? { point: null, from: 'none' }
  origins.set(from, (origins.get(from) ?? 0) + 1)
  return [
    municipality.code,
    municipality.nom,
    municipality.departement,
    municipality.region,
    (municipality.codesPostaux ?? []).join(','),
    // Six villages destroyed in 1916 and some islets are communes without inhabitants.
    String(municipality.population ?? 0),
    point ? point.latitude.toFixed(4) : '',
    point ? point.longitude.toFixed(4) : '',
    from,
    municipality.commune ?? '',
  ]
})
writeTsv(
  'municipalities.tsv',
  [
    'code',
    'name',
    'department',
    'region',
    'postal_codes',
    'population',
    'latitude',
    'longitude',
    'coordinates_from',
    'city',
  ],
  rows,
)
writeTsv(
  'former-municipalities.tsv',
  ['code', 'name', 'current_code'],
  former.map(({ code, name, current }) => [code, name, current]),
)
console.log(`${rows.length} communes and arrondissements, ${former.length} former codes`, Object.fromEntries(origins))
