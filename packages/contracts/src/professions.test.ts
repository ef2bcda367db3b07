import { expect, test } from 'vitest'
import { isGeneralPractitionerSpecialty, professionCodes, professionOf, treG15CodesOf } from './professions.ts'

test.each([
  ['10', 'physician'],
  ['21', 'pharmacist'],
  ['40', 'dentist'],
  ['50', 'midwife'],
  ['60', 'nurse'],
  ['69', 'nurse'],
  ['70', 'physiotherapist'],
  ['80', 'podiatrist'],
  ['91', 'speech-therapist'],
  ['93', 'psychologist'],
  ['41', 'social-worker'],
])('the national code %s is our %s', (code, profession) => {
  expect(professionOf(code)).toBe(profession)
})

test.each(['', '99', '1', '010', 'médecin'])('the code « %s » has no profession', (code) => {
  expect(professionOf(code)).toBeUndefined()
})

test('every profession of ours has at least one national code, and no code twice', () => {
  const codes = professionCodes.flatMap((profession) => treG15CodesOf(profession))
  expect(professionCodes.filter((profession) => treG15CodesOf(profession).length === 0)).toEqual([])
  expect(new Set(codes).size).toBe(codes.length)
})

test('the three qualifications in general medicine make a general practitioner, no other does', () => {
  expect(['SM26', 'SM53', 'SM54', ' sm54 '].every(isGeneralPractitionerSpecialty)).toBe(true)
  expect(['SM04', 'SM40', 'SI01', ''].some(isGeneralPractitionerSpecialty)).toBe(false)
})
