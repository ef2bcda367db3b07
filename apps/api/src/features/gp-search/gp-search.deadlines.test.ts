import { describe, expect, test } from 'vitest'
import { type Calendar, defaultOpeningHours } from '../../kernel/calendar.ts'
import { type GpSearchClockFacts, gpSearchAnswerBy, gpSearchDeadline } from './gp-search.deadlines.ts'

const calendar: Calendar = { timeZone: 'Europe/Paris', hours: defaultOpeningHours, closed: new Set(['2026-12-25']) }
const monday = new Date('2026-11-23T09:00:00Z')

const facts = (over: Partial<GpSearchClockFacts>): GpSearchClockFacts => ({
  status: 'submitted',
  band: 'P3',
  clockStartedAt: monday,
  statusSince: monday,
  resumeAt: null,
  toldAt: null,
  visitAt: null,
  confirmedAt: null,
  firstExpiry: null,
  attemptsSinceAsked: 0,
  revalidationDays: 90,
  askedUntil: null,
  ...over,
})

describe('what runs out next, and when (domain notes D7)', () => {
  test.each([
    ['P1 is triaged within two business days', { band: 'P1' }, 'triage', '2026-11-25T19:00:00.000Z'],
    ['the others within five', {}, 'triage', '2026-11-30T19:00:00.000Z'],
    [
      'questions are asked again after ten days',
      { status: 'info_requested' },
      'information',
      '2026-12-03T09:00:00.000Z',
    ],
    [
      'after two attempts, at thirty days',
      { status: 'info_requested', attemptsSinceAsked: 2 },
      'information',
      '2026-12-23T09:00:00.000Z',
    ],
    ['and never later', { status: 'info_requested', attemptsSinceAsked: 9 }, 'information', '2026-12-23T09:00:00.000Z'],
    [
      'P1 is proposed within ten business days',
      { status: 'eligible', band: 'P1' },
      'find-practitioner',
      '2026-12-07T19:00:00.000Z',
    ],
    ['P2 within thirty days', { status: 'eligible', band: 'P2' }, 'find-practitioner', '2026-12-23T09:00:00.000Z'],
    [
      'ninety days after the patient last said so',
      { status: 'eligible', confirmedAt: new Date('2027-01-04T09:00:00Z') },
      'revalidation',
      '2027-04-04T08:00:00.000Z',
    ],
    [
      'what was said before the clock started counts no more',
      { status: 'eligible', confirmedAt: new Date('2026-10-01T09:00:00Z') },
      'revalidation',
      '2027-02-21T09:00:00.000Z',
    ],
    [
      'or after as many as the CPTS wants',
      { status: 'eligible', revalidationDays: 60 },
      'revalidation',
      '2027-01-22T09:00:00.000Z',
    ],
    [
      'being asked, they are not late: the end of the asking comes next',
      { status: 'eligible', askedUntil: new Date('2027-04-06T08:00:00Z') },
      'revalidation-asked',
      '2027-04-06T08:00:00.000Z',
    ],
    [
      'P1 is looked for whether or not they are asked',
      { status: 'eligible', band: 'P1', askedUntil: new Date('2027-04-06T08:00:00Z') },
      'find-practitioner',
      '2026-12-07T19:00:00.000Z',
    ],
    ['the others are confirmed again after ninety', { status: 'eligible' }, 'revalidation', '2027-02-21T09:00:00.000Z'],
    [
      'a proposal runs to its first expiry',
      { status: 'proposing', firstExpiry: new Date('2026-11-25T10:00:00Z') },
      'proposal-answer',
      '2026-11-25T10:00:00.000Z',
    ],
    ['the patient is told within two business days', { status: 'matched' }, 'tell-patient', '2026-11-25T19:00:00.000Z'],
    ['then seen within thirty days', { status: 'matched', toldAt: monday }, 'first-visit', '2026-12-23T09:00:00.000Z'],
    [
      'P1 within fourteen',
      { status: 'matched', toldAt: monday, band: 'P1' },
      'first-visit',
      '2026-12-07T09:00:00.000Z',
    ],
    [
      'the declaration follows the visit by fifteen days',
      { status: 'visit_booked', visitAt: monday },
      'declaration',
      '2026-12-08T09:00:00.000Z',
    ],
    ['a pause ends when it was said', { status: 'on_hold', resumeAt: monday }, 'resume', '2026-11-23T09:00:00.000Z'],
  ] as const)('%s', (_name, over, code, at) => {
    const deadline = gpSearchDeadline(facts(over), calendar)
    expect([deadline?.code, deadline?.at.toISOString()]).toEqual([code, at])
  })

  test.each(['draft', 'declared', 'closed'] as const)('nothing runs on a case that is %s', (status) => {
    expect(gpSearchDeadline(facts({ status }), calendar)).toBeNull()
  })
})

test('a doctor has forty-eight hours for P1, five business days for the others', () => {
  expect(gpSearchAnswerBy('P1', monday, calendar).toISOString()).toBe('2026-11-25T09:00:00.000Z')
  expect(gpSearchAnswerBy('P3', monday, calendar).toISOString()).toBe('2026-11-30T19:00:00.000Z')
})

test('forty-eight hours over the autumn night are forty-eight hours', () => {
  const sent = new Date('2026-10-24T12:00:00Z')
  expect(gpSearchAnswerBy('P1', sent, calendar).getTime() - sent.getTime()).toBe(48 * 3_600_000)
})
