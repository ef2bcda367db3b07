import { OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { expect, test } from 'vitest'
import { faultsOfContract } from '../../../../kernel/fields/faults.ts'
import { dischargeBody, newNeed, WardForm } from './ward-form.ts'
import { faultsOfStep, stepOf, wardFaultWords } from './ward-steps.ts'

const now = new Date('2026-11-24T09:44:00Z')
const typed = WardForm.parse({
  patient: {
    birthName: 'Arbousset',
    firstName: 'Simone',
    birthDate: '1947-02-03',
    sex: 'female',
    commune: { code: '30321', name: 'Sommières', postalCode: '30250', inTerritory: true },
  },
  unitId: '019a0000-0000-7000-8000-000000000001',
  expected: '2026-11-26T14:00',
  livesAlone: 'yes',
  hasGp: 'no',
  gpName: 'Dr Courtade',
  callBackPhone: '04 65 71 01 42',
  callBackHours: '8:00–18:00',
  gir: '3',
  usualTeam: [
    { profession: 'nurse', name: 'Mme Sabatier', phone: '' },
    { profession: 'nurse', name: ' ', phone: '' },
  ],
  patientInformed: true,
  consent: true,
})
const filled = { ...typed, needs: [newNeed('home-nurse', typed)] }

test('four steps make a discharge that the contract takes', () => {
  const body = OpenHospitalDischarge.parse(dischargeBody(filled, 'Nadia Ferrand', now))
  expect(body.details).toMatchObject({
    expectedDischargeAt: '2026-11-26T13:00:00.000Z',
    livesAlone: true,
    gir: 3,
    hasGp: false,
    usualTeam: [{ profession: 'nurse', name: 'Mme Sabatier' }],
    callBack: { phone: '+33465710142' },
  })
  // Without a médecin traitant, the name left in the field is not one.
  expect(body.details.gpName).toBeUndefined()
  expect(body.needs[0]).toMatchObject({ type: 'home-nurse', startAt: '2026-11-26T13:00:00.000Z', vital: true })
  expect(body.consent).toMatchObject({ informedBy: 'Nadia Ferrand', channel: 'oral' })
})

test('what is missing is said in words, each at its own step', () => {
  const read = OpenHospitalDischarge.safeParse(dischargeBody(WardForm.parse({}), 'Nadia Ferrand', now))
  const faults = read.success ? [] : faultsOfContract(read.error, wardFaultWords)
  expect(faultsOfStep(faults, 'patient').map(({ text }) => text)).toContain('Indiquez le nom de naissance.')
  expect(faultsOfStep(faults, 'sejour').map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'Choisissez le service.',
      'Dites si la personne vit seule.',
      'Indiquez un numéro de rappel complet.',
    ]),
  )
})

test('each pointer leads to one step', () => {
  expect(stepOf('/patient/address/municipality')).toBe('patient')
  expect(stepOf('/details/usualTeam/0/phone')).toBe('sejour')
  expect(stepOf('/needs/1/endAt')).toBe('besoins')
  expect(stepOf('/details/patientInformed')).toBe('verifications')
  expect(stepOf('/consent')).toBe('verifications')
})

test('a draft of another version restores what it can', () => {
  const restored = WardForm.parse({
    expected: '2026-11-26T14:00',
    needs: [{ type: 'unknown-need' }],
    destination: 'moon',
  })
  expect(restored).toMatchObject({ expected: '2026-11-26T14:00', needs: [], destination: 'home' })
})
