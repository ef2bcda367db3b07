import { expect, test } from 'vitest'
import { healthIdBody, healthNumberFault, keyboardFor } from './health-number-typing.ts'

test('a number says in plain words what is wrong with it, and nothing while it is empty', () => {
  expect(healthNumberFault('')).toBeUndefined()
  expect(healthNumberFault('1 86 02 2a 215 325 23')).toBeUndefined()
  expect(healthNumberFault('1 86 02 2A 215 325')).toContain('il en manque 2')
  expect(healthNumberFault('1 86 02 2A 215 325 233')).toContain('1 de trop')
  expect(healthNumberFault('1 86 02 2A 215 325 24')).toContain('ne correspond pas à sa clé')
})

test('it is sent without its spaces, and not at all when it was left empty', () => {
  expect(healthIdBody({ number: ' 1 86 02 2a 215 325 23 ', authority: 'nir' })).toEqual({
    number: '186022A21532523',
    authority: 'nir',
  })
  expect(healthIdBody({ number: '  ', authority: 'nir' })).toBeUndefined()
})

test('the keyboard has letters where Corsica needs one', () => {
  expect(keyboardFor('1 86 02')).toBe('numeric')
  expect(keyboardFor('1 86 02 2')).toBe('text')
  expect(keyboardFor('1 86 02 3')).toBe('numeric')
})
