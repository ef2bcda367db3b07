import type { HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import { describe, expect, test } from 'vitest'
import { type Calendar, defaultOpeningHours } from '../../kernel/calendar.ts'
import {
  alertFrom,
  hospitalDischargeAnswerBy,
  hospitalDischargeDeadline,
  isTimeToEscalate,
  needsReconfirmation,
  reconfirmationDue,
} from './hospital-discharge.deadlines.ts'

const paris: Calendar = { timeZone: 'Europe/Paris', hours: defaultOpeningHours, closed: new Set(['2026-04-06']) }
const at = (iso: string) => new Date(iso)
// Tuesday 10 March 2026, 10:00 in Paris.
const tuesday = at('2026-03-10T09:00:00Z')

const due = (status: HospitalDischargeStatus, over: Partial<Parameters<typeof hospitalDischargeDeadline>[0]> = {}) => {
  const facts = {
    clockStartedAt: tuesday,
    statusSince: tuesday,
    expectedDischargeAt: at('2026-03-17T09:00:00Z'),
    actualDischargeAt: null,
    hasUncoveredNeed: true,
    firstAnswerDue: null,
    ...over,
  }
  const deadline = hospitalDischargeDeadline({ status, ...facts }, paris)
  return deadline && [deadline.code, deadline.at.toISOString()]
}

describe('what runs out next on a discharge', () => {
  test('it is acknowledged within four business hours', () => {
    expect(due('submitted')).toEqual(['acknowledge', '2026-03-10T13:00:00.000Z'])
    // Friday 18:00 in Paris: two hours that evening, two on Monday morning.
    const friday = at('2026-03-13T17:00:00Z')
    expect(due('submitted', { clockStartedAt: friday })).toEqual(['acknowledge', '2026-03-16T09:00:00.000Z'])
  })

  test('never later than the patient goes home', () => {
    const saturday = at('2026-03-14T10:00:00Z')
    expect(due('submitted', { clockStartedAt: at('2026-03-13T18:30:00Z'), expectedDischargeAt: saturday })).toEqual([
      'acknowledge',
      saturday.toISOString(),
    ])
  })

  test.each(['acknowledged', 'coordinating', 'partially_covered'] as const)(
    'while %s, all needs are covered a day before',
    (status) => {
      expect(due(status)).toEqual(['cover-needs', '2026-03-16T09:00:00.000Z'])
    },
  )

  test('an answer that is due sooner comes first, a later one does not', () => {
    expect(due('coordinating', { firstAnswerDue: at('2026-03-11T09:00:00Z') })?.[0]).toBe('proposal-answer')
    expect(due('coordinating', { firstAnswerDue: at('2026-03-16T10:00:00Z') })?.[0]).toBe('cover-needs')
  })

  test('once all is covered, the discharge itself is next', () => {
    expect(due('covered', { hasUncoveredNeed: false })).toEqual(['discharge', '2026-03-17T09:00:00.000Z'])
  })

  test('what was asked of the ward runs beside the discharge', () => {
    expect(due('info_requested')).toEqual(['information', '2026-03-10T13:00:00.000Z'])
    expect(due('info_requested', { expectedDischargeAt: at('2026-03-11T10:00:00Z') })?.[0]).toBe('cover-needs')
  })

  test('two days after going home somebody calls', () => {
    expect(due('discharged', { actualDischargeAt: tuesday })).toEqual(['follow-up', '2026-03-12T09:00:00.000Z'])
  })

  test.each(['draft', 'followed_up', 'cancelled'] as const)('nothing runs on a discharge that is %s', (status) => {
    expect(due(status)).toBeNull()
  })
})

describe('the nights when clocks change', () => {
  test('a day before is 24 hours before', () => {
    // 29 March 2026, 10:00 in Paris, eight hours after the clocks went forward.
    expect(due('coordinating', { expectedDischargeAt: at('2026-03-29T08:00:00Z') })?.[1]).toBe(
      '2026-03-28T08:00:00.000Z',
    )
  })

  test('the follow-up call keeps its hour on the wall', () => {
    // Friday 27 March, 11:00 in Paris: Sunday 29 March, 11:00 too, though only 47 hours passed.
    expect(due('discharged', { actualDischargeAt: at('2026-03-27T10:00:00Z') })?.[1]).toBe('2026-03-29T09:00:00.000Z')
    // Saturday 24 October, 11:00: Monday 26 October, 11:00, 49 hours later.
    expect(due('discharged', { actualDischargeAt: at('2026-10-24T09:00:00Z') })?.[1]).toBe('2026-10-26T10:00:00.000Z')
  })

  test('business hours jump over the night and the holiday', () => {
    // Friday 3 April, 18:00; Monday 6 April is Easter Monday.
    expect(
      due('submitted', {
        clockStartedAt: at('2026-04-03T16:00:00Z'),
        expectedDischargeAt: at('2026-04-30T08:00:00Z'),
      })?.[1],
    ).toBe('2026-04-07T08:00:00.000Z')
  })
})

describe('how long an answer may take', () => {
  const hoursOn = (hours: number) => new Date(tuesday.getTime() + hours * 3_600_000)
  const minutes = (hoursLeft: number, isUsualTeam: boolean) =>
    (hospitalDischargeAnswerBy(tuesday, hoursOn(hoursLeft), isUsualTeam).getTime() - tuesday.getTime()) / 60_000

  test.each([
    [200, true, 360],
    [200, false, 720],
    [24, true, 360],
    [24, false, 360],
    [12, true, 180],
    [12, false, 180],
    [1, true, 15],
    [0.5, false, 15],
    [-5, false, 15],
  ])('%s hours before, usual team %s: %s minutes', (hoursLeft, isUsualTeam, expected) => {
    expect(minutes(hoursLeft, isUsualTeam)).toBe(expected)
  })

  test('a promise is confirmed again within half of the time left', () => {
    expect(reconfirmationDue(tuesday, hoursOn(10))).toEqual(hoursOn(5))
    expect(reconfirmationDue(tuesday, hoursOn(-10))).toEqual(tuesday)
  })

  test('a day is still the same promise, more is not, in both directions', () => {
    expect(needsReconfirmation(tuesday, hoursOn(24))).toBe(false)
    expect(needsReconfirmation(tuesday, hoursOn(24.01))).toBe(true)
    expect(needsReconfirmation(tuesday, hoursOn(-24.01))).toBe(true)
  })

  test('alert 48 hours before, escalation 12', () => {
    expect(alertFrom(hoursOn(48))).toEqual(tuesday)
    expect(isTimeToEscalate(tuesday, hoursOn(12.01))).toBe(false)
    expect(isTimeToEscalate(tuesday, hoursOn(12))).toBe(true)
  })
})
