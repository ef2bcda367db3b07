import { type UnscheduledCareStatus, unscheduledCareStatuses } from '@maillage/contracts/unscheduled-care'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, defaultOpeningHours, isOpenAt } from '../../kernel/calendar.ts'
import {
  careDeadline,
  isOutOfHoursAhead,
  type UnscheduledCareClockFacts,
  unscheduledCareAnswerBy,
  unscheduledCareDeadline,
} from './unscheduled-care.deadlines.ts'

const paris: Calendar = {
  timeZone: 'Europe/Paris',
  hours: defaultOpeningHours,
  closed: new Set(['2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25']),
}
/** Open at night and on Sundays too, through the hour that comes twice or not at all. */
const everyDay: Calendar = {
  ...paris,
  hours: {
    mon: [
      [540, 750],
      [840, 1140],
    ],
    tue: [[480, 1320]],
    wed: [],
    thu: [[0, 1440]],
    fri: [[480, 1200]],
    sat: [[480, 720]],
    sun: [[60, 240]],
  },
}

/** An instant of Paris: winter is UTC+1 to 29 March 2026, summer UTC+2 to 25 October. */
const at = (local: string): Date => {
  const isSummer = local >= '2026-03-29T03' && local < '2026-10-25T03'
  return new Date(`${local}:00${isSummer ? '+02:00' : '+01:00'}`)
}

const facts = (over: Partial<UnscheduledCareClockFacts> = {}): UnscheduledCareClockFacts => ({
  status: 'triaged',
  level: 'U2',
  clockStartedAt: at('2026-06-08T10:00'),
  appointmentAt: null,
  firstExpiry: null,
  ...over,
})

const due = (over: Partial<UnscheduledCareClockFacts>) => unscheduledCareDeadline(facts(over), paris)

const levels = ['U1', 'U2', 'U3'] as const
// 2026-06-08 is a Monday.
describe('by when somebody should be seen', () => {
  test.each([
    ['U1', 'Monday morning', '2026-06-08T10:00', '2026-06-08T20:00'],
    ['U1', 'at opening', '2026-06-08T08:00', '2026-06-08T20:00'],
    ['U1', 'at night', '2026-06-08T21:30', '2026-06-09T20:00'],
    ['U1', 'Friday night', '2026-06-12T21:00', '2026-06-15T20:00'],
    ['U2', 'Monday morning', '2026-06-08T10:00', '2026-06-09T10:00'],
    ['U2', 'Friday afternoon', '2026-06-12T15:00', '2026-06-12T20:00'],
    ['U2', 'Saturday', '2026-06-13T09:00', '2026-06-15T08:00'],
    ['U3', 'Monday morning', '2026-06-08T10:00', '2026-06-10T10:00'],
    ['U3', 'Thursday', '2026-06-11T15:00', '2026-06-12T20:00'],
    ['U3', 'the eve of Labour Day', '2026-04-30T09:00', '2026-04-30T20:00'],
    ['U2', 'the day before clocks go forward, a Saturday', '2026-03-28T12:00', '2026-03-30T08:00'],
    ['U3', 'the Friday before clocks go forward', '2026-03-27T10:00', '2026-03-27T20:00'],
    ['U3', 'the Saturday before clocks go forward', '2026-03-28T10:00', '2026-03-30T11:00'],
    ['U3', 'the Saturday before clocks go back', '2026-10-24T10:00', '2026-10-26T09:00'],
  ] as const)('%s asked %s (%s) is due at %s', (level, _when, from, expected) => {
    expect(careDeadline(level, at(from), paris)).toEqual(at(expected))
  })

  test.each([paris, everyDay])('is never in closed hours, nor before the request', (calendar) => {
    const instant = fc.integer({ min: at('2026-03-20T00:00').getTime(), max: at('2026-11-05T00:00').getTime() })
    fc.assert(
      fc.property(fc.constantFrom(...levels), instant, (level, ms) => {
        const from = new Date(ms)
        const end = careDeadline(level, from, calendar)
        expect(isOpenAt(calendar, end) || isOpenAt(calendar, new Date(end.getTime() - 1))).toBe(true)
        expect(end.getTime()).toBeGreaterThanOrEqual(ms)
      }),
      { numRuns: 300 },
    )
  })

  test.each(['2026-03-29', '2026-10-25'])('holds through the night when clocks change, %s', (day) => {
    const start = new Date(`${day}T00:00:00Z`).getTime() - 60 * 3_600_000
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.nat({ max: 120 * 60 }), (level, minutes) => {
        const from = new Date(start + minutes * 60_000)
        for (const calendar of [paris, everyDay]) {
          const end = careDeadline(level, from, calendar)
          expect(isOpenAt(calendar, end) || isOpenAt(calendar, new Date(end.getTime() - 1))).toBe(true)
        }
      }),
    )
  })

  test('a territory that never opens leaves the request due at once rather than never', () => {
    const shut: Calendar = { ...paris, hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } }
    const from = at('2026-06-08T10:00')
    expect(careDeadline('U1', from, shut)).toEqual(from)
    expect(careDeadline('U3', from, shut)).toEqual(at('2026-06-10T10:00'))
  })
})

describe('what runs out next', () => {
  test('a request of which nobody said how soon is triaged within a quarter of an hour', () => {
    expect(due({ status: 'submitted', level: null })).toEqual({ code: 'triage', at: at('2026-06-08T10:15') })
  })

  test('« peut attendre 48 h » is triaged within four opening hours', () => {
    expect(due({ status: 'submitted', level: 'U3' })).toEqual({ code: 'triage', at: at('2026-06-08T14:00') })
  })

  test('asked at night, the triage clock starts with the morning', () => {
    const asked = due({ status: 'submitted', level: null, clockStartedAt: at('2026-06-08T22:00') })
    expect(asked).toEqual({ code: 'triage', at: at('2026-06-09T08:15') })
  })

  test('an offer is watched until the first answer is due, and never beyond the care itself', () => {
    const firstExpiry = at('2026-06-08T11:00')
    expect(due({ status: 'offering', firstExpiry })).toEqual({ code: 'proposal-answer', at: firstExpiry })
    const late = due({ status: 'offering', level: 'U1', firstExpiry: at('2026-06-09T09:00') })
    expect(late).toEqual({ code: 'care-delivered', at: at('2026-06-08T20:00') })
  })

  test('a booked request is watched until its appointment', () => {
    const appointmentAt = at('2026-06-08T17:30')
    expect(due({ status: 'booked', appointmentAt })).toEqual({ code: 'appointment', at: appointmentAt })
  })

  test('every open status has a deadline, and only those', () => {
    const running = unscheduledCareStatuses.filter((status: UnscheduledCareStatus) => due({ status }) !== null)
    expect(running).toEqual(['submitted', 'triaged', 'offering', 'booked', 'no_show'])
  })

  test.each([
    ['U1', '2026-06-08T10:00', '2026-06-08T10:20'],
    ['U2', '2026-06-08T10:00', '2026-06-08T11:00'],
    ['U3', '2026-06-08T10:00', '2026-06-08T14:00'],
    ['U3', '2026-06-08T18:00', '2026-06-09T10:00'],
    ['U1', '2026-06-12T19:50', '2026-06-15T08:10'],
  ] as const)('an answer about %s asked at %s is awaited until %s', (level, sentAt, expected) => {
    expect(unscheduledCareAnswerBy(level, at(sentAt), paris)).toEqual(at(expected))
  })
})

describe('« Appelez le 15 » when the territory closes first', () => {
  const ahead = (over: Partial<UnscheduledCareClockFacts>, now: string) =>
    isOutOfHoursAhead(facts(over), at(now), paris)

  test.each([
    ['U1', '2026-06-08T18:00', false],
    ['U1', '2026-06-08T19:45', true],
    ['U1', '2026-06-08T22:00', true],
    ['U1', '2026-06-09T09:00', false],
    ['U2', '2026-06-08T19:30', false],
    ['U2', '2026-06-09T19:30', true],
    ['U3', '2026-06-08T23:00', false],
    [null, '2026-06-08T19:45', true],
  ] as const)('%s asked Monday at ten, looked at on %s: %s', (level, now, expected) => {
    expect(ahead({ level }, now)).toBe(expected)
  })

  test('on a Friday evening a U2 cannot wait for Monday', () => {
    expect(ahead({ clockStartedAt: at('2026-06-12T18:00') }, '2026-06-12T19:30')).toBe(true)
  })

  test('says nothing once somebody is found or the request ended', () => {
    const others = unscheduledCareStatuses.filter((status) => ahead({ status, level: 'U1' }, '2026-06-08T22:00'))
    expect(others).toEqual(['submitted', 'triaged', 'offering', 'no_show'])
  })
})
