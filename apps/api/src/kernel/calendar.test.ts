import { DayDate } from '@maillage/contracts/kit/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addBusinessDays,
  addBusinessHours,
  addCalendarDays,
  type Calendar,
  dayAfter,
  defaultOpeningHours,
  isOpenAt,
  nextClosing,
  nextOpening,
  notInClosedHours,
} from './calendar.ts'

const paris: Calendar = {
  timeZone: 'Europe/Paris',
  hours: defaultOpeningHours,
  closed: new Set(['2026-04-06', '2026-05-01', '2026-05-14', '2026-12-25', '2027-01-01']),
}
const at = (text: string) => new Date(text)
const iso = (date: Date) => date.toISOString()

// Europe/Paris is UTC+1 in winter and UTC+2 in summer: 8:00 opens at 07:00Z, then 06:00Z.
describe('business hours', () => {
  test.each([
    ['within one day', '2026-11-23T09:00:00Z', 4, '2026-11-23T13:00:00.000Z'],
    ['over the night', '2026-11-23T17:00:00Z', 4, '2026-11-24T09:00:00.000Z'],
    ['over the weekend', '2026-11-20T18:00:00Z', 4, '2026-11-23T10:00:00.000Z'],
    ['asked on a Sunday', '2026-11-22T10:00:00Z', 1, '2026-11-23T08:00:00.000Z'],
    ['over Christmas', '2026-12-24T18:00:00Z', 2, '2026-12-28T08:00:00.000Z'],
    ['over the night when clocks go forward', '2026-03-27T18:00:00Z', 2, '2026-03-30T07:00:00.000Z'],
    ['over the night when clocks go back', '2026-10-23T17:00:00Z', 2, '2026-10-26T08:00:00.000Z'],
    ['ending exactly at the close', '2026-11-23T15:00:00Z', 4, '2026-11-23T19:00:00.000Z'],
  ])('%s', (_name, from, hours, to) => expect(iso(addBusinessHours(paris, at(from), hours))).toBe(to))
})

describe('business days end when that day’s opening ends', () => {
  test.each([
    ['two days from a Monday', '2026-11-23T09:00:00Z', 2, '2026-11-25T19:00:00.000Z'],
    ['one day from a Friday', '2026-11-20T09:00:00Z', 1, '2026-11-23T19:00:00.000Z'],
    ['from a Saturday', '2026-11-21T09:00:00Z', 1, '2026-11-23T19:00:00.000Z'],
    ['over Easter Monday', '2026-04-03T09:00:00Z', 1, '2026-04-07T18:00:00.000Z'],
    ['over the change of clocks', '2026-03-27T09:00:00Z', 2, '2026-03-31T18:00:00.000Z'],
  ])('%s', (_name, from, days, to) => expect(iso(addBusinessDays(paris, at(from), days))).toBe(to))
})

test('calendar days keep the hour of the wall clock over both changes', () => {
  expect(iso(addCalendarDays(paris, at('2026-03-28T13:00:00Z'), 1))).toBe('2026-03-29T12:00:00.000Z')
  expect(iso(addCalendarDays(paris, at('2026-10-24T12:00:00Z'), 1))).toBe('2026-10-25T13:00:00.000Z')
})

test('an hour that the spring night skips is still a moment', () => {
  const moment = addCalendarDays(paris, at('2026-03-28T01:30:00Z'), 1)
  expect(iso(moment)).toBe('2026-03-29T01:30:00.000Z')
})

test('a span over the spring night lasts one hour less, over the autumn night one hour more', () => {
  const nights: Calendar = { ...paris, hours: { ...defaultOpeningHours, sun: [[0, 240]] } }
  expect(iso(nextClosing(nights, at('2026-03-28T23:00:00Z')))).toBe('2026-03-29T02:00:00.000Z')
  expect(iso(nextClosing(nights, at('2026-10-24T22:00:00Z')))).toBe('2026-10-25T03:00:00.000Z')
})

test('La Réunion has its own clock, without any change', () => {
  const reunion: Calendar = { ...paris, timeZone: 'Indian/Reunion', closed: new Set(['2026-12-20']) }
  expect(iso(nextOpening(reunion, at('2026-03-29T00:00:00Z')))).toBe('2026-03-30T04:00:00.000Z')
})

test('a deadline never falls into closed hours: it comes at the last close before', () => {
  expect(iso(notInClosedHours(paris, at('2026-11-23T09:00:00Z'), at('2026-11-23T22:00:00Z')))).toBe(
    '2026-11-23T19:00:00.000Z',
  )
  expect(iso(notInClosedHours(paris, at('2026-11-23T09:00:00Z'), at('2026-11-23T12:00:00Z')))).toBe(
    '2026-11-23T12:00:00.000Z',
  )
})

test('a calendar that never opens ends all the same', () => {
  const never: Calendar = { ...paris, hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } }
  expect(addBusinessHours(never, at('2026-11-23T09:00:00Z'), 4)).toBeInstanceOf(Date)
  expect(addBusinessDays(never, at('2026-11-23T09:00:00Z'), 4)).toBeInstanceOf(Date)
})

describe('whatever the moment', () => {
  const moment = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-06-30T00:00:00Z'), noInvalidDate: true })

  test('business hours end in opening time, after they began, and add up', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (from, one, other) => {
        const end = addBusinessHours(paris, from, one)
        expect(end.getTime()).toBeGreaterThan(from.getTime())
        expect(isOpenAt(paris, new Date(end.getTime() - 1))).toBe(true)
        expect(iso(addBusinessHours(paris, end, other))).toBe(iso(addBusinessHours(paris, from, one + other)))
      }),
    )
  })

  test('starting later never ends earlier', () => {
    fc.assert(
      fc.property(moment, fc.nat(10_000_000), fc.integer({ min: 1, max: 10 }), (from, later, days) => {
        const after = new Date(from.getTime() + later)
        expect(addBusinessDays(paris, after, days).getTime()).toBeGreaterThanOrEqual(
          addBusinessDays(paris, from, days).getTime(),
        )
      }),
    )
  })
})

test.each([
  ['2026-02-27', 2, '2026-03-01'],
  ['2027-01-01', -1, '2026-12-31'],
])('%s and %i days', (day, days, expected) => {
  expect(dayAfter(DayDate.parse(day), days)).toBe(expected)
})
