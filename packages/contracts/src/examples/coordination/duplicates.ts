import type * as z from 'zod'
import type {
  CompareRecords,
  DismissDuplicate,
  DuplicateComparison,
  DuplicatePair,
  MergeRecords,
  PatientMerge,
} from '../../coordination/duplicates.ts'
import type { JoinHousehold, LeaveHousehold } from '../../patients.ts'
import type { OperationExamples } from '../operation-examples.ts'
import { patientExamples } from '../patients.ts'
import { exampleIds } from '../people.ts'

const pairId = '01936f2a-0000-7000-8000-0000000000d1'
const otherId = '01936f2a-0000-7000-8000-0000000000d2'
const mergeId = '01936f2a-0000-7000-8000-0000000000d3'

const person = {
  id: exampleIds.patient,
  displayName: 'Camille Modèle',
  birthName: 'Exemple',
  birthDate: '1948-06-15',
  sex: 'female',
  municipality: 'Bordeaux',
  openCases: [],
} satisfies z.input<typeof DuplicatePair>['people'][number]

const pair = {
  id: pairId,
  status: 'suspected',
  score: 78,
  parts: [
    { trait: 'birthName', how: 'sounds', points: 18 },
    { trait: 'firstName', how: 'same', points: 25 },
    { trait: 'birthDate', how: 'same', points: 30 },
    { trait: 'sex', how: 'same', points: 5 },
  ],
  people: [person, { ...person, id: otherId, birthName: 'Éxemple' }],
  foundAt: '2026-03-02T09:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
  version: 1,
} satisfies z.input<typeof DuplicatePair>

const { people: _people, ...compared } = pair
const record = patientExamples.getPatientsById.answer
const comparison = {
  ...compared,
  records: [record, { ...record, id: otherId, birthName: 'Éxemple', cases: [] }],
  openSearches: [],
} satisfies z.input<typeof DuplicateComparison>

const merge = {
  id: mergeId,
  keptId: exampleIds.patient,
  mergedId: otherId,
  displayName: 'Camille Modèle',
  mergedDisplayName: 'Camille Modèle',
  mergedAt: '2026-03-02T09:00:00.000Z',
  mergedBy: 'Ana Coordination',
  undoneAt: null,
  undoneBy: null,
  undoUntil: '2026-04-01T09:00:00.000Z',
} satisfies z.input<typeof PatientMerge>

const apart = {
  ...pair,
  status: 'apart',
  decidedAt: '2026-03-02T10:00:00.000Z',
  decidedBy: 'Ana Coordination',
  version: 2,
}

/** Two records of an invented patient, compared, merged and parted; and those who live together. */
export const duplicateExamples = {
  getDuplicates: { answer: { items: [pair], next: null } },
  getDuplicatesCount: { answer: { suspected: 1 } },
  postDuplicates: {
    bodies: {
      two: { patientIds: [exampleIds.patient, otherId] } satisfies z.input<typeof CompareRecords>,
    },
    answer: pair,
  },
  getDuplicatesById: { answer: comparison },
  postDuplicatesByIdDismissal: {
    bodies: { apart: { version: 1 } satisfies z.input<typeof DismissDuplicate> },
    answer: apart,
  },
  postDuplicatesByIdReconsideration: {
    bodies: { again: { version: 2 } satisfies z.input<typeof DismissDuplicate> },
    answer: { ...pair, version: 3 },
  },
  postDuplicatesByIdMerge: {
    bodies: {
      emailOfTheOther: {
        version: 1,
        keptId: exampleIds.patient,
        seen: [1, 1],
        fromOther: ['email'],
      } satisfies z.input<typeof MergeRecords>,
    },
    answer: merge,
  },
  getPatientMerges: { answer: { items: [merge], next: null } },
  postPatientMergesByIdUndo: {
    answer: { ...merge, undoneAt: '2026-03-03T09:00:00.000Z', undoneBy: 'Ana Coordination', undoUntil: null },
  },
  postPatientsByIdHouseholdMembers: {
    bodies: { known: { patientId: otherId, version: 1 } satisfies z.input<typeof JoinHousehold> },
    answer: record,
  },
  postPatientsByIdHouseholdLeave: {
    bodies: { leave: { version: 1 } satisfies z.input<typeof LeaveHousehold> },
    answer: record,
  },
} satisfies OperationExamples
