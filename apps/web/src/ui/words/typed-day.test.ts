import { describe, expect, test } from 'vitest'
import { readTypedDay, typedDay } from './typed-day.ts'

describe('a day typed', () => {
  test.each([
    ['12/05/1944', '1944-05-12'],
    ['12.5.1944', '1944-05-12'],
    ['12 05 1944', '1944-05-12'],
    [' 12-5-1944 ', '1944-05-12'],
    ['12051944', '1944-05-12'],
    ['1944-05-12', '1944-05-12'],
    ['29/02/2024', '2024-02-29'],
  ])('%s is read', (typed, day) => {
    expect(readTypedDay(typed)).toBe(day)
  })

  test.each(['12/05/44', '31/04/1944', '29/02/2023', '13/13/1944', '1205', 'mai 1944', '', '12/05/19445'])(
    '« %s » is not guessed',
    (typed) => {
      expect(readTypedDay(typed)).toBeUndefined()
    },
  )

  test('is shown as it is written, and what is no day stays as typed', () => {
    expect(typedDay('1944-05-12')).toBe('12/05/1944')
    expect(typedDay('12/05/')).toBe('12/05/')
  })
})
