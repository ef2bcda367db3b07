import type * as z from 'zod'
import type { CaseHeader } from '../cases.ts'
import type { MoveNeed, Need, NewNeed, SaveNeed } from '../discharge-needs.ts'
import type {
  ChangeHospitalDischargeDetails,
  HospitalDischarge,
  HospitalDischargeDetails,
  MoveHospitalDischarge,
  OpenHospitalDischarge,
  RescheduleDischarge,
} from '../hospital-discharge.ts'
import type { OperationExamples } from './operation-examples.ts'
import { exampleConsent, exampleDescription, exampleHeader, exampleIds, exampleNurse } from './people.ts'

type Move = z.input<typeof MoveHospitalDischarge>
type NeedMove = z.input<typeof MoveNeed>

const details = {
  unitId: exampleIds.unit,
  expectedDischargeAt: '2026-03-06T13:00:00.000Z',
  destination: 'home',
  livesAlone: true,
  gir: 3,
  had: 'not_needed',
  usualTeam: [{ profession: 'nurse', name: exampleNurse.displayName, practitionerId: exampleNurse.id }],
  callBack: { phone: '+33536490010', hours: '9 h – 17 h', deputy: 'Cadre de santé' },
  patientInformed: true,
  hasGp: true,
} as const satisfies z.input<typeof HospitalDischargeDetails>

const newNeed = {
  type: 'home-nurse',
  label: 'Pansement',
  frequency: 'une fois par jour',
  startAt: '2026-03-07T07:00:00.000Z',
  atHome: true,
  prescriptionAvailable: true,
  preferredPractitionerId: exampleNurse.id,
  vital: false,
} as const satisfies z.input<typeof NewNeed>

const need = {
  id: exampleIds.need,
  type: 'home-nurse',
  profession: 'nurse',
  label: 'Pansement',
  frequency: 'une fois par jour',
  startAt: '2026-03-07T07:00:00.000Z',
  endAt: null,
  atHome: true,
  prescriptionAvailable: true,
  preferredPractitioner: { id: exampleNurse.id, displayName: exampleNurse.displayName },
  vital: false,
  status: 'covered',
  coveredBy: { name: exampleNurse.displayName, practicePhone: '+33536490011', outside: false },
  firstVisitAt: '2026-03-07T07:30:00.000Z',
  reconfirmationPending: false,
  allowedActions: [{ action: 'reopen', requires: [], disabledBecause: 'wrong-status' }],
} as const satisfies z.input<typeof Need>

const moves = {
  submit: { action: 'submit', consent: exampleConsent, version: 1 },
  acknowledge: { action: 'acknowledge', version: 2 },
  'request-info': { action: 'request-info', missing: ['prescription'], version: 3 },
  'provide-info': { action: 'provide-info', note: 'Ordonnance jointe au dossier de sortie.', version: 4 },
  start: { action: 'start', version: 3 },
  discharge: {
    action: 'discharge',
    actualAt: '2026-03-06T13:30:00.000Z',
    letterSent: true,
    checklist: { readmission_risk: 'no', social_evaluation: 'yes', home_team_warned: 'yes' },
    version: 8,
  },
  'follow-up': { action: 'follow-up', calledAt: '2026-03-09T09:00:00.000Z', readmitted: false, version: 9 },
  cancel: { action: 'cancel', reason: 'stay_extended', version: 4 },
} as const satisfies { [Action in Move['action']]: Extract<Move, { action: Action }> }

const needMoves = {
  'mark-not-needed': { action: 'mark-not-needed', version: 5 },
  'mark-unmet': { action: 'mark-unmet', note: 'Aucun passage possible avant lundi.', version: 5 },
  'mark-covered-outside': {
    action: 'mark-covered-outside',
    by: 'Service d’aide à domicile d’essai',
    phone: '+33536490012',
    firstVisitAt: '2026-03-07T09:00:00.000Z',
    version: 5,
  },
  reopen: { action: 'reopen', version: 6 },
} as const satisfies { [Action in NeedMove['action']]: Extract<NeedMove, { action: Action }> }

/** What the discharge has in common with every case. */
export const hospitalDischargeHeader = {
  ...exampleHeader,
  id: exampleIds.hospitalDischarge,
  reference: 'SH-2026-0013',
  kind: 'hospital-discharge',
  status: 'covered',
  channel: 'hospital',
  requester: 'Service d’essai',
  dueAt: '2026-03-06T13:00:00.000Z',
  dueCode: 'discharge',
  priority: {
    band: 'P3',
    score: 40,
    rulesetVersion: 'hospital-discharge/1',
    contributions: [
      { factor: 'hours-left', points: 20, evidence: { code: 'hours-left', value: '100' }, source: 'clock' },
      { factor: 'autonomy', points: 10, evidence: { code: 'gir', value: '3' }, source: 'declared' },
      { factor: 'isolated', points: 10, evidence: { code: 'declared' }, source: 'declared' },
    ],
  },
  allowedActions: [{ action: 'discharge', requires: ['actualAt', 'letterSent', 'checklist'] }],
} as const satisfies z.input<typeof CaseHeader>

const discharge = {
  ...hospitalDischargeHeader,
  details,
  consent: exampleConsent,
  unit: { id: exampleIds.unit, name: 'Médecine interne', organization: 'Hôpital d’essai' },
  needs: [need],
  missing: [],
  escalatedAt: null,
  escalationReason: null,
  actualDischargeAt: null,
  letterSent: null,
  checklist: null,
  followUpCalledAt: null,
  gpSeenAt: null,
  readmitted: null,
  proposals: [],
} as const satisfies z.input<typeof HospitalDischarge>

const saveNeed = { need: newNeed, version: 4 } satisfies z.input<typeof SaveNeed>

/** The return home of an invented patient, with one need. */
export const hospitalDischargeExamples = {
  postHospitalDischarges: {
    bodies: {
      'from a ward': {
        patient: exampleDescription,
        consent: exampleConsent,
        channel: 'hospital',
        details,
        needs: [newNeed],
        submit: true,
      } satisfies z.input<typeof OpenHospitalDischarge>,
    },
    answer: discharge,
  },
  getHospitalDischarges: { answer: { items: [discharge], next: null } },
  getHospitalDischargesById: { answer: discharge },
  putHospitalDischargesByIdDetails: {
    bodies: { details: { details, version: 4 } satisfies z.input<typeof ChangeHospitalDischargeDetails> },
    answer: discharge,
  },
  postHospitalDischargesByIdMoves: { bodies: moves, answer: discharge },
  postHospitalDischargesByIdNeeds: { bodies: { need: saveNeed }, answer: discharge },
  putHospitalDischargesByIdNeedsByNeedId: { bodies: { need: saveNeed }, answer: discharge },
  postHospitalDischargesByIdNeedsByNeedIdMoves: { bodies: needMoves, answer: discharge },
  postHospitalDischargesByIdReschedule: {
    bodies: {
      later: {
        expectedDischargeAt: '2026-03-09T13:00:00.000Z',
        reason: 'medical',
        version: 6,
      } satisfies z.input<typeof RescheduleDischarge>,
    },
    answer: discharge,
  },
} satisfies OperationExamples
