import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import { DayDate } from '@maillage/contracts/kit/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandOf } from '../../kernel/priority.ts'
import { type GpSearchScoreFacts, scoreGpSearch } from './gp-search.priority.ts'

const today = DayDate.parse('2026-11-21')
const facts = (details: GpSearchDetails = {}, over: Partial<GpSearchScoreFacts> = {}): GpSearchScoreFacts => ({
  people: [{ birthDate: DayDate.parse('1980-01-01'), details }],
  channel: 'phone',
  hasLinkedDischarge: false,
  waitedDays: 0,
  today,
  ...over,
})
const score = (details?: GpSearchDetails, over?: Partial<GpSearchScoreFacts>) =>
  scoreGpSearch(facts(details, over)).score
const born = (day: string) => ({ people: [{ birthDate: DayDate.parse(day), details: {} }] })

describe('the points of domain notes D6, one by one', () => {
  test.each([
    ['nothing said costs nothing', {}, {}, 0],
    ['a long-term condition', { hasLongTermCondition: true }, {}, 30],
    ['a week of treatment left', { treatmentDaysLeft: 7 }, {}, 25],
    ['eight days of treatment left', { treatmentDaysLeft: 8 }, {}, 15],
    ['fifteen days of treatment left', { treatmentDaysLeft: 15 }, {}, 15],
    ['sixteen days of treatment left', { treatmentDaysLeft: 16 }, {}, 0],
    ['no treatment left', { treatmentDaysLeft: 0 }, {}, 25],
    ['cover', { solidarityCover: true }, {}, 15],
    ['disability', { disabledAdultAllowance: true }, {}, 15],
    ['homebound', { homebound: true }, {}, 15],
    ['pregnancy or infant', { pregnancyOrInfant: true }, {}, 10],
    ['a linked discharge', {}, { hasLinkedDischarge: true }, 20],
    ['a discharge thirty days ago', { dischargedOn: DayDate.parse('2026-10-22') }, {}, 20],
    ['a discharge thirty-one days ago', { dischargedOn: DayDate.parse('2026-10-21') }, {}, 0],
    ['emergency visits', { frequentEmergencyVisits: true }, {}, 10],
    ['a year without care', { noCareForAYear: true }, {}, 10],
    ['living alone', { livesAlone: true }, {}, 5],
    ['a doctor who leaves in three months', { gpLeavingOn: DayDate.parse('2027-02-15') }, {}, 10],
    ['a doctor who leaves in a year', { gpLeavingOn: DayDate.parse('2027-11-21') }, {}, 0],
    ['asked by a professional', {}, { channel: 'professional' }, 5],
    ['thirteen days of waiting', {}, { waitedDays: 13 }, 0],
    ['fourteen days of waiting', {}, { waitedDays: 14 }, 1],
    ['two years of waiting', {}, { waitedDays: 730 }, 20],
    ['eighty years old today', {}, born('1946-11-21'), 15],
    ['eighty tomorrow', {}, born('1946-11-22'), 10],
    ['seventy today', {}, born('1956-11-21'), 10],
    ['seventy tomorrow', {}, born('1956-11-22'), 0],
  ] as const)('%s', (_name, details, over, points) => expect(score(details, over)).toBe(points))
})

test('points are capped at a hundred, and every one of them is explained', () => {
  const everything: GpSearchDetails = {
    hasLongTermCondition: true,
    treatmentDaysLeft: 3,
    solidarityCover: true,
    disabledAdultAllowance: true,
    homebound: true,
    frequentEmergencyVisits: true,
  }
  const { score: total, contributions } = scoreGpSearch(facts(everything, { waitedDays: 400 }))
  expect(total).toBe(100)
  expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBe(130)
  expect(contributions.every(({ source, evidence }) => source && evidence.code)).toBe(true)
})

test('a household takes the score of the member who needs it most, not the sum', () => {
  const people = [
    { birthDate: DayDate.parse('1990-01-01'), details: { livesAlone: true } },
    { birthDate: DayDate.parse('1940-01-01'), details: { hasLongTermCondition: true } },
    { birthDate: DayDate.parse('2024-01-01'), details: { pregnancyOrInfant: true } },
  ]
  expect(score({}, { people })).toBe(45)
})

test.each([
  [0, 'P4'],
  [19, 'P4'],
  [20, 'P3'],
  [39, 'P3'],
  [40, 'P2'],
  [59, 'P2'],
  [60, 'P1'],
  [100, 'P1'],
] as const)('%i points are %s', (points, band) => expect(bandOf(points)).toBe(band))

const someDetails: fc.Arbitrary<GpSearchDetails> = fc.record(
  {
    hasLongTermCondition: fc.boolean(),
    solidarityCover: fc.boolean(),
    disabledAdultAllowance: fc.boolean(),
    homebound: fc.boolean(),
    pregnancyOrInfant: fc.boolean(),
    livesAlone: fc.boolean(),
    noCareForAYear: fc.boolean(),
    frequentEmergencyVisits: fc.boolean(),
    treatmentDaysLeft: fc.nat(365),
  },
  { requiredKeys: [] },
)

describe('whatever people say', () => {
  test('waiting longer never lowers a priority', () => {
    fc.assert(
      fc.property(someDetails, fc.nat(2000), fc.nat(400), (details, waitedDays, more) => {
        expect(score(details, { waitedDays: waitedDays + more })).toBeGreaterThanOrEqual(score(details, { waitedDays }))
      }),
    )
  })

  test('saying one more thing never lowers a priority, and leaving it out costs nothing else', () => {
    fc.assert(
      fc.property(someDetails, (details) => {
        for (const key of Object.keys(details)) {
          const { [key as keyof GpSearchDetails]: _left, ...rest } = details
          expect(score(details)).toBeGreaterThanOrEqual(score(rest))
        }
      }),
    )
  })

  test('one more member never lowers a household’s priority, and their order does not matter', () => {
    fc.assert(
      fc.property(fc.array(someDetails, { minLength: 1, maxLength: 5 }), someDetails, (household, newcomer) => {
        const person = (details: GpSearchDetails) => ({ birthDate: DayDate.parse('1985-05-05'), details })
        const people = household.map(person)
        const total = score({}, { people })
        expect(score({}, { people: [...people, person(newcomer)] })).toBeGreaterThanOrEqual(total)
        expect(score({}, { people: [...people].reverse() })).toBe(total)
      }),
    )
  })
})
