import { describe, expect, test } from 'vitest'
import { HealthNumber, isHealthNumber, plainHealthNumber, spacedHealthNumber } from './health-number.ts'

describe('the key of a health number', () => {
  test.each(['186022A21532523', '255081416802538', '253072B07300470'])('%s fits', (number) => {
    expect(isHealthNumber(number)).toBe(true)
  })

  test.each([
    ['one figure off', '255081416802539'],
    ['two figures turned round', '255081461802538'],
    ['the other half of Corsica', '186022B21532523'],
    ['no key', '2550814168025'],
    ['a first figure that is none', '955081416802538'],
    ['letters', 'ABCDEFGHIJKLMNO'],
    ['figures of another script', '٢٥٥٠٨١٤١٦٨٠٢٥٣٨'],
  ])('%s does not', (_, number) => {
    expect(HealthNumber.safeParse(number).success).toBe(false)
  })

  test('never has its value in an error', () => {
    expect(HealthNumber.safeParse('255081416802539').error?.message).not.toContain('2550814')
  })
})

test('spaces of any sort, points, hyphens and small letters are how people write it', () => {
  expect(plainHealthNumber(' 1 86\u00A002 2a-215\u202F325.23 ')).toBe('186022A21532523')
  expect(spacedHealthNumber('186022A21532523')).toBe('1 86 02 2A 215 325 23')
})
