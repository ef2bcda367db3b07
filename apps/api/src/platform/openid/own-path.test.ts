import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each([
  ['/mes-patients', '/mes-patients'],
  ['/demandes/abc?onglet=fil', '/demandes/abc?onglet=fil'],
  ['/a/../b', '/b'],
])('%s is one of our screens', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

test.each([
  undefined,
  '',
  'mes-patients',
  'https://pirate.example/',
  '//pirate.example/',
  '///pirate.example/',
  '/\\pirate.example/',
  '\\\\pirate.example/',
  '/\t/pirate.example/',
  '/\n/pirate.example/',
  '/.//pirate.example/',
  '/a/..//pirate.example/',
  '/%2e%2e//pirate.example/',
  'javascript:alert(1)',
  '/api/v1/openid/pro-sante-connect/callback?code=x',
  '/a/../api/v1/me',
  `/${'a'.repeat(500)}`,
])('%j leads to the first screen and nowhere else', (asked) => {
  expect(ownPath(asked)).toBe('/')
})
