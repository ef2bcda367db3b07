import { expect, test } from 'vitest'
import { instantOfParis, parisClock, parisDay, parisDaysLater } from './paris-time.ts'

test('a clock of Paris names one instant, winter and summer', () => {
  expect(instantOfParis('2026-11-26T14:00')?.toISOString()).toBe('2026-11-26T13:00:00.000Z')
  expect(instantOfParis('2026-07-14T09:30')?.toISOString()).toBe('2026-07-14T07:30:00.000Z')
})

test('the hours around a change of clocks keep their own season', () => {
  expect(instantOfParis('2026-03-29T01:30')?.toISOString()).toBe('2026-03-29T00:30:00.000Z')
  expect(instantOfParis('2026-03-29T03:30')?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantOfParis('2026-10-25T12:00')?.toISOString()).toBe('2026-10-25T11:00:00.000Z')
})

test('what is no date gives nothing', () => {
  expect(instantOfParis('')).toBeUndefined()
  expect(instantOfParis('2026-13-45T10:00')).toBeUndefined()
})

test('an instant is shown on the clock and the day of Paris', () => {
  const late = new Date('2026-11-26T23:30:00Z')
  expect(parisClock(late)).toBe('2026-11-27T00:30')
  expect(parisDay(late)).toBe('2026-11-27')
})

test('days are counted on the calendar', () => {
  expect(parisDaysLater('2026-10-24', 2)).toBe('2026-10-26')
  expect(parisDaysLater('2026-12-31', 1)).toBe('2027-01-01')
})
