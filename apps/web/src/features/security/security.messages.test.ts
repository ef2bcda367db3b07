import { expect, test } from 'vitest'
import { inGroups, recoverySheet } from './security.messages.ts'

test('a secret is read by four', () => {
  expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  expect(inGroups('ABCD')).toBe('ABCD')
})

test('the sheet says for whom, since when and how, and holds each code on a line', () => {
  const sheet = recoverySheet(['7Q4M-2VXA-9KTP', 'AAAA-BBBB-CCCC'], 'alix@essai.example', 'lundi 2 mars 2026 à 10:00')
  expect(sheet.split('\r\n')).toContain('AAAA-BBBB-CCCC')
  expect(sheet).toContain('alix@essai.example')
  expect(sheet).toContain('une fois')
})
