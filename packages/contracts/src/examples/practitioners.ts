import type * as z from 'zod'
import type {
  Absence,
  ChangePractitioner,
  IntakeCapacity,
  NewAbsence,
  NewPractitioner,
  Practitioner,
  SetIntakeCapacity,
} from '../practitioners.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, examplePhysician } from './people.ts'

const accepts = { homeVisits: true, children: true, longTerm: true, newPatients: true }

const entry = {
  ...examplePhysician,
  isGeneralPractitioner: true,
  specialty: 'SM54',
  rpps: '10000000012',
  practice: 'Maison de santé d’essai',
  practiceLine: '12 place des Essais',
  practicePhone: '+33536490020',
  municipality: { code: '33063', name: 'Bordeaux' },
  homeVisits: true,
  languages: ['français', 'langue des signes'],
  accessible: true,
  reachableBy: 'account',
  capacity: { state: 'declared', places: 5, remaining: 4, declaredAt: '2026-03-01T08:00:00.000Z' },
  absentUntil: null,
  updatedAt: '2026-03-01T08:00:00.000Z',
  version: 3,
} as const satisfies z.input<typeof Practitioner>

const places = {
  practitionerId: examplePhysician.id,
  places: 5,
  remaining: 4,
  opensAt: '2026-03-01',
  closesAt: '2026-05-31',
  municipalities: ['33063'],
  maxDistanceKm: 10,
  accepts,
  declaredAt: '2026-03-01T08:00:00.000Z',
  version: 2,
} satisfies z.input<typeof IntakeCapacity>

const absence = {
  id: exampleIds.absence,
  from: '2026-04-13',
  until: '2026-04-24',
} as const satisfies z.input<typeof Absence>

/** A directory entry, its places and its absences. */
export const practitionerExamples = {
  getPractitioners: { answer: { items: [entry], next: null } },
  postPractitioners: {
    bodies: {
      physician: {
        lastName: 'Essai',
        firstName: 'Alix',
        profession: 'physician',
        isGeneralPractitioner: true,
        municipality: '33063',
        practicePhone: '+33536490020',
      } satisfies z.input<typeof NewPractitioner>,
    },
    answer: entry,
  },
  getPractitionersById: { answer: entry },
  putPractitionersById: {
    bodies: {
      phone: { practicePhone: '+33536490021', version: 3 } satisfies z.input<typeof ChangePractitioner>,
    },
    answer: { ...entry, practicePhone: '+33536490021', version: 4 } satisfies z.input<typeof Practitioner>,
  },
  getPractitionersByIdIntakeCapacity: { answer: places },
  putPractitionersByIdIntakeCapacity: {
    bodies: {
      'five places': {
        places: 5,
        opensAt: '2026-03-01',
        closesAt: '2026-05-31',
        municipalities: ['33063'],
        maxDistanceKm: 10,
        accepts,
        version: 1,
      },
      'not declared': { places: null, municipalities: [], accepts, version: 2 },
    } satisfies Record<string, z.input<typeof SetIntakeCapacity>>,
    answer: places,
  },
  getPractitionersByIdAbsences: { answer: { items: [absence], next: null } },
  postPractitionersByIdAbsences: {
    bodies: { spring: { from: '2026-04-13', until: '2026-04-24' } satisfies z.input<typeof NewAbsence> },
    answer: absence,
  },
} satisfies OperationExamples
