import { DayDate } from '@maillage/contracts/kit/dates'
import { describe, expect, test } from 'vitest'
import { minuteOf, type Recurrence, timeOf, timesBetween, timesOfDay } from './recurrence.ts'

const day = (text: string): DayDate => DayDate.parse(text)
const paris = { timeZone: 'Europe/Paris', closed: new Set<string>() }
const rule = (over: Partial<Recurrence> = {}): Recurrence => ({
  days: ['tue', 'thu'],
  everyWeeks: 1,
  fromDay: day('2026-03-01'),
  untilDay: null,
  startMinute: minuteOf('14:00'),
  slotsADay: 1,
  durationMinutes: 20,
  onClosedDays: false,
  excludedDays: [],
  ...over,
})
const starts = (over: Partial<Recurrence>, from: string, until: string, calendar = paris): string[] =>
  timesBetween(calendar, rule(over), day(from), day(until)).map(({ startsAt }) => startsAt.toISOString())

describe('a weekly rule', () => {
  test('gives each of its days, and several slots that follow each other', () => {
    expect(starts({ slotsADay: 2 }, '2026-03-02', '2026-03-08')).toEqual([
      '2026-03-03T13:00:00.000Z',
      '2026-03-03T13:20:00.000Z',
      '2026-03-05T13:00:00.000Z',
      '2026-03-05T13:20:00.000Z',
    ])
  })

  test('one week in two is counted from the week in which it begins', () => {
    expect(starts({ days: ['tue'], everyWeeks: 2, fromDay: day('2026-03-05') }, '2026-03-01', '2026-04-01')).toEqual([
      '2026-03-17T13:00:00.000Z',
      '2026-03-31T12:00:00.000Z',
    ])
  })

  test('keeps between its first and its last day, whatever is asked', () => {
    const over = { days: ['tue'], fromDay: day('2026-03-10'), untilDay: day('2026-03-17') } as const
    expect(starts({ ...over, days: ['tue'] }, '2026-01-01', '2026-12-31')).toEqual([
      '2026-03-10T13:00:00.000Z',
      '2026-03-17T13:00:00.000Z',
    ])
  })

  test('leaves out its exceptions, holidays and the days when the CPTS is closed, unless it is on duty', () => {
    const closed = { ...paris, closed: new Set(['2026-07-14']) }
    const over = { days: ['tue'], excludedDays: [day('2026-07-21')] } satisfies Partial<Recurrence>
    expect(starts(over, '2026-07-13', '2026-07-31', closed)).toEqual(['2026-07-28T12:00:00.000Z'])
    expect(starts({ ...over, onClosedDays: true }, '2026-07-13', '2026-07-20', closed)).toEqual([
      '2026-07-14T12:00:00.000Z',
    ])
  })
})

describe('the nights when clocks change', () => {
  test('14:00 stays 14:00 before and after both', () => {
    expect(starts({ days: ['sat', 'mon'] }, '2026-03-28', '2026-03-30')).toEqual([
      '2026-03-28T13:00:00.000Z',
      '2026-03-30T12:00:00.000Z',
    ])
    expect(starts({ days: ['sat', 'mon'] }, '2026-10-24', '2026-10-26')).toEqual([
      '2026-10-24T12:00:00.000Z',
      '2026-10-26T13:00:00.000Z',
    ])
  })

  test('an hour that does not exist gives no slot', () => {
    const night = { startMinute: minuteOf('01:30'), slotsADay: 4, durationMinutes: 30 }
    const times = timesOfDay('Europe/Paris', day('2026-03-29'), night)
    expect(times.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ])
  })

  test('an hour that comes twice gives one slot, which lasts as long as it says', () => {
    const night = { startMinute: minuteOf('02:30'), slotsADay: 1, durationMinutes: 20 }
    expect(timesOfDay('Europe/Paris', day('2026-10-25'), night)).toEqual([
      { startsAt: new Date('2026-10-25T00:30:00Z'), endsAt: new Date('2026-10-25T00:50:00Z') },
    ])
  })

  test('a territory without clock changes has none', () => {
    const reunion = { timeZone: 'Indian/Reunion', closed: new Set<string>() }
    expect(starts({ days: ['sun'], startMinute: 150 }, '2026-03-29', '2026-03-29', reunion)).toEqual([
      '2026-03-28T22:30:00.000Z',
    ])
  })
})

test('no slot begins on the next day', () => {
  const late = { startMinute: minuteOf('23:40'), slotsADay: 3, durationMinutes: 15 }
  expect(timesOfDay('Europe/Paris', day('2026-06-02'), late)).toHaveLength(2)
})

test('hours are read and written', () => {
  expect([timeOf(minuteOf('08:05')), timeOf(0), timeOf(1439)]).toEqual(['08:05', '00:00', '23:59'])
})
