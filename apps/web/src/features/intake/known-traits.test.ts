import { DayDate } from '@maillage/contracts/kit/dates'
import { PatientId } from '@maillage/contracts/kit/ids'
import { describe, expect, test } from 'vitest'
import { type Described, likeness, matchesOf, questionsOf } from './known-traits.ts'
import { matchesInWords } from './look-alike-words.ts'

const known = {
  id: PatientId.parse('0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c09'),
  birthName: 'Guiraud-Pons',
  lastName: 'Pélissac',
  firstName: 'Maëlys',
  birthDate: DayDate.parse('2009-05-12'),
  sex: 'female' as const,
  phones: ['+33639981427'],
  municipality: 'Lunel',
  openCases: [],
}
const typed = (over: Partial<Described>): Described => ({
  birthName: '',
  firstName: '',
  birthDate: '',
  sex: undefined,
  phone: '',
  ...over,
})

describe('what a known person shares with the one described', () => {
  test('accents, hyphens and case aside, from the first letters on', () => {
    expect(matchesOf(known, typed({ birthName: 'guiraud p', firstName: 'MAEL' }))).toEqual(['birthName', 'firstName'])
    expect(matchesOf(known, typed({ birthName: 'pelissac' }))).toEqual(['birthName'])
  })
  test('a phone in any of its writings', () => {
    for (const phone of ['0639981427', '06 39 98 14 27', '+33 6 39 98 14 27', '0033639981427'])
      expect(matchesOf(known, typed({ phone }))).toEqual(['phone'])
    expect(matchesOf(known, typed({ phone: '06 39' }))).toEqual([])
  })
  test('nothing typed matches nothing', () => {
    expect(matchesOf(known, typed({}))).toEqual([])
    expect(matchesOf(known, typed({ sex: 'unknown' }))).toEqual([])
  })
  test('a birth date and a phone tell more than two names', () => {
    expect(likeness(['birthDate', 'phone'])).toBeGreaterThan(likeness(['birthName', 'firstName', 'sex']))
  })
})

test('the server is asked for a name, a whole phone and a whole date, and for nothing shorter', () => {
  expect(questionsOf(typed({ birthName: 'G', phone: '0639', birthDate: '0002-01-01' }))).toEqual([])
  expect(
    questionsOf(typed({ birthName: 'Guiraud', firstName: 'Maelys', phone: '06 39 98 14 27', birthDate: '2009-05-12' })),
  ).toEqual(['Guiraud Maelys', '+33639981427', '2009-05-12'])
})

test('what is the same is said in words, the sex never alone', () => {
  expect(matchesInWords(['sex', 'birthDate', 'birthName'])).toBe('Mêmes nom, date de naissance et sexe')
  expect(matchesInWords(['phone'])).toBe('Même téléphone')
  expect(matchesInWords(['sex'])).toBe('')
})
