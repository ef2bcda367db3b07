import type * as z from 'zod'
import type { PatientIdentity, RecordIdentity } from '../coordination/patient-identity.ts'
import type { ChangePatient, Patient, PatientFound, SearchPatients } from '../patients.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleDescription, exampleIds } from './people.ts'

const openCase = {
  id: exampleIds.gpSearch,
  kind: 'gp-search',
  reference: 'MT-2026-0042',
  status: 'eligible',
} as const

const patient = {
  ...exampleDescription,
  sex: 'female',
  id: exampleIds.patient,
  email: null,
  address: { ...exampleDescription.address, complement: null, municipalityName: 'Bordeaux' },
  guardian: null,
  trustedPerson: null,
  interpreterLanguage: null,
  noVoicemail: false,
  household: null,
  mergedRecords: [],
  possibleDuplicates: [],
  deceasedOn: null,
  cases: [{ ...openCase, openedAt: '2026-03-02T09:00:00.000Z' }],
  version: 1,
} satisfies z.input<typeof Patient>

// Of nobody: born in June 1948 in a country that is none.
const exampleNumber = '248069900000114'

const identity = {
  status: 'qualified',
  authority: 'test',
  ending: exampleNumber.slice(-2),
  recordedAt: '2026-03-02T09:00:00.000Z',
  accepted: ['test'],
  version: 2,
} satisfies z.input<typeof PatientIdentity>

const found = {
  id: exampleIds.patient,
  birthName: 'Exemple',
  lastName: 'Modèle',
  firstName: 'Camille',
  birthDate: '1948-06-15',
  sex: 'female',
  phones: ['+33639980012'],
  municipality: 'Bordeaux',
  openCases: [openCase],
} satisfies z.input<typeof PatientFound>

/** An invented patient, found and described. */
export const patientExamples = {
  postPatientsSearch: {
    bodies: {
      name: { q: 'modele camille' },
      phone: { q: '06 39 98 00 12', limit: 10 },
    } satisfies Record<string, z.input<typeof SearchPatients>>,
    answer: { items: [found], next: null, isPartial: false },
  },
  getPatientsByIdIdentity: { answer: identity },
  putPatientsByIdIdentity: {
    bodies: {
      qualified: {
        status: 'qualified',
        nationalHealthId: { number: exampleNumber, authority: 'test' },
        version: 1,
      } satisfies z.input<typeof RecordIdentity>,
      validated: { status: 'validated', version: 1 } satisfies z.input<typeof RecordIdentity>,
    },
    answer: identity,
  },
  postPatientsByIdIdentityReveal: {
    answer: { number: exampleNumber, authority: 'test', oid: '1.2.250.1.213.1.4.10' },
  },
  getPatientsById: { answer: patient },
  putPatientsById: {
    bodies: {
      address: {
        ...exampleDescription,
        address: { ...exampleDescription.address, complement: '2e étage' },
        version: 1,
      } satisfies z.input<typeof ChangePatient>,
    },
    answer: {
      ...patient,
      address: { ...patient.address, complement: '2e étage' },
      version: 2,
    } satisfies z.input<typeof Patient>,
  },
} satisfies OperationExamples
