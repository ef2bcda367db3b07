import type { Candidate } from '@maillage/contracts/candidates'
import { PractitionerId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { candidateSpots } from './candidate-spots.ts'

const lunel = { latitude: 43.6778, longitude: 4.1361 }
const one = (n: number, municipality: string, over: Partial<Candidate> = {}): Candidate => ({
  practitioner: {
    id: PractitionerId.parse(`019aa5d2-0000-7000-8000-00000000000${n}`),
    displayName: `Dr ${n}`,
    profession: 'physician',
    municipality,
    practicePhone: null,
    practice: null,
  },
  place: lunel,
  rank: n,
  score: 50,
  reasons: [],
  distanceKm: 1,
  capacity: 'declared',
  places: 3,
  remaining: 2,
  declaredAt: null,
  reachableBy: 'account',
  load: { received: 0, accepted: 0, declined: 0, silent: 0 },
  team: null,
  isUsual: false,
  askedBefore: false,
  answerBy: '2026-11-24T13:00:00.000Z',
  ...over,
})

test('one spot a commune, the fullest first, and it says who practises there and how many places they have', () => {
  const spots = candidateSpots([
    one(1, 'Junas', { remaining: null, places: null }),
    one(2, 'Lunel'),
    one(3, 'Lunel'),
    one(4, 'Perdue', { place: null }),
  ])
  expect(spots.map(({ id, label, offer }) => [id, label, offer])).toEqual([
    ['Lunel', 'Lunel 2', '+4'],
    ['Junas', 'Junas', undefined],
  ])
  expect(spots[0]?.spoken).toBe('Dr 2, Dr 3, 4\u00A0places')
  expect(spots[1]?.disc).toBeUndefined()
})
