import { MoveGpSearch } from '@maillage/contracts/gp-search'
import { MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { MoveUnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { expect, test } from 'vitest'
import { type OfferedAct, offeredActs } from './act-forms.ts'
import { fill, initialValues, type Values } from './move-fields.ts'

const now = new Date('2026-11-24T09:44:00Z')
const allowed = (...actions: string[]) => actions.map((action) => ({ action, requires: [] }))
const act = (kind: Parameters<typeof offeredActs>[0], action: string): OfferedAct => {
  const [found] = offeredActs(kind, allowed(action), 'female')
  if (!found) throw new Error(`No form for ${action}`)
  return found
}
const bodyOf = (one: OfferedAct, values: Values) => ({
  ...fill(one, { ...initialValues(one, now), ...values }, now).body,
  action: one.action,
  version: 1,
})

test('only what the server allows now is offered, the usual next act first', () => {
  const acts = offeredActs(
    'gp-search',
    [...allowed('declare', 'book-visit'), { action: 'tell-patient', requires: [], disabledBecause: 'wrong-status' }],
    'female',
  )
  expect(acts.map(({ action }) => action)).toEqual(['book-visit', 'declare'])
})

test('a visit typed on the clock of Paris becomes the body of the move', () => {
  const body = bodyOf(act('gp-search', 'book-visit'), { visitAt: '2026-11-26T14:00' })
  expect(MoveGpSearch.parse(body)).toMatchObject({ visitAt: '2026-11-26T13:00:00.000Z' })
})

test('the agreement of the patient needs one press and takes its moment', () => {
  const body = bodyOf(act('gp-search', 'tell-patient'), {})
  expect(MoveGpSearch.parse(body)).toMatchObject({ agreed: true, toldAt: now.toISOString() })
})

test('each form makes a body that its contract takes', () => {
  expect(MoveGpSearch.safeParse(bodyOf(act('gp-search', 'declare'), {})).success).toBe(true)
  const seen = bodyOf(act('unscheduled-care', 'attend'), { outcome: 'care_complete' })
  expect(MoveUnscheduledCare.safeParse(seen).success).toBe(true)
  const followed = bodyOf(act('hospital-discharge', 'follow-up'), { readmitted: 'no' })
  expect(MoveHospitalDischarge.parse(followed)).toMatchObject({ readmitted: false })
})

test('what is missing is said by field, and the rest may stay empty', () => {
  expect(fill(act('gp-search', 'book-visit'), { visitAt: '' }, now).faults).toEqual({
    visitAt: 'Indiquez la date et l’heure.',
  })
  expect(fill(act('gp-search', 'record-no-show'), {}, now).faults).toEqual({})
})

test('words follow the sex', () => {
  expect(act('gp-search', 'tell-patient').label).toBe('La patiente est d’accord')
  expect(offeredActs('unscheduled-care', allowed('attend'), 'male')[0]?.label).toBe('Patient vu')
})
