import { expect, test } from 'vitest'
import { firstChoice, likelihood, partInWords } from './duplicate-words.ts'

test('a part of the score is said with its way and its signed points', () => {
  expect(partInWords({ trait: 'firstName', how: 'sounds', points: 18 })).toBe('Prénom\u00A0: se prononce de même, +18')
  expect(partInWords({ trait: 'birthDate', how: 'swapped', points: 20 })).toBe(
    'Date de naissance\u00A0: jour et mois intervertis, +20',
  )
  expect(partInWords({ trait: 'sex', how: 'different', points: -10 })).toBe('Sexe\u00A0: différent, −10')
})

test('words come before figures', () => {
  expect([likelihood(64), likelihood(84), likelihood(85)]).toEqual(['Possible', 'Possible', 'Très probable'])
})

test('a field is first taken from the kept record, unless it says nothing there', () => {
  const field = { field: 'email', label: 'E-mail', isSame: false } as const
  expect(firstChoice({ ...field, values: ['a', 'b'] }, 1)).toBe(1)
  expect(firstChoice({ ...field, values: ['', 'b'] }, 0)).toBe(1)
  expect(firstChoice({ ...field, values: ['a', ''] }, 1)).toBe(0)
})
