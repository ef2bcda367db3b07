import type * as z from 'zod'
import type { CaseHeader, CasePatient, Consent, PersonRef, PractitionerRef } from '../cases.ts'
import type { PatientDetails } from '../patients.ts'

/** Identifiers used in the examples, one a thing, so that a reader can follow them from one operation to another. */
export const exampleIds = {
  cpts: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c01',
  account: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c02',
  membership: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c03',
  patient: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c04',
  practitioner: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c05',
  otherPractitioner: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c06',
  unit: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c07',
  organization: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c08',
  gpSearch: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c09',
  unscheduledCare: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0a',
  hospitalDischarge: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0b',
  need: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0c',
  proposal: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0d',
  reminder: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0e',
  event: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0f',
  absence: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c10',
  auditEntry: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11',
  otherAccount: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c12',
  team: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c13',
  site: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c14',
  delegation: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1cf1',
  agreement: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1cf2',
} as const

export const exampleConsent = {
  givenAt: '2026-03-02T08:55:00.000Z',
  channel: 'oral',
  informedBy: 'Coordination de la CPTS',
} as const satisfies z.input<typeof Consent>

export const exampleDescription = {
  birthName: 'Exemple',
  lastName: 'Modèle',
  firstName: 'Camille',
  birthDate: '1948-06-15',
  sex: 'female',
  phones: ['+33639980012'],
  address: { line: '4 rue des Essais', postalCode: '33000', municipality: '33063' },
  caregiver: { name: 'Dominique Exemple', relationship: 'sœur', phone: '+33639980013' },
  hoursToCall: 'le matin',
} satisfies z.input<typeof PatientDetails>

export const exampleCasePatient = {
  id: exampleIds.patient,
  firstName: 'Camille',
  lastName: 'Modèle',
  birthDate: '1948-06-15',
  sex: 'female',
  municipality: 'Bordeaux',
} as const satisfies z.input<typeof CasePatient>

export const exampleOwner = {
  id: exampleIds.account,
  displayName: 'Claude Coordination',
} as const satisfies z.input<typeof PersonRef>

export const examplePhysician = {
  id: exampleIds.practitioner,
  displayName: 'Dr Alix Essai',
  profession: 'physician',
} as const satisfies z.input<typeof PractitionerRef>

export const exampleNurse = {
  id: exampleIds.otherPractitioner,
  displayName: 'Sacha Essai',
  profession: 'nurse',
} as const satisfies z.input<typeof PractitionerRef>

/** The header of a case as a coordinator reads it; each kind says what is its own. */
export const exampleHeader = {
  statusReason: null,
  openedAt: '2026-03-02T09:00:00.000Z',
  registeredAt: '2026-03-02T09:00:00.000Z',
  channel: 'phone',
  dueAt: '2026-03-04T17:00:00.000Z',
  owner: exampleOwner,
  requester: 'Claude Coordination',
  patient: exampleCasePatient,
  linkedCases: [],
  patientCases: [],
  version: 2,
} satisfies Partial<z.input<typeof CaseHeader>>
