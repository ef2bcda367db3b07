import type * as z from 'zod'
import type { SaidFor } from '../delegation/on-behalf.ts'
import type { AnswerPublication, ChangeCard, PractitionerCard } from '../directory/practitioner-cards.ts'
import type {
  Absence,
  ChangePractitioner,
  IntakeCapacity,
  NewAbsence,
  NewPractitioner,
  NotedDeclaration,
  Practitioner,
  SetIntakeCapacity,
} from '../practitioners.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleIds, examplePhysician } from './people.ts'

const accepts = { homeVisits: true, children: true, longTerm: true, newPatients: true }

const site = {
  id: exampleIds.site,
  name: 'Cabinet annexe',
  line: '3 rue des Exemples',
  postalCode: '33130',
  municipality: { code: '33039', name: 'Bègles' },
  phone: '+33536490022',
  accessible: true,
  hours: 'mardi et jeudi matin',
} as const

const entry = {
  ...examplePhysician,
  isGeneralPractitioner: true,
  specialty: 'SM54',
  rpps: '10000000012',
  practice: 'Maison de santé d’essai',
  practiceLine: '12 place des Essais',
  practicePhone: '+33536490020',
  practiceEmail: 'secretariat@cabinet.example',
  mssanteAddress: 'alix.essai@medecin.mssante.example',
  practiceHours: 'du lundi au vendredi, 8 h – 18 h',
  contactsShown: true,
  municipality: { code: '33063', name: 'Bordeaux' },
  sites: [site],
  teleconsultation: true,
  homeVisits: true,
  languages: ['français', 'langue des signes'],
  accessible: true,
  reachableBy: 'account',
  team: { id: exampleIds.team, name: 'Maison de santé d’essai', places: 12, remaining: 9 },
  capacity: { state: 'declared', places: 5, remaining: 4, declaredAt: '2026-03-01T08:00:00.000Z' },
  absentUntil: null,
  replacement: null,
  confirmedAt: '2026-01-12T08:00:00.000Z',
  publication: { internal: true, public: null },
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
  replacement: { practitionerId: null, name: 'Dr Camille Relais', phone: '+33636490023' },
} as const satisfies z.input<typeof Absence>

const said = {
  channel: 'phone',
  spokenTo: 'Secrétariat du cabinet d’essai',
  calledAt: '2026-03-02T09:30:00.000Z',
} as const satisfies z.input<typeof SaidFor>

const noted = {
  ...said,
  id: exampleIds.absence,
  at: '2026-03-02T09:35:00.000Z',
  what: 'absence-added',
  by: 'Ana Coordination',
  places: null,
  from: '2026-04-13',
  until: '2026-04-24',
} as const satisfies z.input<typeof NotedDeclaration>

const card = {
  ...examplePhysician,
  isGeneralPractitioner: true,
  practice: entry.practice,
  practiceLine: entry.practiceLine,
  practicePostalCode: '33000',
  municipality: entry.municipality,
  practicePhone: entry.practicePhone,
  practiceEmail: entry.practiceEmail,
  mssanteAddress: entry.mssanteAddress,
  practiceHours: entry.practiceHours,
  languages: entry.languages,
  accessible: true,
  homeVisits: true,
  teleconsultation: true,
  sites: [site],
  colleagues: [],
  profile: { homeVisits: true, children: true, longTerm: true },
  sources: [
    { field: 'practicePhone', from: 'self', at: '2026-01-12T08:00:00.000Z' },
    { field: 'practiceLine', from: 'import', at: '2026-03-01T02:00:00.000Z' },
  ],
  publication: {
    internal: true,
    public: null,
    history: [{ scope: 'internal', given: true, channel: 'self', at: '2026-01-12T08:00:00.000Z' }],
  },
  confirmation: { at: '2026-01-12T08:00:00.000Z', by: 'self', askedAt: null },
  team: { id: exampleIds.team, name: 'Maison de santé d’essai', keeps: true },
  version: 3,
} as const satisfies z.input<typeof PractitionerCard>

/** A directory entry, its card, its places and its absences. */
export const practitionerExamples = {
  getPractitioners: { answer: { items: [entry], next: null } },
  postPractitionersSearch: { bodies: { name: { q: 'essai', limit: 5 } }, answer: { items: [entry], next: null } },
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
  getPractitionersByIdCard: { answer: card },
  putPractitionersByIdCard: {
    bodies: {
      contacts: {
        practicePhone: '+33536490020',
        mssanteAddress: 'alix.essai@medecin.mssante.example',
        teleconsultation: true,
        version: 2,
      } satisfies z.input<typeof ChangeCard>,
    },
    answer: card,
  },
  postPractitionersByIdConfirmation: { bodies: { 'all is right': { version: 3 } }, answer: { ...card, version: 4 } },
  postPractitionersByIdPublication: {
    bodies: {
      self: { scope: 'internal', given: true } satisfies z.input<typeof AnswerPublication>,
      'by phone': { scope: 'public', given: false, channel: 'phone' } satisfies z.input<typeof AnswerPublication>,
    },
    answer: card,
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
      'told by phone': { places: 3, municipalities: [], accepts, version: 2, onBehalf: said },
    } satisfies Record<string, z.input<typeof SetIntakeCapacity>>,
    answer: places,
  },
  getPractitionersByIdAbsences: { answer: { items: [absence], next: null } },
  postPractitionersByIdAbsences: {
    bodies: {
      spring: {
        from: '2026-04-13',
        until: '2026-04-24',
        replacement: { name: 'Dr Camille Relais', phone: '+33636490023' },
      } satisfies z.input<typeof NewAbsence>,
    },
    answer: absence,
  },
  postPractitionersByIdAbsencesByAbsenceIdRemoval: { bodies: { 'by phone': { onBehalf: said } } },
  getPractitionersByIdNotedDeclarations: { answer: { items: [noted], next: null } },
} satisfies OperationExamples
