import { OwnProposal } from '@maillage/contracts/proposals'
import { expect, test } from 'vitest'
import { isNamed, isToDo } from './my-patients.ts'

const proposal = OwnProposal.parse({
  id: '01a2004a-b579-7627-b047-7daa3ea3c38b',
  kind: 'gp-search',
  reference: 'MT-2026-0042',
  practitioner: { id: '01a2004a-b579-7627-b047-7daa3ea3c38c', displayName: 'Dr Vasseur', profession: 'physician' },
  status: 'accepted',
  sentAt: '2026-03-03T09:00:00.000Z',
  expiresAt: null,
  answeredAt: '2026-03-04T12:00:00.000Z',
  preview: {
    ageBand: '75–79',
    sex: 'female',
    municipality: 'Sommières',
    distanceKm: 0,
    band: 'P2',
    need: 'gp-search',
    marks: [],
    homeVisit: false,
    householdSize: 1,
    householdAgeBands: [],
    wantedFrom: null,
    wantedBefore: null,
    note: null,
  },
  placesTaken: 1,
  placesLeft: 4,
  requires: [],
  firstVisitAt: null,
  appointmentAt: null,
  reconfirmation: 'none',
  noted: null,
  movesNoted: [],
  caseId: null,
  caseStatus: 'declared',
  caseVersion: null,
  contact: {
    displayName: 'Éloïse D’Œuvre',
    sex: 'female',
    birthDate: '1948-06-15',
    phones: [],
    email: null,
    hoursToCall: null,
    noVoicemail: false,
    addressLine: null,
    addressComplement: null,
    postalCode: null,
    municipality: 'Sommières',
    interpreterLanguage: null,
    contacts: [],
    needText: null,
    household: [],
  },
  version: 2,
})
const patient = { proposal, followed: undefined }

test.each([
  ['eloise', true],
  ['oeuvre elo', true],
  ['0042', true],
  ['', true],
  ['sarrazin', false],
])('« %s » finds her: %s', (typed, found) => {
  expect(isNamed(patient, typed)).toBe(found)
})

test('a closed case asks nothing more, unless its date moved', () => {
  expect(isToDo(patient)).toBe(false)
  expect(isToDo({ ...patient, proposal: { ...proposal, reconfirmation: 'pending' } })).toBe(true)
})
