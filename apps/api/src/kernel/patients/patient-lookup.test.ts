import { describe, expect, test } from 'vitest'
import { readSought } from './patient-lookup.ts'

const now = new Date('2026-03-02T09:00:00Z')
const words = (typed: string) => readSought(typed, now).words

describe('what somebody typed', () => {
  test.each([
    ['MT-2026-0042', ['MT-2026-0042']],
    ['snp 2025 7', ['SNP-2025-0007']],
    ['sh-2026-12345', ['SH-2026-12345']],
  ])('%s is a reference', (typed, references) => {
    expect(readSought(typed, now)).toEqual({ references, birthDate: null, words: [] })
  })

  test('mt 42 is that number in each of the last ten years', () => {
    const { references } = readSought('mt 42', now)
    expect([references.length, references[0], references.at(-1)]).toEqual([10, 'MT-2026-0042', 'MT-2017-0042'])
  })

  test.each(['12/03/1944', '12.3.1944', '12-03-1944', '12 03 1944', '1944-03-12'])('%s is a day', (typed) => {
    expect(readSought(typed, now)).toEqual({ references: [], birthDate: '1944-03-12', words: [] })
  })

  test('a day that does not exist is none', () => {
    expect(readSought('31/02/1944', now).birthDate).toBeNull()
  })

  test.each([
    ['06 12 34', [['061234']]],
    ['06.12.34.56.78', [['0612345678', '+33612345678']]],
    ['0033 6 12 34', [['+3361234']]],
    ['0262 12 34 56', [['0262123456', '+262262123456']]],
  ])('%s is the beginning of a phone number', (typed, expected) => {
    expect(words(typed)).toEqual(expected)
  })

  test('anything else is beginnings of words, folded, six at most', () => {
    expect(words('D’Œuvrard-Béranger  Zoé')).toEqual([['d'], ['oeuvrard'], ['beranger'], ['zoe']])
    expect(words('a b c d e f g h')).toHaveLength(6)
    expect(words('?!')).toEqual([])
  })
})
