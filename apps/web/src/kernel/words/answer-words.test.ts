import { householdPartCode } from '@maillage/contracts/proposals'
import { expect, test } from 'vitest'
import { answerFollowUp, answerReason, declineOptions } from './answer-words.ts'

test('a doctor who would take part of a household is told with the number, and what it leaves to do', () => {
  const code = householdPartCode(2, 4)
  expect(answerReason(code)).toBe('prendrait 2\u00A0personnes du foyer sur 4')
  expect(answerFollowUp(code)).toContain('Rien n’est pris')
})

test('« déjà mon patient » leaves to declare or to close; another reason leaves nothing', () => {
  expect(answerReason('already_my_patient')).toBe('déjà son patient')
  expect(answerFollowUp('already_my_patient')).toContain('sinon clore')
  expect(answerFollowUp('too_far')).toBeUndefined()
  expect(answerFollowUp(null)).toBeUndefined()
})

test('the answer noted by phone does not offer what needs a number', () => {
  expect(declineOptions.map(({ value }) => value)).not.toContain('household_part')
})
