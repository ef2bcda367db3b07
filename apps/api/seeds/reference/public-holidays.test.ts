import { afterEach, describe, expect, test } from 'vitest'
import { publicHolidays, publicHolidayYears, publicHolidayZoneOf, publicHolidayZones } from './public-holidays.ts'

const zoneBefore = process.env.TZ
afterEach(() => {
  process.env.TZ = zoneBefore
})

test('the eleven holidays of mainland France in 2026', () => {
  expect(publicHolidays('metropole', 2026)).toEqual([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])
})

test.each([
  [2020, '2020-04-13'],
  [2024, '2024-04-01'],
  [2025, '2025-04-21'],
  [2027, '2027-03-29'],
  [2038, '2038-04-26'],
])('Easter Monday of %i is %s', (year, day) => {
  expect(publicHolidays('metropole', year)).toContain(day)
})

test('Alsace-Moselle adds Good Friday and the day after Christmas', () => {
  const added = publicHolidays('alsace-moselle', 2026).filter((day) => !publicHolidays('metropole', 2026).includes(day))
  expect(added).toEqual(['2026-04-03', '2026-12-26'])
})

test.each([
  ['guadeloupe', '2026-05-27'],
  ['martinique', '2026-05-22'],
  ['guyane', '2026-06-10'],
  ['la-reunion', '2026-12-20'],
  ['mayotte', '2026-04-27'],
  ['saint-barthelemy', '2026-10-09'],
  ['saint-martin', '2026-05-28'],
] as const)('%s keeps the day of its abolition of slavery', (zone, day) => {
  expect(publicHolidays(zone, 2026)).toContain(day)
  expect(publicHolidays('metropole', 2026)).not.toContain(day)
})

test('Ascension on the first or the eighth of May is one day, not two', () => {
  expect(publicHolidays('metropole', 2008)).toHaveLength(10)
})

describe('the days do not depend on the clock of the server', () => {
  test.each(['UTC', 'Europe/Paris', 'Indian/Reunion', 'America/Santiago', 'Australia/Sydney', 'Pacific/Auckland'])(
    '%s',
    (zone) => {
      process.env.TZ = 'UTC'
      const years = Array.from({ length: 21 }, (_, i) => publicHolidayYears.first + i)
      const expected = years.flatMap((year) => publicHolidays('alsace-moselle', year))
      process.env.TZ = zone
      expect(years.flatMap((year) => publicHolidays('alsace-moselle', year))).toEqual(expected)
      expect(years.at(-1)).toBe(publicHolidayYears.last)
    },
  )
})

test('a department leads to its zone', () => {
  expect(['57', '67', '68'].map(publicHolidayZoneOf)).toEqual(['alsace-moselle', 'alsace-moselle', 'alsace-moselle'])
  expect(['33', '2A', '59'].map(publicHolidayZoneOf)).toEqual(['metropole', 'metropole', 'metropole'])
  expect(publicHolidayZoneOf('974')).toBe('la-reunion')
  expect(publicHolidayZones).toContain(publicHolidayZoneOf('976'))
})
