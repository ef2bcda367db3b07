import {
  Absence,
  IntakeCapacity,
  NewAbsence,
  RemoveAbsence,
  SetIntakeCapacity,
} from '@maillage/contracts/practitioners'
import { expect, test } from 'vitest'
import { fill, initialValues, type MoveSpec } from '../../../kernel/acts/move-fields.ts'
import { absenceSpec, placesBody, placesSpec, removalSpec } from './noting.ts'

const now = new Date('2026-11-24T09:00:00Z')
const absence = Absence.parse({
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c20',
  from: '2026-12-01',
  until: '2026-12-15',
  replacement: null,
})
const capacity = IntakeCapacity.parse({
  practitionerId: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c05',
  places: 5,
  remaining: 2,
  opensAt: null,
  closesAt: '2027-01-31',
  municipalities: ['2A004'],
  maxDistanceKm: null,
  accepts: { homeVisits: true, children: true, longTerm: true, newPatients: true },
  declaredAt: '2026-10-01T08:00:00.000Z',
  version: 4,
})
const filled = (spec: MoveSpec, values: Record<string, string>) =>
  fill(spec, { ...initialValues(spec, now), 'onBehalf.spokenTo': 'Mme Essai', ...values }, now)
const onBehalf = { channel: 'phone', spokenTo: 'Mme Essai', calledAt: '2026-11-24T09:00:00.000Z' }

test('places start from those that are left, and keep the rest of the declaration', () => {
  const { body, faults } = filled(placesSpec(capacity), {})
  expect([faults, body]).toEqual([{}, { places: 2, onBehalf }])
  expect(SetIntakeCapacity.parse(placesBody(capacity, body))).toEqual({
    places: 2,
    closesAt: '2027-01-31',
    municipalities: ['2A004'],
    accepts: capacity.accepts,
    version: 4,
    onBehalf,
  })
})

test('an absence is noted, then taken back, with who said it', () => {
  const noted = filled(absenceSpec, { from: absence.from, until: absence.until, 'onBehalf.channel': 'email' })
  expect(NewAbsence.parse(noted.body).onBehalf?.channel).toBe('email')
  const { absenceId, ...body } = filled(removalSpec([absence]), {}).body
  expect([absenceId, RemoveAbsence.parse(body)]).toEqual([absence.id, { onBehalf }])
})

test('who said it is asked', () => {
  const { faults } = filled(placesSpec(capacity), { 'onBehalf.spokenTo': '', places: '' })
  expect(Object.keys(faults).sort()).toEqual(['onBehalf.spokenTo', 'places'])
})
