import { expect, test } from 'vitest'
import { readerInWords, readerRoleInWords, timesInWords } from './readings-words.ts'

test('a reader without an account is the patient, or the program', () => {
  expect(readerInWords({ by: 'Camille Modèle', role: 'coordinator' })).toBe('Camille Modèle')
  expect(readerInWords({ by: null, role: 'patient' })).toBe('Le patient ou un proche, par son lien')
  expect(readerInWords({ by: null, role: 'system' })).toBe('Maillage')
  expect(readerRoleInWords('patient')).toBe('')
})

test('a day is told by its first and its last time', () => {
  const at = (hour: string) => `2026-03-10T${hour}:00.000Z`
  expect(timesInWords({ times: 1, firstAt: at('09:00'), lastAt: at('09:00') })).toBe('à 10:00')
  expect(timesInWords({ times: 1, firstAt: at('09:00'), lastAt: at('09:05') })).toBe('de 10:00 à 10:05')
  expect(timesInWords({ times: 3, firstAt: at('09:00'), lastAt: at('12:30') })).toBe('3\u00A0fois, de 10:00 à 13:30')
})
