import { hospitalDischargeExamples } from '@maillage/contracts/examples/hospital-discharge'
import { proposalExamples } from '@maillage/contracts/examples/proposals'
import { HospitalDischarge, MoveHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { Proposed } from '@maillage/contracts/proposals'
import { expect, test } from 'vitest'
import { fill, initialValues } from '../../kernel/acts/move-fields.ts'
import { hospitalDischargeMoves, nursesOf } from './hospital-discharge-moves.ts'

const now = new Date('2026-11-24T09:00:00Z')
const given: Record<string, Record<string, string | string[]>> = {
  submit: { 'consent.channel': 'oral', 'consent.informedBy': 'Le service' },
  'request-info': { missing: ['phone'] },
  cancel: { reason: 'transferred' },
}

test.each(Object.entries(hospitalDischargeMoves()))('« %s » asks for what its contract demands', (action, spec) => {
  const { body, faults } = fill(spec, { ...initialValues(spec, now), ...given[action] }, now)
  expect(faults).toEqual({})
  expect(MoveHospitalDischarge.safeParse({ ...body, action, version: 1 }).error).toBeUndefined()
})

test('the follow-up call may be noted in the name of a nurse who accepted, and of nobody else', () => {
  const discharge = HospitalDischarge.parse(hospitalDischargeExamples.getHospitalDischargesById.answer)
  const [need] = discharge.needs
  const { items } = Proposed.parse(proposalExamples.postHospitalDischargesByIdProposals.answer)
  const accepted = items.map((one) => ({ ...one, status: 'accepted' as const, needId: need?.id ?? null }))
  expect(accepted).toHaveLength(1)
  const nurses = nursesOf({ ...discharge, proposals: accepted })
  expect(nurses.map(({ value }) => value)).toEqual([...new Set(accepted.map(({ practitioner }) => practitioner.id))])
  expect(
    nursesOf({ ...discharge, proposals: accepted.map((one) => ({ ...one, status: 'declined' as const })) }),
  ).toEqual([])
  const spec = hospitalDischargeMoves([{ value: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c06', label: 'Une infirmière' }])[
    'follow-up'
  ]
  if (!spec) throw new Error('No such act')
  const typed = { 'onBehalf.channel': 'phone', 'onBehalf.spokenTo': 'Elle-même' }
  const { body, faults } = fill(spec, { ...initialValues(spec, now), ...typed }, now)
  expect(faults).toEqual({})
  expect(MoveHospitalDischarge.parse({ ...body, action: 'follow-up', version: 1 })).toMatchObject({
    onBehalf: { practitionerId: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c06', spokenTo: 'Elle-même' },
  })
  const silent = fill(spec, initialValues(spec, now), now)
  expect(MoveHospitalDischarge.parse({ ...silent.body, action: 'follow-up', version: 1 })).not.toHaveProperty(
    'onBehalf',
  )
})
