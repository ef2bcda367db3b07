import { IntakeCapacity, SetIntakeCapacity } from '@maillage/contracts/practitioners'
import { expect, test } from 'vitest'
import { placesBody, placesFormOf, remainingInWords } from './places-form.ts'

const capacity = IntakeCapacity.parse({
  practitionerId: '019a0000-0000-7000-8000-000000000001',
  places: 5,
  remaining: 2,
  opensAt: '2026-11-01',
  closesAt: null,
  municipalities: ['30321'],
  maxDistanceKm: 10,
  accepts: { homeVisits: true, children: false, longTerm: true, newPatients: true },
  declaredAt: '2026-11-20T09:00:00.000Z',
  version: 3,
})
const nameOf = () => 'Sommières'

test('what was declared comes back unchanged', () => {
  const body = SetIntakeCapacity.parse(placesBody(placesFormOf(capacity, nameOf), capacity.version))
  expect(body).toEqual({
    places: 5,
    opensAt: '2026-11-01',
    municipalities: ['30321'],
    maxDistanceKm: 10,
    accepts: capacity.accepts,
    version: 3,
  })
})

test('not saying how many is no zero', () => {
  const form = { ...placesFormOf(capacity, nameOf), isDeclared: false }
  expect(placesBody(form, 3)).toMatchObject({ places: null })
})

test('a distance that is no whole number is refused by the contract, not rounded', () => {
  const form = { ...placesFormOf(capacity, nameOf), maxDistanceKm: '2,5' }
  expect(SetIntakeCapacity.safeParse(placesBody(form, 3)).success).toBe(false)
})

test('what is left is said in words', () => {
  expect(remainingInWords(capacity)).toBe('Il vous reste 2\u00A0places sur 5.')
  expect(remainingInWords({ places: 0, remaining: 0 })).toMatch(/aucune proposition/)
  expect(remainingInWords({ places: null, remaining: null })).toBeUndefined()
})
