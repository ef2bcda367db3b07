import type * as z from 'zod'
import type { CaseHeader } from '../cases.ts'
import type {
  AddHouseholdMember,
  ChangeGpSearchDetails,
  GpSearch,
  GpSearchDetails,
  JoinSearches,
  MoveGpSearch,
  OpenGpSearch,
  SplitHousehold,
} from '../gp-search.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleConsent, exampleDescription, exampleHeader, exampleIds } from './people.ts'

type Move = z.input<typeof MoveGpSearch>

const details = {
  hasLongTermCondition: true,
  livesAlone: true,
  treatmentDaysLeft: 12,
  previousGp: { lossReason: 'retired' },
  doctorsAlreadyContacted: ['Dr Morgan Essai, liste complète'],
  preferences: { maxDistanceKm: 10, homeVisit: false },
  freeText: 'Préfère un rendez-vous le matin.',
} as const satisfies z.input<typeof GpSearchDetails>

const moves = {
  submit: { action: 'submit', consent: exampleConsent, version: 1 },
  'request-info': { action: 'request-info', missing: ['phone', 'current_gp'], note: 'Numéro erroné.', version: 2 },
  'provide-info': { action: 'provide-info', note: 'Numéro corrigé avec la famille.', version: 3 },
  qualify: { action: 'qualify', version: 2 },
  'tell-patient': { action: 'tell-patient', toldAt: '2026-03-05T09:30:00.000Z', agreed: true, version: 5 },
  'book-visit': { action: 'book-visit', visitAt: '2026-03-12T08:00:00.000Z', version: 6 },
  'record-no-show': { action: 'record-no-show', note: 'Message laissé.', version: 7 },
  declare: { action: 'declare', declaredAt: '2026-03-12', attestedBy: 'practitioner', version: 7 },
  unmatch: { action: 'unmatch', reason: 'patient_choice', version: 6 },
  hold: { action: 'hold', reason: 'hospitalised', resumeAt: '2026-04-01T07:00:00.000Z', version: 3 },
  resume: { action: 'resume', version: 4 },
  close: { action: 'close', reason: 'found_elsewhere', version: 3 },
  reopen: { action: 'reopen', reason: 'doctor_left', version: 9 },
  'withdraw-consent': { action: 'withdraw-consent', note: 'Dit au téléphone par la personne.', version: 5 },
} as const satisfies { [Action in Move['action']]: Extract<Move, { action: Action }> }

/** What the search has in common with every case. */
export const gpSearchHeader = {
  ...exampleHeader,
  id: exampleIds.gpSearch,
  reference: 'MT-2026-0042',
  kind: 'gp-search',
  status: 'eligible',
  dueCode: 'find-practitioner',
  priority: {
    band: 'P2',
    score: 55,
    rulesetVersion: 'gp-search/1',
    contributions: [
      { factor: 'long-term-condition', points: 30, evidence: { code: 'declared' }, source: 'declared' },
      {
        factor: 'treatment',
        points: 15,
        evidence: { code: 'treatment-within-15-days', value: '12' },
        source: 'declared',
      },
      { factor: 'age', points: 10, evidence: { code: 'aged-70', value: '77' }, source: 'declared' },
    ],
  },
  allowedActions: [
    { action: 'hold', requires: ['reason', 'resumeAt'], reasons: ['patient_away', 'hospitalised'] },
    { action: 'declare', requires: ['declaredAt', 'attestedBy'], disabledBecause: 'wrong-status' },
  ],
} as const satisfies z.input<typeof CaseHeader>

const search = {
  ...gpSearchHeader,
  details,
  consent: exampleConsent,
  resumeAt: null,
  visitAt: null,
  toldAt: null,
  declaredAt: null,
  noShows: 0,
  missing: [],
  householdSize: 1,
  household: [],
  matchedWith: null,
  proposals: [],
} as const satisfies z.input<typeof GpSearch>

/** The search of an invented patient for a médecin traitant. */
export const gpSearchExamples = {
  postGpSearches: {
    bodies: {
      'new patient': { patient: exampleDescription, consent: exampleConsent, channel: 'phone', details, submit: true },
      'known patient': { patient: { id: exampleIds.patient }, channel: 'counter', details: {}, submit: false },
    } satisfies Record<string, z.input<typeof OpenGpSearch>>,
    answer: { ...search, status: 'submitted', dueCode: 'triage', version: 1 } satisfies z.input<typeof GpSearch>,
  },
  getGpSearches: { answer: { items: [search], next: null } },
  getGpSearchesById: { answer: search },
  putGpSearchesByIdDetails: {
    bodies: { details: { details, version: 2 } satisfies z.input<typeof ChangeGpSearchDetails> },
    answer: search,
  },
  postGpSearchesByIdMoves: { bodies: moves, answer: search },
  postGpSearchesByIdHouseholdMembers: {
    bodies: {
      known: { patient: { id: exampleIds.patient }, details: {}, version: 2 },
      described: { patient: exampleDescription, details: { pregnancyOrInfant: true }, version: 2 },
    } satisfies Record<string, z.input<typeof AddHouseholdMember>>,
    answer: search,
  },
  postGpSearchesByIdHouseholdJoin: {
    bodies: {
      join: { otherId: exampleIds.unscheduledCare, version: 2, otherVersion: 1 } satisfies z.input<typeof JoinSearches>,
    },
    answer: search,
  },
  postGpSearchesByIdHouseholdSplit: {
    bodies: {
      alone: { patientIds: [exampleIds.patient], version: 2 },
      deceased: { patientIds: [exampleIds.patient], next: { action: 'close', reason: 'deceased' }, version: 2 },
    } satisfies Record<string, z.input<typeof SplitHousehold>>,
    answer: { case: search, searches: [search] },
  },
} satisfies OperationExamples
