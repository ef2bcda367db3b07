import { expect, test } from 'vitest'
import { emptyContact, emptyUnit, fieldsOfPartner, readPartner } from './partner-form.ts'

test('what is left empty is not sent, and phones are read as people write them', () => {
  const typed = {
    ...fieldsOfPartner(undefined),
    name: '  Clinique des Essais ',
    kind: 'clinic',
    contacts: [{ ...emptyContact(), function: 'Cadre de santé', phone: '04 67 44 01 02' }],
  }
  expect(readPartner(typed)).toEqual({
    body: {
      name: 'Clinique des Essais',
      kind: 'clinic',
      contacts: [{ function: 'Cadre de santé', phone: '+33467440102' }],
      units: [],
    },
  })
})

test('each fault stands at its field', () => {
  const typed = {
    ...fieldsOfPartner(undefined),
    phone: '04 67',
    contacts: [{ ...emptyContact(), email: 'pas une adresse' }],
    units: [emptyUnit()],
  }
  const read = readPartner(typed)
  expect(Object.keys('faults' in read ? read.faults : {}).toSorted()).toEqual([
    'contacts.0.email',
    'contacts.0.function',
    'name',
    'phone',
    'units.0.name',
  ])
})
