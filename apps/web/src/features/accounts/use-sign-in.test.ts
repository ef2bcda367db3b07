import { expect, test } from 'vitest'
import { faultsOf } from './use-sign-in.ts'

const right = {
  email: 'coordination@demo.maillage.example',
  password: 'un long mot de passe',
  code: '',
  remember: false,
}

test('a complete form has no fault', () => {
  expect(faultsOf(right, 'none')).toEqual({})
  expect(faultsOf({ ...right, email: ' coordination@demo.maillage.example ' }, 'none')).toEqual({})
})

test('each field says what is missing', () => {
  const empty = { ...right, email: '', password: '' }
  expect(Object.keys(faultsOf(empty, 'totp'))).toEqual(['email', 'password', 'code'])
  expect(faultsOf({ ...right, email: 'coordination' }, 'none').email).toContain('nom@exemple.fr')
})

test('the code is only wanted once it was asked for, in the words of what was asked', () => {
  expect(faultsOf(right, 'none').code).toBeUndefined()
  expect(faultsOf(right, 'totp').code).toContain('six chiffres')
  expect(faultsOf(right, 'recovery').code).toContain('secours')
})
