import { professionCodes } from '@maillage/contracts/professions'
import { expect, test } from 'vitest'
import { professionLabels } from './professions.ts'
import { specialties } from './specialties.ts'

test('three specialties make a general practitioner', () => {
  expect(specialties.filter((one) => one.isGeneralPractitioner).map(({ code }) => code)).toEqual([
    'SM26',
    'SM53',
    'SM54',
  ])
})

test('each specialty belongs to a profession and bears a label', () => {
  expect(specialties.every(({ code, label }) => /^(SM|SI|SCD)\d{2}$/.test(code) && label.length > 3)).toBe(true)
  expect(specialties.find(({ code }) => code === 'SI01')?.profession).toBe('nurse')
  expect(specialties.find(({ code }) => code === 'SCD01')?.profession).toBe('dentist')
})

test('no two professions bear the same label', () => {
  expect(new Set(professionCodes.map((code) => professionLabels[code])).size).toBe(professionCodes.length)
})
