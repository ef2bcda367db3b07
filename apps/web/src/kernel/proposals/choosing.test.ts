import { PractitionerId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { isEarly, keptChoice, toggled, usualToAsk } from './choosing.ts'

const id = (n: number) => PractitionerId.parse(`019aa5d2-0000-7000-8000-00000000000${n}`)
const listed = [1, 2, 3].map((n) => ({
  practitioner: {
    id: id(n),
    displayName: `Dr ${n}`,
    profession: 'physician',
    municipality: 'Lunel',
    practicePhone: null,
    practice: null,
  },
  rank: n,
  score: 90 - n,
  reasons: [],
  distanceKm: 1,
  capacity: 'declared' as const,
  places: 3,
  remaining: 3,
  reachableBy: 'account' as const,
  place: null,
  team: null,
  declaredAt: null,
  load: { received: 0, accepted: 0, declined: 0, silent: 0 },
  isUsual: false,
  askedBefore: false,
  answerBy: '2026-11-24T13:00:00.000Z',
}))

test('alone, the best placed is chosen at once; a choice already made stays', () => {
  expect(keptChoice([], 'direct', listed)).toEqual([id(1)])
  expect(keptChoice([id(3)], 'direct', listed)).toEqual([id(3)])
  expect(keptChoice([], 'direct', [])).toEqual([])
})

test('among several, who left the list is no longer chosen', () => {
  expect(keptChoice([id(2), id(9)], 'broadcast', listed)).toEqual([id(2)])
})

test('several stay in the order of the ranking, whatever the order of the presses', () => {
  expect(toggled([id(3)], id(1), 'sequential', listed)).toEqual([id(1), id(3)])
  expect(toggled([id(1), id(3)], id(1), 'sequential', listed)).toEqual([id(3)])
  expect(toggled([id(1)], id(2), 'direct', listed)).toEqual([id(2)])
})

test('who already cares for the person is chosen first, and asking others before them is early', () => {
  const usual = listed.map((one, index) => ({ ...one, isUsual: index === 1 }))
  expect(keptChoice([], 'direct', usual)).toEqual([id(2)])
  expect([isEarly([id(2)], usual), isEarly([id(1)], usual), isEarly([id(2), id(3)], usual)]).toEqual([
    false,
    true,
    true,
  ])
  const asked = usual.map((one) => ({ ...one, askedBefore: true }))
  expect(usualToAsk(asked)).toEqual([])
  expect(isEarly([id(1)], asked)).toBe(false)
  expect(keptChoice([], 'direct', asked)).toEqual([id(1)])
})
