import { describe, expect, test } from 'vitest'
import { Finess, foldName, InseeCode, Rpps } from './identifiers.ts'
import { toE164 } from './phone-numbers.ts'

describe('a phone number becomes E.164 however it is typed', () => {
  test.each([
    ['06 39 98 14 27', '+33639981427'],
    ['04.65.71.01.42', '+33465710142'],
    ['+33 4 65 71 01 42', '+33465710142'],
    ['0033465710142', '+33465710142'],
    ['0262 12 34 56', '+262262123456'],
    ['0692123456', '+262692123456'],
    ['0590-12-34-56', '+590590123456'],
    ['0696 12 34 56', '+596696123456'],
    ['+32 470 12 34 56', '+32470123456'],
  ])('%s', (typed, expected) => expect(toE164(typed)).toBe(expected))

  test.each(['', '12', 'le matin', '0639'])('%s is no number', (typed) => expect(toE164(typed)).toBeUndefined())
})

test('INSEE codes of Corsica are codes', () => {
  expect(InseeCode.safeParse('2A004').success).toBe(true)
  expect(InseeCode.safeParse('2B033').success).toBe(true)
  expect(InseeCode.safeParse('2C033').success).toBe(false)
  expect(InseeCode.safeParse('34145').success).toBe(true)
})

test('published RPPS numbers that fail Luhn are still RPPS numbers', () => {
  for (const rpps of ['10003461033', '10102727017', '10001288385', '10002909371']) {
    expect(Rpps.safeParse(rpps).success).toBe(true)
  }
  expect(Rpps.safeParse('1000346103').success).toBe(false)
})

test('a FINESS of Corsica starts with its letter', () => {
  expect(Finess.safeParse('2A0000014').success).toBe(true)
  expect(Finess.safeParse('060016219').success).toBe(true)
})

test('names fold alike whatever their accents, hyphens, apostrophes and ligatures', () => {
  expect(foldName('Éloïse D’Œuvre-Noël')).toBe('eloise d oeuvre noel')
  expect(foldName('ELOISE D OEUVRE NOEL')).toBe('eloise d oeuvre noel')
})
