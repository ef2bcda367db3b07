import { MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { expect, test } from 'vitest'
import { fill, initialValues } from '../../kernel/acts/move-fields.ts'
import { hospitalDischargeMoves } from './hospital-discharge-moves.ts'

const now = new Date('2026-11-24T09:00:00Z')
const given: Record<string, Record<string, string | string[]>> = {
  submit: { 'consent.channel': 'oral', 'consent.informedBy': 'Le service' },
  'request-info': { missing: ['phone'] },
  cancel: { reason: 'transferred' },
}

test.each(Object.entries(hospitalDischargeMoves))('« %s » asks for what its contract demands', (action, spec) => {
  const { body, faults } = fill(spec, { ...initialValues(spec, now), ...given[action] }, now)
  expect(faults).toEqual({})
  expect(MoveHospitalDischarge.safeParse({ ...body, action, version: 1 }).error).toBeUndefined()
})
