import { Municipality } from '@maillage/contracts/municipalities'
import { beforeAll, expect, test } from 'vitest'
import { insideDepartment } from './municipality-coordinates.ts'
import type { FormerMunicipality, ReferenceMunicipality } from './read-municipalities.ts'
import { readFormerMunicipalities, readMunicipalities } from './read-municipalities.ts'

let all: ReferenceMunicipality[]
let former: FormerMunicipality[]
let byCode: Map<string, ReferenceMunicipality>
beforeAll(() => {
  all = readMunicipalities()
  former = readFormerMunicipalities()
  byCode = new Map(all.map((municipality) => [municipality.code, municipality]))
})

test('every commune of the file is a municipality of the contract, once', () => {
  const wrong = all.filter(
    ({ region: _region, coordinatesFrom: _from, city: _city, ...rest }) => !Municipality.safeParse(rest).success,
  )
  expect(wrong).toEqual([])
  expect(byCode.size).toBe(all.length)
  expect(all.length).toBeGreaterThan(34_800)
})

test.each([
  ['2A004', 'Ajaccio', '20000', 41.92, 8.74],
  ['2B033', 'Bastia', '20200', 42.7, 9.45],
  ['97411', 'Saint-Denis', '97400', -20.88, 55.45],
  ['97611', 'Mamoudzou', '97600', -12.78, 45.23],
  ['33063', 'Bordeaux', '33000', 44.84, -0.58],
  ['69388', 'Lyon 8e Arrondissement', '69008', 45.74, 4.87],
  ['13208', 'Marseille 8e Arrondissement', '13008', 43.27, 5.38],
])('%s is %s, with its postal code and its place on the map', (code, name, postalCode, latitude, longitude) => {
  const found = byCode.get(code)
  expect(found).toMatchObject({ name, postalCodes: expect.arrayContaining([postalCode]) })
  expect(found?.latitude).toBeCloseTo(latitude, 1)
  expect(found?.longitude).toBeCloseTo(longitude, 1)
})

test('coordinates say where they come from, and those of a neighbour never pass for its own', () => {
  expect(all.filter(({ latitude, coordinatesFrom }) => (latitude === null) !== (coordinatesFrom === 'none'))).toEqual(
    [],
  )
  expect(byCode.get('75101')?.coordinatesFrom).toBe('city-centre')
  expect(byCode.get('01001')?.coordinatesFrom).toBe('postal-neighbours')
  expect(byCode.get('01004')?.coordinatesFrom).toBe('geonames')
})

test('most inhabitants live in a commune whose own place is known', () => {
  const people = (some: ReferenceMunicipality[]) => some.reduce((sum, { population }) => sum + population, 0)
  const own = all.filter(({ coordinatesFrom }) => coordinatesFrom.startsWith('geonames'))
  expect(people(own) / people(all)).toBeGreaterThan(0.85)
})

test('an old code leads to a commune of today, and a code of today is never rerouted', () => {
  expect(former.filter(({ currentCode }) => !byCode.has(currentCode))).toEqual([])
  expect(former.filter(({ code, currentCode }) => code !== currentCode && byCode.has(code))).toEqual([])
  expect(new Set(former.map(({ code }) => code)).size).toBe(former.length)
  expect(former.find(({ code }) => code === '01120')).toEqual({ code: '01120', name: 'Cordieux', currentCode: '01262' })
})

test('a place filed under the wrong department is set aside', () => {
  const gironde = Array.from({ length: 50 }, (_, i) => ({ latitude: 44.5 + i / 100, longitude: -0.9 + i / 100 }))
  expect(insideDepartment(gironde)({ latitude: 44.84, longitude: -0.58 })).toBe(true)
  expect(insideDepartment(gironde)({ latitude: 48.85, longitude: 2.35 })).toBe(false)
})
