import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterQuiet, whenDue } from './when-due.ts'

const paris = 'Europe/Paris'
const at = (text: string) => new Date(text)
const night = { from: 20 * 60, until: 7 * 60 + 30 }
const hours = { quiet: night, urgentPasses: true, digest: { every: 'at-once' } } as const

describe('quiet hours, on the clock of the CPTS', () => {
  test.each([
    ['2026-03-10T18:59:00Z', '2026-03-10T18:59:00Z', 'a minute before they begin'],
    ['2026-03-10T19:00:00Z', '2026-03-11T06:30:00Z', 'as they begin'],
    ['2026-03-11T02:00:00Z', '2026-03-11T06:30:00Z', 'past midnight'],
    ['2026-03-11T06:29:00Z', '2026-03-11T06:30:00Z', 'a minute before they end'],
    ['2026-03-11T06:30:00Z', '2026-03-11T06:30:00Z', 'as they end'],
    ['2026-03-28T22:00:00Z', '2026-03-29T05:30:00Z', 'the night that loses an hour'],
    ['2026-10-24T22:00:00Z', '2026-10-25T06:30:00Z', 'the night that gains one'],
  ])('%s leaves at %s: %s', (now, due) => {
    expect(whenDue(hours, 'quiet', paris, at(now))).toEqual(at(due))
  })

  test('another zone has another night', () => {
    expect(whenDue(hours, 'quiet', 'Indian/Reunion', at('2026-03-10T17:00:00Z'))).toEqual(at('2026-03-11T03:30:00Z'))
    expect(whenDue(hours, 'quiet', paris, at('2026-03-10T17:00:00Z'))).toEqual(at('2026-03-10T17:00:00Z'))
  })

  test('at noon too, where somebody wants their lunch', () => {
    const quiet = { from: 12 * 60, until: 14 * 60 }
    expect(afterQuiet(quiet, paris, at('2026-03-10T11:30:00Z'))).toEqual(at('2026-03-10T13:00:00Z'))
    expect(afterQuiet(quiet, paris, at('2026-03-10T13:00:00Z'))).toEqual(at('2026-03-10T13:00:00Z'))
  })

  test('an end that the clock skips comes an hour later; one that it shows twice is met at its next turn', () => {
    const quiet = { from: 22 * 60, until: 2 * 60 + 30 }
    expect(afterQuiet(quiet, paris, at('2026-03-28T22:00:00Z'))).toEqual(at('2026-03-29T01:30:00Z'))
    // 2:10 for the second time: the first 2:30 is past.
    expect(afterQuiet(quiet, paris, at('2026-10-25T00:10:00Z'))).toEqual(at('2026-10-25T00:30:00Z'))
    expect(afterQuiet(quiet, paris, at('2026-10-25T01:10:00Z'))).toEqual(at('2026-10-25T01:30:00Z'))
  })

  test('whatever the hours and the instant, nothing leaves in them, nor more than a day late', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    const instant = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(minute, minute, instant, (from, until, now) => {
        fc.pre(from !== until)
        const due = afterQuiet({ from, until }, paris, now)
        expect(due.getTime()).toBeGreaterThanOrEqual(now.getTime())
        expect(due.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
      }),
    )
  })
})

describe('what passes', () => {
  const midnight = at('2026-03-10T23:00:00Z')

  test('what is urgent, unless the person closed the door to it too', () => {
    expect(whenDue(hours, 'urgent', paris, midnight)).toEqual(midnight)
    expect(whenDue({ ...hours, urgentPasses: false }, 'urgent', paris, midnight)).toEqual(at('2026-03-11T06:30:00Z'))
  })

  test('what the person has just asked for, always', () => {
    const closed = { ...hours, urgentPasses: false, digest: { every: 'day', at: 480 } } as const
    expect(whenDue(closed, 'asked', paris, midnight)).toEqual(midnight)
  })
})

describe('one message a day', () => {
  const daily = { ...hours, digest: { every: 'day', at: 12 * 60 } } as const

  test('what is quiet waits for its hour, today or tomorrow', () => {
    expect(whenDue(daily, 'quiet', paris, at('2026-03-10T09:00:00Z'))).toEqual(at('2026-03-10T11:00:00Z'))
    expect(whenDue(daily, 'quiet', paris, at('2026-03-10T11:00:00Z'))).toEqual(at('2026-03-11T11:00:00Z'))
  })

  test('what is urgent does not', () => {
    expect(whenDue(daily, 'urgent', paris, at('2026-03-10T09:00:00Z'))).toEqual(at('2026-03-10T09:00:00Z'))
  })

  test('an hour chosen within quiet hours waits for their end', () => {
    const late = { ...daily, digest: { every: 'day', at: 21 * 60 } } as const
    expect(whenDue(late, 'quiet', paris, at('2026-03-10T09:00:00Z'))).toEqual(at('2026-03-11T06:30:00Z'))
  })
})
