import { CaseSubject } from '@maillage/contracts/patients'
import { expect, test } from 'vitest'
import { nameOnForm, PatientForm, patientBody } from './patient-form.ts'

const typed = PatientForm.parse({
  birthName: ' Arbousset ',
  firstName: 'Simone',
  birthDate: '1947-02-03',
  sex: 'female',
  phone: '06 39 98 14 27',
  commune: { code: '30321', name: 'Sommières', postalCode: '30250', inTerritory: true },
  contactName: 'Paul Arbousset',
  contactPhone: '06 39 98 02 17',
  contactPart: 'trustedPerson',
})

test('what is typed becomes a patient that the contract takes', () => {
  const body = CaseSubject.parse(patientBody(typed))
  expect(body).toMatchObject({
    birthName: 'Arbousset',
    phones: ['+33639981427'],
    address: { municipality: '30321', postalCode: '30250' },
    trustedPerson: { name: 'Paul Arbousset', phone: '+33639980217' },
  })
  expect(body).not.toHaveProperty('caregiver')
})

test('a patient chosen among those known is sent by id alone', () => {
  expect(patientBody({ ...typed, knownId: '019a0000-0000-7000-8000-000000000001' })).toEqual({
    id: '019a0000-0000-7000-8000-000000000001',
  })
})

test('an incomplete number is refused beside its field rather than changed', () => {
  const read = CaseSubject.safeParse(patientBody({ ...typed, phone: '06 39' }))
  expect(read.success).toBe(false)
})

test('a draft of another version restores what it can', () => {
  const restored = PatientForm.parse({ birthName: 'Combes', sex: 'other', commune: 'Aubais' })
  expect(restored).toMatchObject({ birthName: 'Combes', firstName: '', sex: undefined, commune: undefined })
})

test('the person is named as people name her', () => {
  expect(nameOnForm(typed)).toBe('Mme Arbousset')
  expect(nameOnForm({ ...typed, sex: 'unknown' })).toBe('Simone Arbousset')
  expect(nameOnForm(PatientForm.parse({}))).toBeUndefined()
})
