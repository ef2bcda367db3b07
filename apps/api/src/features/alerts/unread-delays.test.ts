import { expect, test } from 'vitest'
import { defaultOpeningHours } from '../../kernel/calendar.ts'
import { gatherUntil, tellFrom } from './unread-delays.ts'

const calendar = { timeZone: 'Europe/Paris', hours: defaultOpeningHours, closed: new Set<string>() }
// Friday 6 March 2026, six in the evening in Paris: two opening hours are left before Monday.
const friday = new Date('2026-03-06T17:00:00Z')

test('« jour même » is told after fifteen minutes, night or day', () => {
  expect(tellFrom(calendar, 'same-day', friday)).toEqual(new Date('2026-03-06T17:15:00Z'))
})

test('a P1 and an escalated discharge are told after four opening hours', () => {
  const monday = new Date('2026-03-09T09:00:00Z')
  expect(tellFrom(calendar, 'first-band', friday)).toEqual(monday)
  expect(tellFrom(calendar, 'escalated', friday)).toEqual(monday)
})

test('what comes within a quarter of an hour of a mail is gathered', () => {
  expect(gatherUntil(friday)).toEqual(new Date('2026-03-06T17:15:00Z'))
})
