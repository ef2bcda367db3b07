import type { Band, Contribution, NeedStatus } from '@maillage/contracts/cases'
import type { HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import { isUncovered } from './discharge-need.machine.ts'

/** The rules of domain notes D6 in their first version: the product's default, to be approved by a medical board. */
export const hospitalDischargeRuleset = 'hospital-discharge/1'

export interface HospitalDischargeScoreFacts {
  /** Null once the patient is home: time no longer presses. */
  hoursLeft: number | null
  needs: readonly { vital: boolean; status: NeedStatus }[]
  details: Pick<HospitalDischargeDetails, 'gir' | 'livesAlone' | 'prado' | 'readmissionRisk'>
}

/** Hours before the discharge up to which a band holds (D6). */
const bandHours = { P1: 24, P2: 48, P3: 120 } as const

/** Fifty points on the day itself, one less for each four hours: time orders a band first, the rest after. */
const timePoints = { most: 50, hoursPerPoint: 4 } as const
const vitalPoints = { each: 10, most: 20 } as const

const said = (factor: string, points: number, code: string, value?: string): Contribution => ({
  factor,
  points,
  evidence: value === undefined ? { code } : { code, value },
  source: 'declared',
})

/** The band: 24 hours or an uncovered vital need, 48 hours, five days, later. */
function bandOfDischarge(hoursLeft: number | null, uncoveredVital: number): Band {
  if (uncoveredVital > 0) return 'P1'
  if (hoursLeft === null) return 'P4'
  if (hoursLeft <= bandHours.P1) return 'P1'
  if (hoursLeft <= bandHours.P2) return 'P2'
  return hoursLeft <= bandHours.P3 ? 'P3' : 'P4'
}

function timeContribution(hoursLeft: number): Contribution {
  const hours = Math.max(0, Math.floor(hoursLeft))
  const points = Math.max(0, timePoints.most - Math.floor(hours / timePoints.hoursPerPoint))
  return { ...said('hours-left', points, 'hours-left', String(hours)), source: 'clock' }
}

/** The explained priority of a discharge: the band by the clock and the vital needs, the score orders inside a band. */
export function scoreHospitalDischarge(facts: HospitalDischargeScoreFacts): {
  band: Band
  score: number
  rulesetVersion: string
  contributions: Contribution[]
} {
  const { hoursLeft, details } = facts
  const uncoveredVital = facts.needs.filter((need) => need.vital && isUncovered(need)).length
  const vital = Math.min(vitalPoints.most, uncoveredVital * vitalPoints.each)
  const contributions = [
    hoursLeft !== null && timeContribution(hoursLeft),
    uncoveredVital > 0 && said('vital-need', vital, 'vital-uncovered', String(uncoveredVital)),
    details.gir !== undefined && details.gir <= 3 && said('autonomy', 10, 'gir', String(details.gir)),
    details.livesAlone && said('isolated', 10, 'declared'),
    details.prado !== undefined && said('prado', 5, 'prado', details.prado),
    details.readmissionRisk === true && said('readmission-risk', 5, 'declared'),
  ].filter((found) => typeof found === 'object')
  const score = contributions.reduce((total, { points }) => total + points, 0)
  return {
    band: bandOfDischarge(hoursLeft, uncoveredVital),
    score: Math.min(100, score),
    rulesetVersion: hospitalDischargeRuleset,
    contributions,
  }
}
