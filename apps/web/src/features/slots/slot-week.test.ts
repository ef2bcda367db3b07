import type { Slot } from '@maillage/contracts/slots/slots'
import { expect, test } from 'vitest'
import { closable, countsOf, daysOfWeek, isReopenable, mondayOf, weekdayOf } from './slot-week.ts'

const slot = (over: Partial<Slot>): Slot => ({
  // Any identifier: nothing here looks at it.
  id: '0192b748-49c4-702e-80b8-378497deabad' as Slot['id'],
  seriesId: null,
  startsAt: '2026-06-02T12:00:00Z',
  endsAt: '2026-06-02T12:20:00Z',
  mode: 'practice',
  visibility: ['SNP'],
  capacity: 1,
  booked: 0,
  held: 0,
  state: 'free',
  mustMove: false,
  cases: [],
  version: 1,
  ...over,
})

test('a week begins on Monday, over the change of clocks and of year as well', () => {
  expect([mondayOf('2026-06-07'), mondayOf('2026-03-29'), mondayOf('2027-01-01')]).toEqual([
    '2026-06-01',
    '2026-03-23',
    '2026-12-28',
  ])
  expect([weekdayOf('2026-06-07'), weekdayOf('2026-06-01')]).toEqual(['sun', 'mon'])
})

test('a slot stands on its day in Paris, whatever UTC says', () => {
  const days = daysOfWeek('2026-06-01', [slot({ startsAt: '2026-06-02T22:30:00Z' })])
  expect(days.map(({ slots }) => slots.length)).toEqual([0, 0, 1, 0, 0, 0, 0])
})

test('what nobody took may be closed, and opened again until its hour', () => {
  const free = slot({})
  const away = slot({ state: 'away' })
  expect(closable([free, away, slot({ state: 'held', held: 1 }), slot({ booked: 1, capacity: 2 })])).toEqual([
    free,
    away,
  ])
  const now = new Date('2026-06-02T11:00:00Z')
  expect(isReopenable(slot({ state: 'closed' }), now)).toBe(true)
  expect(isReopenable(slot({ state: 'closed', startsAt: '2026-06-02T10:00:00Z' }), now)).toBe(false)
  expect(isReopenable(free, now)).toBe(false)
})

test('a held slot is still free for whoever counts', () => {
  const states = ['free', 'held', 'booked', 'lost', 'closed'] as const
  expect(countsOf(states.map((state) => slot({ state })))).toEqual({ free: 2, booked: 1, lost: 1 })
})
