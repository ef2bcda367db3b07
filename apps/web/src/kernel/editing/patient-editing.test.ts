import { ChangePatient, Patient } from '@maillage/contracts/patients'
import { expect, test } from 'vitest'
import { formOfPatient, patientChange } from './patient-editing.ts'

const patient = Patient.parse({
  id: '01938f00-0000-7000-8000-000000000001',
  birthName: 'Arbousset',
  lastName: 'Arbousset',
  firstName: 'Simone',
  birthDate: '1944-03-14',
  sex: 'female',
  phones: ['+33466010203', '+33639980102', '+33639980103'],
  email: null,
  address: {
    line: '14 rue des Aires',
    complement: null,
    postalCode: '30250',
    municipality: '30321',
    municipalityName: 'Sommières',
  },
  guardian: null,
  caregiver: { name: 'Paul Arbousset', relationship: 'son fils', phone: '+33639980104' },
  trustedPerson: { name: 'Anne Roux' },
  interpreterLanguage: null,
  hoursToCall: 'le matin',
  noVoicemail: true,
  household: null,
  mergedRecords: [],
  possibleDuplicates: [],
  deceasedOn: null,
  cases: [],
  version: 3,
})

test('a file opened and sent as it is changes nothing', () => {
  const change = ChangePatient.parse(patientChange(formOfPatient(patient), patient))
  expect(change).toMatchObject({
    birthName: 'Arbousset',
    phones: ['+33466010203', '+33639980102', '+33639980103'],
    address: { line: '14 rue des Aires', postalCode: '30250', municipality: '30321' },
    caregiver: { name: 'Paul Arbousset', relationship: 'son fils', phone: '+33639980104' },
    trustedPerson: { name: 'Anne Roux' },
    hoursToCall: 'le matin',
    noVoicemail: true,
    version: 3,
  })
})

test('a phone typed as people write it replaces the first one, and the third stays', () => {
  const form = { ...formOfPatient(patient), phone: '04 66 09 09 09', contactName: '' }
  const change = ChangePatient.parse(patientChange(form, patient))
  expect(change.phones).toEqual(['+33466090909', '+33639980102', '+33639980103'])
  expect(change.caregiver).toBeUndefined()
  expect(change.trustedPerson).toEqual({ name: 'Anne Roux' })
})
