import { describe, expect, test } from 'vitest'
import { type Calendar, defaultOpeningHours } from '../../kernel/calendar.ts'
import {
  type Attempt,
  answerBy,
  askedBefore,
  type Contact,
  firstWay,
  graceEnd,
  linkDays,
  nextAttemptAt,
  nextWay,
} from './schedule.ts'

const calendar: Calendar = {
  timeZone: 'Europe/Paris',
  hours: defaultOpeningHours,
  closed: new Set(['2026-05-01', '2026-12-25']),
}
const contact = (over: Partial<Contact> = {}): Contact => ({ email: null, mobile: null, hasPhone: false, ...over })
const made = (...channels: Attempt['channel'][]): Attempt[] => channels.map((channel) => ({ channel, bounced: false }))
const delays = { everyDays: 90, attempts: 3, gapDays: 7, graceDays: 30 }
const email = 'a@exemple.fr'
const mobile = '+33600000000'

describe('how somebody is asked', () => {
  test.each([
    [
      'mail and mobile: one of each, then a call',
      contact({ email, mobile, hasPhone: true }),
      ['email', 'sms', 'phone'],
    ],
    ['mail and a landline: two mails, then a call', contact({ email, hasPhone: true }), ['email', 'email', 'phone']],
    ['mail alone: two mails, then a letter', contact({ email }), ['email', 'email', 'letter']],
    ['a mobile alone: two texts, then a call', contact({ mobile, hasPhone: true }), ['sms', 'sms', 'phone']],
    ['a landline alone: two calls, then a letter', contact({ hasPhone: true }), ['phone', 'phone', 'letter']],
  ] as const)('%s, then the grace', (_, who, plan) => {
    expect(firstWay(who)).toBe(plan[0])
    expect(plan.map((_channel, at) => nextWay(who, made(...plan.slice(0, at)), 3))).toEqual(plan)
    expect(nextWay(who, made(...plan), 3)).toBe('grace')
  })

  test('more attempts, where the CPTS wants more, are made by hand', () => {
    const who = contact({ email, mobile, hasPhone: true })
    expect(nextWay(who, made('email', 'sms', 'phone'), 5)).toBe('phone')
    expect(nextWay(contact({ email }), made('email', 'email', 'letter'), 5)).toBe('letter')
    expect(nextWay(who, made('email', 'sms', 'phone', 'phone', 'phone'), 5)).toBe('grace')
  })

  test('somebody with an address alone is never given up by the clock', () => {
    for (const count of [0, 1, 2, 3, 7])
      expect(nextWay(contact(), made(...Array(count).fill('letter')), 3)).toBe('letter')
  })

  test('a message that came back asked nobody: another way is taken, and three attempts are still made', () => {
    const who = contact({ email, mobile, hasPhone: true })
    const attempts: Attempt[] = [{ channel: 'email', bounced: true }]
    expect(nextWay(who, attempts, 3)).toBe('sms')
    expect(nextWay(who, [...attempts, ...made('sms', 'sms')], 3)).toBe('phone')
    expect(nextWay(who, [...attempts, ...made('sms', 'sms', 'phone')], 3)).toBe('grace')
    // The number took no text message; it may still be called.
    expect(nextWay(contact({ mobile, hasPhone: true }), [{ channel: 'sms', bounced: true }], 3)).toBe('phone')
  })

  test('three attempts by one way are not enough where there is another', () => {
    expect(nextWay(contact({ hasPhone: true }), made('phone', 'phone', 'phone'), 3)).toBe('letter')
  })
})

describe('when', () => {
  test.each([
    ['a week later at the same hour', '2026-03-02T09:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['the same hour on the wall when the clocks change', '2026-03-25T09:00:00Z', '2026-04-01T08:00:00.000Z'],
    ['the next open day after a holiday', '2026-04-24T09:00:00Z', '2026-05-04T06:00:00.000Z'],
  ])('an attempt follows another %s', (_, now, expected) => {
    expect(nextAttemptAt(calendar, new Date(now), delays).toISOString()).toBe(expected)
  })

  test('the grace ends while somebody can answer a call', () => {
    // Thirty days later is Christmas, a Friday.
    expect(graceEnd(calendar, new Date('2026-11-25T09:00:00Z'), delays).toISOString()).toBe('2026-12-28T07:00:00.000Z')
  })

  test('an answer is awaited until the end of the grace, and the link of a message answers longer', () => {
    // 14 days of attempts and 30 of grace: a Wednesday.
    expect(answerBy(calendar, new Date('2026-03-02T09:00:00Z'), delays).toISOString()).toBe('2026-04-15T08:00:00.000Z')
    expect(linkDays(delays)).toBe(59)
  })

  test('ninety days are counted on the calendar, across the change of clocks', () => {
    expect(askedBefore(calendar, new Date('2026-05-20T08:00:00Z'), delays).toISOString()).toBe(
      '2026-02-19T09:00:00.000Z',
    )
  })
})
