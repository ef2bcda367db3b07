import { expect, test } from 'vitest'
import { ageInWords, bornInWords, notTold, thePatientWithin } from './patient-words.ts'

const now = new Date('2026-11-24T09:44:00Z')

test('words follow the recorded sex, and an unknown one is worded otherwise', () => {
  expect(notTold('female')).toBe('La patiente n’en sera pas informée.')
  expect(notTold('male')).toBe('Le patient n’en sera pas informé.')
  expect(notTold('unknown')).toBe('La personne n’en sera pas informée.')
  expect(thePatientWithin('male')).toBe('le patient')
})

test('an age is counted on the day of Paris', () => {
  expect(ageInWords('1944-03-14', now)).toBe('82\u00A0ans')
  expect(ageInWords('2025-11-24', now)).toBe('1\u00A0an')
  expect(ageInWords('2026-09-01', now)).toBe('moins d’un an')
})

test('a birth is said as people say it', () => {
  expect(bornInWords({ birthDate: '1944-03-14', sex: 'female' }, now)).toBe('82\u00A0ans, née le 14 mars 1944')
  expect(bornInWords({ birthDate: '1944-03-01', sex: 'male' }, now)).toBe('82\u00A0ans, né le 1er mars 1944')
})
