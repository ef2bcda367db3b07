import { DayDate } from '@maillage/contracts/kit/dates'
import { expect, test } from 'vitest'
import { whatInWords, whenInWords, whyInWords } from './alert-words.ts'

test('an alert says what, when and why, and nothing of a patient', () => {
  const alert = {
    rule: 'hour',
    files: 72,
    threshold: 60,
    day: DayDate.parse('2026-03-10'),
    firstAt: '2026-03-10T13:02:00Z',
    lastAt: '2026-03-10T13:58:00Z',
  } as const
  expect(whatInWords(alert)).toBe('Dossiers de 72\u00A0patients, ouverts en une heure')
  expect(whenInWords(alert)).toBe('Le 10 mars 2026, de 14:02 à 14:58')
  expect(whyInWords(alert)).toBe('Signalé à partir de 60 patients en une heure.')
})
