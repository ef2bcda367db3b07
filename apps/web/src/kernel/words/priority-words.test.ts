import { expect, test } from 'vitest'
import { contributionInWords, thresholdInWords } from './priority-words.ts'

test('a fact says what it rests on, and who judged it', () => {
  const level = { factor: 'urgency-level', points: 50, evidence: { code: 'triaged', value: 'U2' } }
  expect(contributionInWords({ ...level, source: 'clinician' })).toEqual({
    label: 'Niveau d’urgence',
    evidence: 'U2, soignant',
  })
  expect(contributionInWords({ ...level, source: 'declared' }).evidence).toBe('U2')
})

test('a band says from which score it is given, the last one under which', () => {
  expect(thresholdInWords('P1')).toBe(', P1 à partir de 60')
  expect(thresholdInWords('P4')).toBe(', P4 sous 20')
})
