import { type NeedStatus, needStatuses } from '@maillage/contracts/cases'
import { NeedId, newId } from '@maillage/contracts/kit/ids'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverageOf, derivedStatus } from './discharge-need.machine.ts'

const needs = (...statuses: NeedStatus[]) => statuses.map((status) => ({ status }))
const someNeeds = fc.array(
  fc.constantFrom(...needStatuses).map((status) => ({ status })),
  { maxLength: 15 },
)

describe('the status that follows from the needs', () => {
  test.each<[ReturnType<typeof needs>, string]>([
    [[], 'coordinating'],
    [needs('open'), 'coordinating'],
    [needs('proposed', 'open'), 'coordinating'],
    [needs('unmet'), 'coordinating'],
    [needs('not_needed', 'open'), 'coordinating'],
    [needs('covered', 'open'), 'partially_covered'],
    [needs('covered', 'proposed', 'not_needed'), 'partially_covered'],
    [needs('covered', 'unmet'), 'partially_covered'],
    [needs('covered'), 'covered'],
    [needs('covered', 'not_needed'), 'covered'],
    [needs('not_needed'), 'covered'],
  ])('%j is %s', (given, expected) => {
    expect(derivedStatus(given)).toBe(expected)
  })

  test('the order of the needs changes nothing', () => {
    fc.assert(fc.property(someNeeds, (given) => derivedStatus(given) === derivedStatus(given.toReversed())))
  })

  test('it is covered exactly when there are needs and none waits', () => {
    fc.assert(
      fc.property(someNeeds, (given) => {
        const waits = given.some(({ status }) => ['open', 'proposed', 'unmet'].includes(status))
        return (derivedStatus(given) === 'covered') === (given.length > 0 && !waits)
      }),
    )
  })

  test('covering one more need never takes the discharge back', () => {
    const rank = { coordinating: 0, partially_covered: 1, covered: 2 }
    fc.assert(
      fc.property(someNeeds, fc.nat(14), (given, index) => {
        const better = given.map((need, at) => (at === index ? { status: 'covered' as const } : need))
        return rank[derivedStatus(better)] >= rank[derivedStatus(given)]
      }),
    )
  })
})

test('the coverage bar has one line per need, in their order', () => {
  const lines = [
    { id: newId(NeedId), type: 'home-nurse', status: 'covered' as const },
    { id: newId(NeedId), type: 'meals', status: 'open' as const },
  ]
  expect(coverageOf(lines)).toEqual(lines.map(({ id, ...line }) => ({ needId: id, ...line })))
})
