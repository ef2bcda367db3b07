import type * as z from 'zod'
import type {
  AcceptProposal,
  DeclineProposal,
  OwnProposal,
  Proposal,
  Propose,
  Proposed,
  ReconfirmProposal,
  ReleaseProposal,
  WithdrawProposal,
} from '../proposals.ts'
import { candidatesExample, practitionerActivityExample, waitingPatientExample } from './candidates.ts'
import { gpSearchHeader } from './gp-search.ts'
import { hospitalDischargeHeader } from './hospital-discharge.ts'
import type { OperationExample, OperationExamples } from './operation-examples.ts'
import { exampleIds, exampleNurse, examplePhysician } from './people.ts'
import { unscheduledCareHeader } from './unscheduled-care.ts'

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
    householdAgeBands: [],
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
  noted: null,
  movesNoted: [],
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
    household: [],
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
  getGpSearchesByIdCandidates: { answer: candidatesExample },
  postGpSearchesByIdProposals: { bodies: toPropose, answer: proposed },
  getUnscheduledCaresByIdCandidates: { answer: candidatesExample },
  postUnscheduledCaresByIdProposals: {
    bodies: toPropose,
    answer: { items: [{ ...sent, caseId: exampleIds.unscheduledCare }], case: unscheduledCareHeader } satisfies z.input<
      typeof Proposed
    >,
  },
  getHospitalDischargesByIdCandidates: { answer: candidatesExample },
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
  getPractitionersByIdWaitingPatients: { answer: { items: [waitingPatientExample], next: null } },
  getPractitionersByIdActivity: { answer: practitionerActivityExample },
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
