import type { NeedStatus } from '@maillage/contracts/cases'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreHospitalDischarge } from './hospital-discharge.priority.ts'

const quiet = { livesAlone: false }
const vital = (status: NeedStatus) => ({ vital: true, status })
const bandAt = (hoursLeft: number | null, ...needs: ReturnType<typeof vital>[]) =>
  scoreHospitalDischarge({ hoursLeft, needs, details: quiet }).band

describe('the priority of a discharge', () => {
  test.each([
    [-3, 'P1'],
    [0, 'P1'],
    [24, 'P1'],
    [24.01, 'P2'],
    [48, 'P2'],
    [48.01, 'P3'],
    [120, 'P3'],
    [120.01, 'P4'],
    [2000, 'P4'],
    [null, 'P4'],
  ])('%s hours before, the band is %s', (hoursLeft, band) => {
    expect(bandAt(hoursLeft)).toBe(band)
  })

  test.each<[NeedStatus, string]>([
    ['open', 'P1'],
    ['proposed', 'P1'],
    ['unmet', 'P1'],
    ['covered', 'P4'],
    ['not_needed', 'P4'],
  ])('a vital need that is %s, far from the date, makes it %s', (status, band) => {
    expect(bandAt(500, vital(status))).toBe(band)
  })

  test('every point is explained', () => {
    const { score, contributions } = scoreHospitalDischarge({
      hoursLeft: 30.5,
      needs: [vital('open'), vital('covered'), { vital: false, status: 'open' }],
      details: { livesAlone: true, gir: 3, prado: 'heart-failure', readmissionRisk: true },
    })
    expect(
      contributions.map(({ factor, points, evidence }) => [factor, points, evidence.code, evidence.value]),
    ).toEqual([
      ['hours-left', 43, 'hours-left', '30'],
      ['vital-need', 10, 'vital-uncovered', '1'],
      ['autonomy', 10, 'gir', '3'],
      ['isolated', 10, 'declared', undefined],
      ['prado', 5, 'prado', 'heart-failure'],
      ['readmission-risk', 5, 'declared', undefined],
    ])
    expect(score).toBe(83)
  })

  test('GIR 4 and more, and what nobody said, give nothing', () => {
    const { contributions } = scoreHospitalDischarge({ hoursLeft: null, needs: [], details: { ...quiet, gir: 4 } })
    expect(contributions).toEqual([])
  })

  test('the score stays within 100 and never falls as the date comes nearer', () => {
    const details = fc.record({
      livesAlone: fc.boolean(),
      gir: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      readmissionRisk: fc.option(fc.boolean(), { nil: undefined }),
    })
    fc.assert(
      fc.property(details, fc.double({ min: 0, max: 999, noNaN: true }), fc.nat(15), (said, hoursLeft, uncovered) => {
        const needs = Array.from({ length: uncovered }, () => vital('open'))
        const far = scoreHospitalDischarge({ hoursLeft, needs, details: said }).score
        const near = scoreHospitalDischarge({ hoursLeft: hoursLeft / 2, needs, details: said }).score
        return far >= 0 && near >= far && near <= 100
      }),
    )
  })
})
