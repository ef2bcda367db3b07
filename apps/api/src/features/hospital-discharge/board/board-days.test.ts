import { DayDate } from '@maillage/contracts/kit/dates'
import { describe, expect, test } from 'vitest'
import { boardWindow } from './board-days.ts'

const paris = 'Europe/Paris'

describe('the window of a board', () => {
  test('of today holds what is late, and tells changes since the day before began', () => {
    expect(boardWindow(paris, new Date('2026-11-24T22:30:00Z'), undefined)).toEqual({
      from: '2026-11-24',
      after: null,
      since: new Date('2026-11-22T23:00:00Z'),
    })
  })

  test('follows the wall clock through the night when the clocks go back', () => {
    // 0:30 in Paris on 25 October; the day before began under summer time.
    const night = boardWindow(paris, new Date('2026-10-24T22:30:00Z'), undefined)
    expect(night).toMatchObject({ from: '2026-10-25', since: new Date('2026-10-23T22:00:00Z') })
    const after = boardWindow(paris, new Date('2026-10-25T23:30:00Z'), undefined)
    expect(after).toMatchObject({ from: '2026-10-26', since: new Date('2026-10-24T22:00:00Z') })
  })

  test('of a later day begins at its first minute, also the night when the clocks go forward', () => {
    const asked = DayDate.parse('2026-03-29')
    expect(boardWindow(paris, new Date('2026-03-27T09:00:00Z'), asked).after).toEqual(new Date('2026-03-28T23:00:00Z'))
    const next = DayDate.parse('2026-03-30')
    expect(boardWindow(paris, new Date('2026-03-27T09:00:00Z'), next).after).toEqual(new Date('2026-03-29T22:00:00Z'))
  })
})
