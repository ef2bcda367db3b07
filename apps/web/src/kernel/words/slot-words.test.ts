import { expect, test } from 'vitest'
import { holdClock, slotMoment, slotReasonWords } from './slot-words.ts'

test('a hold counts down in minutes and seconds, and never below zero', () => {
  const until = new Date('2026-06-02T08:15:00Z')
  expect(holdClock(until, new Date('2026-06-02T08:00:00Z'))).toBe('15:00')
  expect(holdClock(until, new Date('2026-06-02T08:14:54.2Z'))).toBe('0:06')
  expect(holdClock(until, new Date('2026-06-02T09:00:00Z'))).toBe('0:00')
})

test('a reason says a fact, and marks what should be noticed', () => {
  expect(slotReasonWords({ code: 'near', value: 4.5 })).toEqual({ words: '4,5\u00A0km', against: false })
  expect(slotReasonWords({ code: 'few-booked', value: 0 }).words).toBe('aucun réservé en 30\u00A0jours')
  expect(slotReasonWords({ code: 'week-cap', value: 20, of: 20 })).toEqual({
    words: '20 sur 20 cette semaine',
    against: true,
  })
  expect(slotReasonWords({ code: 'late' }).against).toBe(true)
})

test('a slot is said from its beginning to its end', () => {
  const slot = { startsAt: '2026-06-02T12:00:00Z', endsAt: '2026-06-02T12:20:00Z' }
  expect(slotMoment(slot, new Date('2026-06-02T08:00:00Z'))).toBe('aujourd’hui 14:00 – 14:20')
})
