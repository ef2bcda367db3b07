import { expect, test } from 'vitest'
import { faultsOf } from './use-sign-in.ts'

const right = { email: 'coordination@demo.maillage.example', password: 'un long mot de passe', code: '' }

test('a complete form has no fault', () => {
  expect(faultsOf(right, false)).toEqual({})
  expect(faultsOf({ ...right, email: ' coordination@demo.maillage.example ' }, false)).toEqual({})
})

test('each field says what is missing', () => {
  expect(Object.keys(faultsOf({ email: '', password: '', code: '' }, true))).toEqual(['email', 'password', 'code'])
  expect(faultsOf({ ...right, email: 'coordination' }, false).email).toContain('nom@exemple.fr')
})

test('the code is only wanted once it was asked for', () => {
  expect(faultsOf(right, false).code).toBeUndefined()
  expect(faultsOf(right, true).code).toBeDefined()
})
