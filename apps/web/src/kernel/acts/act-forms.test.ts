import { MoveGpSearch } from '@maillage/contracts/gp-search'
import { MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { MoveUnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { expect, test } from 'vitest'
import { bodyOfAct, emptyValues, faultsOfAct, offeredActs } from './act-forms.ts'

const now = new Date('2026-11-24T09:44:00Z')
const allowed = (...actions: string[]) => actions.map((action) => ({ action, requires: [] }))
const act = (kind: Parameters<typeof offeredActs>[0], action: string) => {
  const [found] = offeredActs(kind, allowed(action), 'female')
  if (!found) throw new Error(`No form for ${action}`)
  return found
}

test('only what the server allows now is offered, the usual next act first', () => {
  const acts = offeredActs(
    'gp-search',
    [...allowed('declare', 'book-visit'), { action: 'tell-patient', requires: [], disabledBecause: 'wrong-status' }],
    'female',
  )
  expect(acts.map(({ action }) => action)).toEqual(['book-visit', 'declare'])
})

test('a visit typed on the clock of Paris becomes the body of the move', () => {
  const body = bodyOfAct(act('gp-search', 'book-visit'), { visitAt: '2026-11-26T14:00' }, now)
  expect(MoveGpSearch.parse({ ...body, version: 3 })).toMatchObject({ visitAt: '2026-11-26T13:00:00.000Z' })
})

test('the agreement of the patient needs one press', () => {
  const body = bodyOfAct(act('gp-search', 'tell-patient'), {}, now)
  expect(MoveGpSearch.safeParse({ ...body, version: 1 }).success).toBe(true)
})

test('each form makes a body that its contract takes', () => {
  const declared = act('gp-search', 'declare')
  expect(MoveGpSearch.safeParse({ ...bodyOfAct(declared, emptyValues(declared, now), now), version: 1 }).success).toBe(
    true,
  )
  const seen = bodyOfAct(act('unscheduled-care', 'attend'), { outcome: 'care_complete' }, now)
  expect(MoveUnscheduledCare.safeParse({ ...seen, version: 1 }).success).toBe(true)
  const followed = bodyOfAct(act('hospital-discharge', 'follow-up'), { readmitted: 'no' }, now)
  expect(MoveHospitalDischarge.parse({ ...followed, version: 1 })).toMatchObject({ readmitted: false })
})

test('what is missing is said by field, and the rest may stay empty', () => {
  expect(faultsOfAct(act('gp-search', 'book-visit'), { visitAt: '' })).toEqual({
    visitAt: 'Indiquez le jour et l’heure.',
  })
  expect(faultsOfAct(act('gp-search', 'record-no-show'), {})).toEqual({})
})

test('words follow the sex', () => {
  expect(act('gp-search', 'tell-patient').label).toBe('La patiente est d’accord')
  expect(offeredActs('unscheduled-care', allowed('attend'), 'male')[0]?.label).toBe('Patient vu')
})
