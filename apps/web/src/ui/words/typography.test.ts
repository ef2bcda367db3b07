import { expect, test } from 'vitest'
import { counted, figure, frenchSpaces, initials, phoneInWords } from './typography.ts'

const NBSP = '\u00A0'
const NNBSP = '\u202F'

test('spaces before high punctuation do not break', () => {
  expect(frenchSpaces('Qui vient ? Marie : « oui » !')).toBe(
    `Qui vient${NNBSP}? Marie${NBSP}: «${NBSP}oui${NBSP}»${NNBSP}!`,
  )
})

test('thousands are parted by a space that never breaks', () => {
  expect([12, 2000, 365].map(figure)).toEqual(['12', `2${NNBSP}000`, '365'])
})

test('a text that already has its spaces is left alone', () => {
  const right = frenchSpaces('« Dans 2 j » : à 12 km ?')
  expect(frenchSpaces(right)).toBe(right)
})

test('figures keep their units, hours of the clock are untouched', () => {
  expect(frenchSpaces('à 12 km, dans 3 jours, 80 ans')).toBe(`à 12${NBSP}km, dans 3${NBSP}jours, 80${NBSP}ans`)
  expect(frenchSpaces('14:00')).toBe('14:00')
})

test.each([
  ['+33465710142', '04 65 71 01 42'],
  ['+262262123456', '02 62 12 34 56'],
  ['+41791234567', '+41791234567'],
])('%s reads %s', (e164, words) => {
  expect(phoneInWords(e164).replaceAll(NBSP, ' ')).toBe(words)
})

test.each([
  ['Dr Jean-Luc Courtade', 'JC'],
  ['Claire Bonnet', 'CB'],
  ['Mme Anne-Sophie de La Bruyère', 'AB'],
  ['élodie', 'É'],
  ['', ''],
])('the initials of « %s » are %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

test('counts agree in French', () => {
  expect(counted(0, 'place', 'places', 'complet')).toBe('complet')
  expect(counted(0, 'dossier', 'dossiers')).toBe(`0${NBSP}dossier`)
  expect(counted(1, 'place', 'places')).toBe(`1${NBSP}place`)
  expect(counted(3, 'place', 'places')).toBe(`3${NBSP}places`)
})
