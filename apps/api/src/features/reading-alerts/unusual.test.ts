import { describe, expect, test } from 'vitest'
import { type Calendar, defaultOpeningHours } from '../../kernel/calendar.ts'
import { findUnusual, type Limits, type Opening } from './unusual.ts'

const calendar: Calendar = { timeZone: 'Europe/Paris', hours: defaultOpeningHours, closed: new Set(['2026-05-01']) }
const limits: Limits = { hour: 3, day: 5, night: 2, closedDay: 2, from: 7, to: 21 }
const none: Limits = { ...limits, hour: 0, day: 0, night: 0, closedDay: 0 }
const found = (openings: readonly Opening[], over: Partial<Limits> = {}, isOnDuty = (_at: Date): boolean => false) =>
  findUnusual(openings, { calendar, limits: { ...none, ...over }, isOnDuty }).map(({ rule, day, files }) => [
    rule,
    day,
    files,
  ])
/** Openings at these moments, each of another patient unless one is named. */
const at = (...moments: readonly string[]): Opening[] =>
  moments.map((moment, index) => {
    const [when = '', patientId = `patient ${index}`] = moment.split(' of ')
    return { at: new Date(when), patientId }
  })

describe('in an hour', () => {
  test('the last one counts, the one before does not', () => {
    const three = at('2026-03-10T10:00:00Z', '2026-03-10T10:30:00Z', '2026-03-10T10:59:59.999Z')
    expect(found(three, { hour: 3 })).toEqual([['hour', '2026-03-10', 3]])
    expect(found(three, { hour: 4 })).toEqual([])
  })
  test('sixty minutes later is another hour, and any hour is one: the clock’s own does not matter', () => {
    expect(found(at('2026-03-10T10:00:00Z', '2026-03-10T10:30:00Z', '2026-03-10T11:00:00Z'), { hour: 3 })).toEqual([])
    expect(found(at('2026-03-10T10:58:00Z', '2026-03-10T10:59:00Z', '2026-03-10T11:01:00Z'), { hour: 3 })).toHaveLength(
      1,
    )
  })
  test('the same patient counts once', () => {
    const one = at('2026-03-10T10:00:00Z of a', '2026-03-10T10:01:00Z of a', '2026-03-10T10:02:00Z of a')
    expect(found(one, { hour: 2 })).toEqual([])
  })
  test('one that leaves the hour is still there when it was opened again', () => {
    const again = at('2026-03-10T10:00:00Z of a', '2026-03-10T10:50:00Z of a', '2026-03-10T11:05:00Z of b')
    expect(found(again, { hour: 2 })).toEqual([['hour', '2026-03-10', 2]])
  })
  test('a day tells once, with the most', () => {
    const twice = at(
      '2026-03-10T08:00:00Z',
      '2026-03-10T08:01:00Z',
      '2026-03-10T12:00:00Z',
      '2026-03-10T12:01:00Z',
      '2026-03-10T12:02:00Z',
    )
    expect(found(twice, { hour: 2 })).toEqual([['hour', '2026-03-10', 3]])
  })
})

test('a day is the CPTS’s, of twenty-three or twenty-five hours when clocks change', () => {
  const spring = at('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z')
  expect(found(spring, { day: 2 })).toEqual([['day', '2026-03-29', 2]])
  const autumn = at('2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z')
  expect(found(autumn, { day: 2 })).toEqual([['day', '2026-10-25', 2]])
})

describe('on the nights when clocks change', () => {
  /** Open from midnight to four, whichever day it is. */
  const early = [[0, 240]] as const
  const hours = { mon: early, tue: early, wed: early, thu: early, fri: early, sat: early, sun: early }
  const open: Calendar = { ...calendar, hours }
  const night = (openings: readonly Opening[], on = calendar): unknown[] =>
    findUnusual(openings, { calendar: on, limits: { ...none, night: 2 }, isOnDuty: () => false })
  test('the hour that comes twice is night both times, the one that is left out is no time at all', () => {
    expect(night(at('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'))).toMatchObject([{ day: '2026-10-24', files: 2 }])
    expect(night(at('2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'))).toMatchObject([{ day: '2026-03-28', files: 2 }])
  })
  test('the CPTS’s own hours last five hours or three', () => {
    expect(night(at('2026-10-24T22:00:00Z', '2026-10-25T02:59:59Z'), open)).toEqual([])
    expect(night(at('2026-10-25T03:00:00Z', '2026-10-25T03:01:00Z'), open)).toMatchObject([{ files: 2 }])
    expect(night(at('2026-03-28T23:00:00Z', '2026-03-29T01:59:59Z'), open)).toEqual([])
    expect(night(at('2026-03-29T02:00:00Z', '2026-03-29T02:01:00Z'), open)).toMatchObject([{ files: 2 }])
  })
  test('the night ends and begins on the wall clock', () => {
    expect(night(at('2026-03-29T05:00:00Z', '2026-03-29T18:59:59Z'))).toEqual([])
    expect(night(at('2026-03-29T04:59:59Z', '2026-03-28T20:00:00Z'))).toHaveLength(1)
    expect(night(at('2026-10-25T05:59:59Z', '2026-10-24T19:00:00Z'))).toHaveLength(1)
    expect(night(at('2026-10-25T06:00:00Z', '2026-10-25T19:59:59Z'))).toEqual([])
  })
  test('sixty minutes are sixty minutes', () => {
    expect(found(at('2026-10-25T00:30:00Z', '2026-10-25T01:29:59Z'), { hour: 2 })).toHaveLength(1)
    expect(found(at('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'), { hour: 2 })).toEqual([])
  })
})

describe('outside hours', () => {
  test('before seven and from nine in the evening is the night, on the wall clock of both seasons', () => {
    expect(found(at('2026-03-10T20:00:00Z', '2026-03-11T05:59:59Z'), { night: 2 })).toEqual([
      ['night', '2026-03-10', 2],
    ])
    expect(found(at('2026-03-10T06:00:00Z', '2026-03-10T19:59:59Z'), { night: 2 })).toEqual([])
    expect(found(at('2026-07-10T19:00:00Z', '2026-07-11T04:59:59Z'), { night: 2 })).toEqual([
      ['night', '2026-07-10', 2],
    ])
  })
  test('a night is one before and after midnight, and ends in the morning', () => {
    expect(found(at('2026-03-10T22:30:00Z', '2026-03-10T23:30:00Z'), { night: 2 })).toEqual([
      ['night', '2026-03-10', 2],
    ])
    expect(found(at('2026-03-10T05:00:00Z', '2026-03-10T22:00:00Z'), { night: 2 })).toEqual([])
  })
  test('the CPTS’s own hours are never the night', () => {
    expect(found(at('2026-03-10T18:30:00Z', '2026-03-10T18:40:00Z'), { night: 2, to: 18 })).toEqual([])
  })
  test('a week-end and a holiday are closed days; their nights are nights', () => {
    expect(found(at('2026-03-14T10:00:00Z', '2026-03-14T11:00:00Z'), { closedDay: 2 })).toEqual([
      ['closed-day', '2026-03-14', 2],
    ])
    expect(found(at('2026-05-01T10:00:00Z', '2026-05-01T11:00:00Z'), { closedDay: 2 })).toEqual([
      ['closed-day', '2026-05-01', 2],
    ])
    expect(found(at('2026-03-14T22:00:00Z', '2026-03-14T22:30:00Z'), { closedDay: 2 })).toEqual([])
  })
  test('whoever is on duty then is not told of', () => {
    const saturday = at('2026-03-14T10:00:00Z', '2026-03-14T11:00:00Z')
    expect(found(saturday, { closedDay: 1 }, (when) => when.getUTCHours() === 10)).toEqual([
      ['closed-day', '2026-03-14', 1],
    ])
    expect(found(saturday, { closedDay: 1 }, () => true)).toEqual([])
  })
})

test('nought tells nothing', () => {
  expect(
    found(at(...Array.from({ length: 100 }, (_, n) => new Date(Date.UTC(2026, 2, 14, 2, n)).toISOString()))),
  ).toEqual([])
})
