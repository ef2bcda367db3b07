import { DayDate } from '@maillage/contracts/kit/dates'
import { expect, test } from 'vitest'
import { alertInWords, whatInWords, whenInWords, whyInWords } from './alert-words.ts'

const day = DayDate.parse('2026-03-10')
const hour = {
  rule: 'hour',
  files: 72,
  threshold: 60,
  firstAt: '2026-03-10T13:02:00Z',
  lastAt: '2026-03-10T13:58:00Z',
} as const

test('a reason says what, when and why, and nothing of a patient', () => {
  expect(whatInWords(hour)).toBe('Dossiers de 72\u00A0patients, ouverts en une heure')
  expect(whenInWords(day, hour)).toBe('Le 10 mars 2026, de 14:02 à 14:58')
  expect(whyInWords(hour)).toBe('Signalé à partir de 60\u00A0patients en une heure.')
})

test('a night goes on past midnight', () => {
  const night = { ...hour, rule: 'night', firstAt: '2026-03-10T22:30:00Z', lastAt: '2026-03-11T01:00:00Z' } as const
  expect(whenInWords(day, night)).toBe('La nuit du 10 mars 2026 au lendemain, de 23:30 à 2:00')
})

test('lists show people and open nothing', () => {
  const listed = { ...hour, rule: 'listed', files: 1620, threshold: 1500 } as const
  expect(whatInWords(listed)).toMatch(/^1.620.patients montrés en un jour par des listes ou des recherches$/)
  expect(alertInWords({ reasons: [{ ...hour, files: 1 }, listed] })).toMatch(
    /^Dossier de 1.patient, ouvert en une heure, 1.620.patients montrés en un jour/,
  )
})
