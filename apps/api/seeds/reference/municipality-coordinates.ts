import { foldName } from '@maillage/contracts/kit/identifiers'
import type { OfficialMunicipality, Place } from './municipality-sources.ts'

/**
 * Where a commune's coordinates come from, the surest first: the GeoNames place that bears its code and its name, its
 * name in its department, the largest place under its code. Then the point is no longer its own: the city of an
 * arrondissement, or the mean of the located communes that share its postal code, its intercommunality, its
 * arrondissement or its department.
 */
export const coordinatesOrigins = [
  'geonames',
  'geonames-name',
  'geonames-largest-place',
  'city-centre',
  'postal-neighbours',
  'intercommunality-centre',
  'arrondissement-centre',
  'department-centre',
  'none',
] as const
export type CoordinatesOrigin = (typeof coordinatesOrigins)[number]

export type Point = { latitude: number; longitude: number }
export type Located = { point: Point | null; from: CoordinatesOrigin }

const mean = (points: readonly Point[]): Point => ({
  latitude: points.reduce((sum, { latitude }) => sum + latitude, 0) / points.length,
  longitude: points.reduce((sum, { longitude }) => sum + longitude, 0) / points.length,
})

const groupBy = <T, K>(items: readonly T[], keysOf: (item: T) => readonly (K | undefined)[]): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  for (const item of items)
    for (const key of keysOf(item)) {
      if (key === undefined) continue
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return groups
}

/**
 * A place that GeoNames files under the wrong commune would put it in another department: each department keeps the
 * places inside the box of its middle 98 %, widened by a third of its size.
 */
export function insideDepartment(points: readonly Point[]): (point: Point) => boolean {
  const box = (values: number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
    const margin = 0.1 + (at(0.99) - at(0.01)) / 3
    return { low: at(0.01) - margin, high: at(0.99) + margin }
  }
  const latitudes = box(points.map(({ latitude }) => latitude))
  const longitudes = box(points.map(({ longitude }) => longitude))
  return ({ latitude, longitude }) =>
    latitude >= latitudes.low &&
    latitude <= latitudes.high &&
    longitude >= longitudes.low &&
    longitude <= longitudes.high
}

type Sources = {
  municipalities: readonly OfficialMunicipality[]
  places: readonly Place[]
  intercommunalityOf: ReadonlyMap<string, string>
  currentCodeOf: (code: string) => string
}

// GeoNames says « Lyon 03 » and « Marseille 11 » where the official name is « Lyon 3e Arrondissement ».
const nameInGeoNames = ({ nom, type }: OfficialMunicipality): string => {
  const [, city, number] = (type === 'arrondissement-municipal' && /^(\S+) (\d+)/.exec(nom)) || []
  return foldName(city && number ? `${city} ${number.padStart(2, '0')}` : nom)
}

// « PPLX » is a district and « PPLL » a hamlet: neither is the middle of a commune of another name.
const isTown = ({ feature }: Place): boolean => feature.startsWith('PPLA') || feature === 'PPL' || feature === 'PPLC'

const largest = (places: readonly Place[]): Place | undefined =>
  places.toSorted((a, b) => b.population - a.population)[0]

const fromGeoNames = ({ municipalities, places, currentCodeOf }: Sources): Map<string, Located> => {
  const sane = [...groupBy(places, ({ department }) => [department]).values()].flatMap((group) =>
    group.filter(insideDepartment(group)),
  )
  const byCode = groupBy(sane, ({ insee }) => [currentCodeOf(insee)])
  const byName = groupBy(sane, ({ name, department }) => [`${department} ${foldName(name)}`])
  const homonyms = groupBy(municipalities, (of) => [`${of.departement} ${nameInGeoNames(of)}`])
  const find = (of: OfficialMunicipality): Located | undefined => {
    const name = nameInGeoNames(of)
    const key = `${of.departement} ${name}`
    const mine = byCode.get(of.code) ?? []
    const point = largest(mine.filter((place) => foldName(place.name) === name))
    if (point) return { point, from: 'geonames' }
    const filedElsewhere = homonyms.get(key)?.length === 1 ? byName.get(key) : undefined
    if (filedElsewhere?.length === 1 && filedElsewhere[0]) return { point: filedElsewhere[0], from: 'geonames-name' }
    const town = largest(mine.filter(isTown))
    return town && { point: town, from: 'geonames-largest-place' }
  }
  return new Map(
    municipalities.flatMap((of) => {
      const found = find(of)
      return found ? [[of.code, found] as const] : []
    }),
  )
}

/** Coordinates of every commune and arrondissement, each with its origin; nothing is invented, `none` stays null. */
export function locate(sources: Sources): Map<string, Located> {
  const { municipalities, intercommunalityOf } = sources
  const located = fromGeoNames(sources)
  const known = municipalities.filter(({ code }) => located.has(code))
  const kinds: [CoordinatesOrigin, (of: OfficialMunicipality) => readonly (string | undefined)[]][] = [
    ['postal-neighbours', (of) => of.codesPostaux ?? []],
    ['intercommunality-centre', (of) => [intercommunalityOf.get(of.code)]],
    ['arrondissement-centre', (of) => [of.arrondissement || undefined]],
    ['department-centre', (of) => [of.departement]],
  ]
  const neighbourhoods = kinds.map(([from, keysOf]) => ({ from, keysOf, members: groupBy(known, keysOf) }))
  const guess = (of: OfficialMunicipality): Located => {
    const city = of.commune ? located.get(of.commune) : undefined
    if (city) return { point: city.point, from: 'city-centre' }
    for (const { from, keysOf, members } of neighbourhoods) {
      const near = new Set(keysOf(of).flatMap((key) => (key ? (members.get(key) ?? []) : [])))
      // A postal code may cross a department's border; the neighbours of its own department are surer.
      const points = [...near]
        .filter(({ departement }) => departement === of.departement)
        .flatMap(({ code }) => located.get(code)?.point ?? [])
      if (points.length > 0) return { point: mean(points), from }
    }
    return { point: null, from: 'none' }
  }
  const guessed = municipalities.filter(({ code }) => !located.has(code)).map((of) => [of.code, guess(of)] as const)
  return new Map([...located, ...guessed])
}
