import { IntakeCapacity } from '@maillage/contracts/practitioners'
import { expect, test } from 'vitest'
import { declaredAgain, isClosed, mustAskAgain } from './places-quick.ts'

const capacity = IntakeCapacity.parse({
  practitionerId: '01a2004a-b579-7627-b047-7daa3ea3c38b',
  places: 5,
  remaining: 3,
  opensAt: null,
  closesAt: '2026-12-31',
  municipalities: ['34145'],
  maxDistanceKm: null,
  accepts: { newPatients: true, homeVisits: false, children: true, longTerm: true },
  declaredAt: '2026-10-01T08:00:00.000Z',
  version: 4,
})

test('saying again keeps the places that are left, not those of the first day', () => {
  expect(declaredAgain(capacity)).toEqual({
    places: 3,
    closesAt: '2026-12-31',
    municipalities: ['34145'],
    accepts: capacity.accepts,
    version: 4,
  })
})

test('closing changes that one answer, and can be put back', () => {
  const closed = declaredAgain(capacity, { newPatients: false })
  expect(closed.accepts).toEqual({ ...capacity.accepts, newPatients: false })
  expect(isClosed({ ...capacity, accepts: closed.accepts })).toBe(true)
  expect(isClosed({ ...capacity, places: 0 })).toBe(true)
  expect(isClosed(capacity)).toBe(false)
})

test('« toujours 3 places ? » is asked after a month, of places that are open and counted', () => {
  expect(mustAskAgain(capacity, new Date('2026-10-30T08:00:00.000Z'))).toBe(false)
  expect(mustAskAgain(capacity, new Date('2026-11-02T08:00:00.000Z'))).toBe(true)
  expect(mustAskAgain({ ...capacity, places: 0 }, new Date('2026-12-02T08:00:00.000Z'))).toBe(false)
  expect(mustAskAgain({ ...capacity, places: null }, new Date('2026-12-02T08:00:00.000Z'))).toBe(false)
  expect(mustAskAgain({ ...capacity, declaredAt: null }, new Date('2026-12-02T08:00:00.000Z'))).toBe(false)
})
