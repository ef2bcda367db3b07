import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreUnscheduledCare, type UnscheduledCareScoreFacts } from './unscheduled-care.priority.ts'

const facts = (over: Partial<UnscheduledCareScoreFacts> = {}): UnscheduledCareScoreFacts => ({
  isTriaged: true,
  level: 'U2',
  basis: 'clinician',
  hoursLeft: 12,
  hoursInAll: 24,
  ...over,
})

const levels = ['U1', 'U2', 'U3'] as const
const anyFacts = fc.record({
  isTriaged: fc.boolean(),
  level: fc.constantFrom(null, ...levels),
  basis: fc.constantFrom(null, 'clinician', 'protocol', 'requester'),
  hoursLeft: fc.double({ min: -500, max: 100, noNaN: true }),
  hoursInAll: fc.double({ min: 0, max: 100, noNaN: true }),
})

describe('the order of unscheduled care', () => {
  test.each([
    [{ isTriaged: false, level: null }, 'P1'],
    [{ isTriaged: false, level: 'U3' }, 'P1'],
    [{ level: 'U1' }, 'P1'],
    [{ level: 'U2' }, 'P2'],
    [{ level: 'U3' }, 'P3'],
  ] as const)('%j is in band %s', (over, band) => {
    expect(scoreUnscheduledCare(facts(over)).band).toBe(band)
  })

  test('a half-run delay is worth half of the points of time, and both parts are explained', () => {
    expect(scoreUnscheduledCare(facts())).toEqual({
      score: 62,
      band: 'P2',
      rulesetVersion: 'unscheduled-care/1',
      contributions: [
        { factor: 'urgency-level', points: 50, evidence: { code: 'triaged', value: 'U2' }, source: 'clinician' },
        { factor: 'time-left', points: 12, evidence: { code: 'hours-left', value: '12' }, source: 'clock' },
      ],
    })
  })

  test('a higher level always passes before a lower one, however late the lower one is', () => {
    const late = scoreUnscheduledCare(facts({ level: 'U3', hoursLeft: -400 })).score
    expect(late).toBeLessThan(scoreUnscheduledCare(facts({ level: 'U2', hoursLeft: 24 })).score)
  })

  test('the score is the sum of its parts, a whole number out of 100, and grows as the time runs', () => {
    fc.assert(
      fc.property(anyFacts, fc.double({ min: 0, max: 50, noNaN: true }), (given, later) => {
        const { score, contributions } = scoreUnscheduledCare(given)
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true)
        expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBe(score)
        const after = scoreUnscheduledCare({ ...given, hoursLeft: given.hoursLeft - later }).score
        expect(after).toBeGreaterThanOrEqual(score)
      }),
    )
  })
})
