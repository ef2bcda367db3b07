import type * as z from 'zod'
import type { CaseHeader } from '../cases.ts'
import type {
  ChangeUnscheduledCareDetails,
  LinkedGpSearch,
  MoveUnscheduledCare,
  OpenLinkedGpSearch,
  OpenUnscheduledCare,
  RedFlagCheck,
  UnscheduledCare,
  UnscheduledCareDetails,
} from '../unscheduled-care.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleConsent, exampleDescription, exampleHeader, exampleIds } from './people.ts'

type Move = z.input<typeof MoveUnscheduledCare>

const details = {
  reason: 'Toux et fièvre depuis hier.',
  since: 'hier soir',
  hasGp: false,
  canTravel: true,
} as const satisfies z.input<typeof UnscheduledCareDetails>

const noRedFlag = {
  chest_pain: false,
  breathlessness: false,
  sudden_weakness: false,
  heavy_bleeding: false,
  loss_of_consciousness: false,
  suicidal_intent: false,
  infant_fever: false,
  confusion: false,
} satisfies z.input<typeof RedFlagCheck>

const moves = {
  triage: { action: 'triage', level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician', version: 1 },
  book: {
    action: 'book',
    practitionerId: exampleIds.practitioner,
    appointmentAt: '2026-03-02T15:30:00.000Z',
    version: 2,
  },
  attend: { action: 'attend', outcome: 'care_complete', gp: 'elsewhere', gpName: 'Dr Alix Voisin, Nîmes', version: 4 },
  'record-no-show': { action: 'record-no-show', version: 4 },
  retry: { action: 'retry', note: 'Souhaite un autre créneau.', version: 5 },
  unbook: { action: 'unbook', reason: 'practitioner_unavailable', version: 4 },
  redirect: { action: 'redirect', reason: 'emergency_15', version: 2 },
  'close-unmet': {
    action: 'close-unmet',
    reason: 'no_practitioner',
    patientToldAt: '2026-03-02T18:00:00.000Z',
    adviceGiven: 'Rappeler le 15 si l’état s’aggrave.',
    version: 3,
  },
  cancel: { action: 'cancel', reason: 'found_elsewhere', version: 2 },
} as const satisfies { [Action in Move['action']]: Extract<Move, { action: Action }> }

/** What the request has in common with every case. */
export const unscheduledCareHeader = {
  ...exampleHeader,
  id: exampleIds.unscheduledCare,
  reference: 'SNP-2026-0107',
  kind: 'unscheduled-care',
  status: 'triaged',
  dueAt: '2026-03-03T09:00:00.000Z',
  dueCode: 'care-delivered',
  priority: {
    band: 'P2',
    score: 60,
    rulesetVersion: 'unscheduled-care/1',
    contributions: [{ factor: 'urgency-level', points: 60, evidence: { code: 'U2' }, source: 'clinician' }],
  },
  allowedActions: [{ action: 'book', requires: ['practitionerId', 'appointmentAt'] }],
} as const satisfies z.input<typeof CaseHeader>

export const exampleUnscheduledCare = {
  ...unscheduledCareHeader,
  details,
  consent: exampleConsent,
  redFlags: [],
  guidance: [],
  level: 'U2',
  basis: 'clinician',
  protocolId: null,
  mode: 'practice',
  profession: 'physician',
  appointmentAt: null,
  bookedWith: null,
  slotId: null,
  visitFeedback: null,
  noShows: 0,
  outcome: null,
  outOfHoursAhead: false,
  suggestsGpSearch: false,
  proposals: [],
} as const satisfies z.input<typeof UnscheduledCare>

const linked = {
  id: exampleIds.gpSearch,
  kind: 'gp-search',
  reference: 'MT-2026-0042',
  status: 'submitted',
  band: 'P3',
} as const satisfies z.input<typeof LinkedGpSearch>

/** The request of an invented patient for care within two days. */
export const unscheduledCareExamples = {
  postUnscheduledCares: {
    bodies: {
      'no red flag': {
        patient: exampleDescription,
        consent: exampleConsent,
        channel: 'phone',
        details,
        redFlags: noRedFlag,
      },
      'red flag': {
        patient: exampleDescription,
        channel: 'phone',
        details,
        redFlags: { ...noRedFlag, chest_pain: true },
      },
    } satisfies Record<string, z.input<typeof OpenUnscheduledCare>>,
    answer: {
      ...exampleUnscheduledCare,
      status: 'redirected',
      redFlags: ['chest_pain'],
      guidance: ['15', '112', '114'],
    } satisfies z.input<typeof UnscheduledCare>,
  },
  getUnscheduledCares: { answer: { items: [exampleUnscheduledCare], next: null } },
  getUnscheduledCaresById: { answer: exampleUnscheduledCare },
  putUnscheduledCaresByIdDetails: {
    bodies: { details: { details, version: 2 } satisfies z.input<typeof ChangeUnscheduledCareDetails> },
    answer: exampleUnscheduledCare,
  },
  postUnscheduledCaresByIdMoves: { bodies: moves, answer: exampleUnscheduledCare },
  postUnscheduledCaresByIdGpSearch: {
    bodies: { version: { version: 5 } satisfies z.input<typeof OpenLinkedGpSearch> },
    answer: linked,
  },
} satisfies OperationExamples
