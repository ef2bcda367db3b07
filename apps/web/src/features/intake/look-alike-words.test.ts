import { expect, test } from 'vitest'
import { alikeTitle, noneOfThem } from './look-alike-words.ts'

test('look-alikes are said in the words of their sex and number', () => {
  expect(alikeTitle(2, 'female')).toBe('Deux patientes ressemblent à celle-ci')
  expect(alikeTitle(1, 'male')).toBe('Un patient ressemble à celui-ci')
  expect(noneOfThem(2, 'female')).toBe('Ce n’est aucune des deux')
  expect(noneOfThem(1, 'male')).toBe('Ce n’est pas lui')
  expect(noneOfThem(3, 'male')).toBe('Ce n’est aucun d’entre eux')
})
