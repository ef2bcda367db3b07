import { describe, expect, test } from 'vitest'
import {
  dayInWords,
  daysBetween,
  deadline,
  duration,
  exactInWords,
  momentInWords,
  shortDayInWords,
  timeInWords,
} from './dates.ts'

const at = (iso: string): Date => new Date(iso)
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ')

describe('deadline', () => {
  // Tuesday 24 November 2026, 10:44 in Paris.
  const now = at('2026-11-24T09:44:00Z')

  test.each([
    ['2026-11-22T09:00:00Z', 'late', 'Retard 2 j'],
    ['2026-11-24T09:43:40Z', 'late', 'Retard 1 min'],
    ['2026-11-24T09:44:00Z', 'today', 'Aujourd’hui 10:44'],
    ['2026-11-24T13:00:00Z', 'today', 'Aujourd’hui 14:00'],
    ['2026-11-24T23:30:00Z', 'soon', 'Demain 0:30'],
    ['2026-11-25T08:00:00Z', 'soon', 'Demain 9:00'],
    ['2026-11-27T08:00:00Z', 'later', 'ven. 27 nov.'],
    ['2027-01-04T08:00:00Z', 'later', '4 janv. 2027'],
  ])('%s is %s: « %s »', (due, urgency, words) => {
    const look = deadline(at(due), now)
    expect(look.urgency).toBe(urgency)
    expect(plain(look.words)).toBe(words)
  })

  test('the exact date is spelled out for the tooltip', () => {
    expect(plain(deadline(at('2026-11-27T13:00:00Z'), now).exact)).toMatch(/^vendredi 27 novembre 2026.*14:00$/)
  })

  test('the first of a month is said as one says it', () => {
    expect(plain(exactInWords(at('2026-04-01T09:02:00Z')))).toBe('mercredi 1er avril 2026 à 11:02')
    expect(plain(exactInWords(at('2026-04-11T09:02:00Z')))).toBe('samedi 11 avril 2026 à 11:02')
  })
})

test('the day when the clocks go back lasts 25 hours and is still one day', () => {
  const midnight = at('2026-10-24T22:00:00Z')
  expect(daysBetween(midnight, at('2026-10-25T22:59:00Z'))).toBe(0)
  expect(daysBetween(midnight, at('2026-10-25T23:00:00Z'))).toBe(1)
})

test.each([
  [0, '1 min'],
  [59 * 60_000, '59 min'],
  [60 * 60_000, '1 h'],
  [47.9 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 j'],
])('%d ms lasts « %s »', (ms, words) => {
  expect(plain(duration(ms))).toBe(words)
})

test('moments near now are named, others dated', () => {
  const now = at('2026-11-24T09:44:00Z')
  expect(plain(momentInWords(at('2026-11-24T09:38:00Z'), now))).toBe('aujourd’hui 10:38')
  expect(plain(momentInWords(at('2026-11-23T13:20:00Z'), now))).toBe('hier 14:20')
  expect(plain(momentInWords(at('2026-11-27T08:00:00Z'), now))).toBe('ven. 27 nov. 9:00')
})

test('an hour loses its leading zero, midnight keeps one', () => {
  expect(timeInWords(at('2026-11-24T08:05:00Z'))).toBe('9:05')
  expect(timeInWords(at('2026-11-23T23:05:00Z'))).toBe('0:05')
})

test('the first of a month is said so', () => {
  expect(plain(shortDayInWords(at('2026-10-01T08:00:00Z'), at('2026-11-24T09:44:00Z')))).toBe('jeu. 1er oct.')
  expect(plain(shortDayInWords(at('2025-10-01T08:00:00Z'), at('2026-11-24T09:44:00Z')))).toBe('1er oct. 2025')
})

test('a day of another year says its year', () => {
  expect(plain(shortDayInWords(at('2025-11-27T08:00:00Z'), at('2026-11-24T09:44:00Z')))).toBe('27 nov. 2025')
})

test('a birth date is written out, whatever the zone of the machine', () => {
  expect(plain(dayInWords('1944-03-14'))).toBe('14 mars 1944')
  expect(plain(dayInWords('2026-12-01'))).toBe('1er décembre 2026')
})
