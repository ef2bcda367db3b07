import type * as z from 'zod'
import type {
  AcceptProposal,
  Candidates,
  DeclineProposal,
  OwnProposal,
  PractitionerActivity,
  Proposal,
  Propose,
  Proposed,
  ReconfirmProposal,
  ReleaseProposal,
  WaitingPatient,
  WithdrawProposal,
} from '../proposals.ts'
import { gpSearchHeader } from './gp-search.ts'
import { hospitalDischargeHeader } from './hospital-discharge.ts'
import type { OperationExample, OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleNurse, examplePhysician } from './people.ts'
import { unscheduledCareHeader } from './unscheduled-care.ts'

const candidates = {
  items: [
    {
      practitioner: {
        ...examplePhysician,
        municipality: 'Bordeaux',
        practicePhone: '+33536490020',
        practice: 'Maison de santé d’essai',
      },
      place: { latitude: 44.8624, longitude: -0.5848 },
      rank: 1,
      score: 78,
      reasons: [
        { factor: 'distance', points: 35, max: 35, code: 'same-municipality' },
        { factor: 'places', points: 20, max: 25, code: 'places-left', value: '4' },
      ],
      distanceKm: 0,
      capacity: 'declared',
      places: 5,
      remaining: 4,
      declaredAt: '2026-03-01T08:00:00.000Z',
      reachableBy: 'account',
      load: { received: 3, accepted: 2, declined: 1, silent: 0 },
      isUsual: false,
      askedBefore: false,
      answerBy: '2026-03-05T09:00:00.000Z',
    },
  ],
  considered: 12,
  filteredOut: [
    { cause: 'full', count: 7 },
    { cause: 'too_far', count: 4 },
  ],
  widenings: [{ relax: 'distance', withinKm: 25, adds: 4 }],
  householdSize: 1,
  origin: { name: 'Bordeaux', place: { latitude: 44.8624, longitude: -0.5848 } },
  maxDistanceKm: 15,
} as const satisfies z.input<typeof Candidates>

const waitingPatient = {
  caseId: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  version: 2,
  band: 'P2',
  waitingSince: '2026-02-02T09:00:00.000Z',
  patient: { displayName: 'Camille Modèle', birthDate: '1948-06-15', sex: 'female' },
  municipality: { code: '33063', name: 'Bordeaux' },
  place: { latitude: 44.8624, longitude: -0.5848 },
  householdSize: 1,
  distanceKm: 0,
  reasons: [{ factor: 'distance', points: 35, max: 35, code: 'same-municipality' }],
} as const satisfies z.input<typeof WaitingPatient>

const activity = {
  load: { received: 3, accepted: 2, declined: 1, silent: 0 },
  answerHours: 5.5,
  patients: 2,
  placesAsked: 1,
  live: [
    {
      id: exampleIds.proposal,
      kind: 'gp-search',
      reference: 'MT-2026-0042',
      status: 'pending',
      municipality: 'Bordeaux',
      sentAt: '2026-03-03T09:00:00.000Z',
      expiresAt: '2026-03-05T09:00:00.000Z',
      version: 1,
    },
  ],
} as const satisfies z.input<typeof PractitionerActivity>

const sent = {
  id: exampleIds.proposal,
  caseId: exampleIds.gpSearch,
  needId: null,
  practitioner: { ...examplePhysician, practicePhone: '+33536490020', reachableBy: 'account' },
  mode: 'direct',
  rank: 0,
  status: 'pending',
  sentAt: '2026-03-03T09:00:00.000Z',
  expiresAt: '2026-03-05T09:00:00.000Z',
  answeredAt: null,
  reason: null,
  reasonText: null,
  spokenTo: null,
  firstVisitAt: null,
  appointmentAt: null,
  reconfirmation: 'none',
  previewNote: 'Peut venir au cabinet.',
  version: 1,
} as const satisfies z.input<typeof Proposal>

const proposed = {
  items: [sent],
  case: { ...gpSearchHeader, status: 'proposing', version: 3 },
} as const satisfies z.input<typeof Proposed>

const waiting = {
  id: exampleIds.proposal,
  kind: 'gp-search',
  reference: 'MT-2026-0042',
  practitioner: examplePhysician,
  status: 'pending',
  sentAt: '2026-03-03T09:00:00.000Z',
  expiresAt: '2026-03-05T09:00:00.000Z',
  answeredAt: null,
  preview: {
    ageBand: '75–79',
    sex: 'female',
    municipality: 'Bordeaux',
    distanceKm: 0,
    band: 'P2',
    need: 'gp-search',
    marks: ['long-term-condition'],
    homeVisit: false,
    householdSize: 1,
    wantedFrom: null,
    wantedBefore: null,
    note: 'Peut venir au cabinet.',
  },
  placesTaken: 1,
  placesLeft: 4,
  requires: [],
  firstVisitAt: null,
  appointmentAt: null,
  reconfirmation: 'none',
  caseId: null,
  caseStatus: null,
  caseVersion: null,
  contact: null,
  version: 1,
} as const satisfies z.input<typeof OwnProposal>

const accepted = {
  ...waiting,
  status: 'accepted',
  answeredAt: '2026-03-04T12:00:00.000Z',
  caseId: exampleIds.gpSearch,
  caseStatus: 'matched',
  caseVersion: 4,
  contact: {
    displayName: 'Camille Modèle',
    sex: 'female',
    birthDate: '1948-06-15',
    phones: ['+33639980012'],
    email: null,
    hoursToCall: 'le matin',
    noVoicemail: false,
    addressLine: '4 rue des Essais',
    addressComplement: null,
    postalCode: '33000',
    municipality: 'Bordeaux',
    interpreterLanguage: null,
    contacts: [{ part: 'caregiver', name: 'Dominique Exemple', phone: '+33639980013' }],
    needText: 'Préfère un rendez-vous le matin.',
  },
  version: 2,
} as const satisfies z.input<typeof OwnProposal>

const closed = {
  ...waiting,
  status: 'declined',
  answeredAt: '2026-03-04T12:00:00.000Z',
  version: 2,
} as const satisfies z.input<typeof OwnProposal>

const toPropose = {
  direct: {
    mode: 'direct',
    practitionerIds: [examplePhysician.id],
    previewNote: 'Peut venir au cabinet.',
    version: 2,
  },
  'one after the other': {
    mode: 'sequential',
    practitionerIds: [examplePhysician.id, exampleNurse.id],
    expiresAt: '2026-03-05T09:00:00.000Z',
    version: 2,
  },
} as const satisfies Record<string, z.input<typeof Propose>>

const aNeed = {
  'a need': { mode: 'broadcast', practitionerIds: [exampleNurse.id], needId: exampleIds.need, version: 4 },
} as const satisfies Record<string, z.input<typeof Propose>>

const byKind = {
  getGpSearchesByIdCandidates: { answer: candidates },
  postGpSearchesByIdProposals: { bodies: toPropose, answer: proposed },
  getUnscheduledCaresByIdCandidates: { answer: candidates },
  postUnscheduledCaresByIdProposals: {
    bodies: toPropose,
    answer: { items: [{ ...sent, caseId: exampleIds.unscheduledCare }], case: unscheduledCareHeader } satisfies z.input<
      typeof Proposed
    >,
  },
  getHospitalDischargesByIdCandidates: { answer: candidates },
  postHospitalDischargesByIdProposals: {
    bodies: aNeed,
    answer: {
      items: [{ ...sent, caseId: exampleIds.hospitalDischarge, needId: exampleIds.need }],
      case: hospitalDischargeHeader,
    } satisfies z.input<typeof Proposed>,
  },
} satisfies Record<string, OperationExample>

/** Offering a case and answering: before acceptance nothing says who the patient is. */
export const proposalExamples = {
  ...byKind,
  getPractitionersByIdWaitingPatients: { answer: { items: [waitingPatient], next: null } },
  getPractitionersByIdActivity: { answer: activity },
  getProposals: { answer: { items: [waiting], next: null } },
  getProposalsById: { answer: waiting },
  postProposalsByIdAcceptance: {
    bodies: {
      search: { version: 1 },
      visit: { version: 1, firstVisitAt: '2026-03-07T07:30:00.000Z' },
      'by phone': { version: 1, onBehalf: { channel: 'phone', spokenTo: 'Secrétariat' } },
    } satisfies Record<string, z.input<typeof AcceptProposal>>,
    answer: accepted,
  },
  postProposalsByIdDecline: {
    bodies: {
      full: { version: 1, reason: 'no_capacity' },
      other: { version: 1, reason: 'other', text: 'Déménagement du cabinet.' },
    } satisfies Record<string, z.input<typeof DeclineProposal>>,
    answer: closed,
  },
  postProposalsByIdWithdrawal: {
    bodies: { reason: { version: 1, reason: 'Trouvé ailleurs.' } satisfies z.input<typeof WithdrawProposal> },
    answer: { ...closed, status: 'withdrawn' } satisfies z.input<typeof OwnProposal>,
  },
  postProposalsByIdRelease: {
    bodies: { reason: { version: 2, reason: 'absence' } satisfies z.input<typeof ReleaseProposal> },
    answer: { ...closed, status: 'released', version: 3 } satisfies z.input<typeof OwnProposal>,
  },
  postProposalsByIdReconfirmation: {
    bodies: {
      confirmed: { version: 3, answer: 'confirmed', firstVisitAt: '2026-03-10T07:30:00.000Z' },
      released: { version: 3, answer: 'released' },
    } satisfies Record<string, z.input<typeof ReconfirmProposal>>,
    answer: { ...accepted, reconfirmation: 'confirmed', version: 4 } satisfies z.input<typeof OwnProposal>,
  },
} satisfies OperationExamples
