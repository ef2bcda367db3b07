import { expect, test } from 'vitest'
import { passwordFault } from './passwords.ts'

const owner = { email: 'claire.bonnet@essai.example', displayName: 'Claire Bonnet' }
const fault = (password: string) => passwordFault(password, owner)

test.each([
  ['court', 'too-short'],
  ['12345678901', 'too-short'],
  ['🦊🦊🦊🦊🦊🦊', 'too-short'],
  ['MotDePasse2026', 'too-common'],
  ['m0td3p4ss3!!', 'too-common'],
  ['azertyazerty', 'too-common'],
  ['aaaaaaaaaaaa', 'too-common'],
  ['123456123456', 'too-common'],
  ['abcdefghijkl', 'too-common'],
  ['Maillage-CPTS-2026', 'too-common'],
  ['Claire-Bonnet-34', 'holds-identity'],
  ['claire.bonnet@essai', 'holds-identity'],
  ['a'.repeat(201), 'too-long'],
])('%s is refused: %s', (password, expected) => {
  expect(fault(password)).toBe(expected)
})

test.each([
  'correct horse battery staple',
  'une phrase de passe inventée',
  'Claire aime les tartes aux mirabelles',
  '7403 9182 5526 1180',
  'трава́ зелёная 🦊 лес',
])('%s may stand', (password) => {
  expect(fault(password)).toBeUndefined()
})
