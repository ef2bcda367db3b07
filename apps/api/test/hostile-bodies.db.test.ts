import { type CaseKindName, caseKinds } from '@maillage/contracts/cases'
import { CaseId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseKindsOf } from '../src/case-kinds.ts'
import { operationExamples } from '../src/operation-examples.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aHospitalDischarge } from './builders/a-hospital-discharge.ts'
import { aPatient } from './builders/a-patient.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aRound } from './builders/a-round.ts'
import { aCpts, anAccount, aUnit, someoneWho, testPassword } from './builders/accounts.ts'
import { anUnscheduledCare } from './builders/an-unscheduled-care.ts'
import { sendSpoilt, type Target } from './builders/hostile-sending.ts'
import type { Json } from './builders/hostile-values.ts'

// The day of the examples: what they plan is still to come.
const now = new Date('2026-03-02T12:00:00.000Z')

async function aTerritory(app: TestApp) {
  const cptsId = await aCpts(app)
  const { unitId } = await aUnit(app, cptsId)
  const practitionerId = await aPractitioner(app, cptsId)
  const coordinator = await someoneWho(app, { cptsId, role: 'coordinator', isHealthProfessional: true })
  const ward = await someoneWho(app, { cptsId, role: 'hospital_staff', unitIds: [unitId] })
  const practitioner = await someoneWho(app, { cptsId, role: 'practitioner', practitionerId })
  return { cptsId, unitId, practitionerId, coordinator, ward, practitioner }
}

let tested: TestApp
let ours: Awaited<ReturnType<typeof aTerritory>>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  ours = await aTerritory(tested)
  await anAccount(tested, { email: 'claude@essai.example' })
})

afterAll(async () => {
  await tested.close()
})

const paths: Record<CaseKindName, string> = {
  'gp-search': '/api/v1/gp-searches',
  'unscheduled-care': '/api/v1/unscheduled-cares',
  'hospital-discharge': '/api/v1/hospital-discharges',
}

async function aCase(kind: CaseKindName, status: string): Promise<string> {
  const over = { status, previousStatus: status === 'on_hold' ? 'eligible' : null }
  if (kind === 'gp-search') return `${paths[kind]}/${(await aGpSearch(tested, ours.cptsId, over)).id}`
  if (kind === 'unscheduled-care') return `${paths[kind]}/${(await anUnscheduledCare(tested, ours.cptsId, over)).id}`
  return `${paths[kind]}/${(await aHospitalDischarge(tested, ours.cptsId, ours.unitId, over)).row.id}`
}

async function aNeedOf(): Promise<string> {
  const { row, needIds } = await aHospitalDischarge(tested, ours.cptsId, ours.unitId)
  return `/api/v1/hospital-discharges/${row.id}/needs/${needIds[0]}`
}

async function aProposal(kind: CaseKindName, over: Parameters<typeof aRound>[4] = {}): Promise<string> {
  const url = await aCase(kind, kind === 'gp-search' ? 'proposing' : 'offering')
  const caseId = CaseId.parse(url.split('/').at(-1))
  const [proposal] = await aRound(tested, ours.cptsId, caseId, [ours.practitionerId], over)
  return `/api/v1/proposals/${proposal?.id}`
}

/** An example's body, about what exists in this database. */
function localised(body: unknown): Json {
  const own: Record<string, unknown> = {
    version: 1,
    unitId: ours.unitId,
    practitionerId: ours.practitionerId,
    practitionerIds: [ours.practitionerId],
    preferredPractitionerId: undefined,
    usualTeam: [],
    assigneeId: ours.coordinator.accountId,
    ownerId: ours.coordinator.accountId,
    onBehalf: undefined,
    declaredAt: '2026-03-01',
    actualAt: '2026-03-02T11:00:00.000Z',
    expectedDischargeAt: new Date(now.getTime() + 168 * 3_600_000).toISOString(),
    password: testPassword,
  }
  const read = JSON.parse(JSON.stringify(body), (key, value) => (key in own ? own[key] : value))
  if ('actualAt' in read) return { ...read, uncoveredAcknowledged: true }
  return 'patient' in read ? { ...read, confirmNotDuplicate: true } : read
}

const faultsOf = (id: string, body: unknown, target: Target) =>
  sendSpoilt(tested, { id, whole: localised(body) }, { ...target, headers: target.headers ?? ours.coordinator.headers })

const moves: Record<CaseKindName, string> = {
  'gp-search': 'postGpSearchesByIdMoves',
  'unscheduled-care': 'postUnscheduledCaresByIdMoves',
  'hospital-discharge': 'postHospitalDischargesByIdMoves',
}
const everyMove = caseKinds.flatMap((kind) =>
  Object.entries(operationExamples[moves[kind]]?.bodies ?? {}).map(([action, body]) => ({ kind, action, body })),
)

test.each(everyMove)('no body of $action breaks a $kind', { timeout: 120_000 }, async ({ kind, action, body }) => {
  const move = caseKindsOf()[kind].machine[action]
  const { headers } = move?.by.includes('coordinator') ? ours.coordinator : ours.ward
  const url = async () => `${await aCase(kind, move?.from[0] ?? '')}/moves`
  expect(await faultsOf(moves[kind], body, { headers, url })).toEqual({ faults: [], isTaken: true })
})

const targets: Record<string, () => Target> = {
  postGpSearches: () => ({ url: () => '/api/v1/gp-searches' }),
  postUnscheduledCares: () => ({ url: () => '/api/v1/unscheduled-cares' }),
  postHospitalDischarges: () => ({ headers: ours.ward.headers, url: () => '/api/v1/hospital-discharges' }),
  putGpSearchesByIdDetails: () => ({
    method: 'PUT',
    url: async () => `${await aCase('gp-search', 'submitted')}/details`,
  }),
  putUnscheduledCaresByIdDetails: () => ({
    method: 'PUT',
    url: async () => `${await aCase('unscheduled-care', 'submitted')}/details`,
  }),
  putHospitalDischargesByIdDetails: () => ({
    method: 'PUT',
    url: async () => `${await aCase('hospital-discharge', 'submitted')}/details`,
  }),
  postHospitalDischargesByIdNeeds: () => ({
    url: async () => `${await aCase('hospital-discharge', 'submitted')}/needs`,
  }),
  putHospitalDischargesByIdNeedsByNeedId: () => ({ method: 'PUT', url: aNeedOf }),
  postHospitalDischargesByIdNeedsByNeedIdMoves: () => ({ url: async () => `${await aNeedOf()}/moves` }),
  postHospitalDischargesByIdReschedule: () => ({
    url: async () => `${await aCase('hospital-discharge', 'coordinating')}/reschedule`,
  }),
  postGpSearchesByIdProposals: () => ({ url: async () => `${await aCase('gp-search', 'eligible')}/proposals` }),
  postUnscheduledCaresByIdProposals: () => ({
    url: async () => `${await aCase('unscheduled-care', 'triaged')}/proposals`,
  }),
  postProposalsByIdAcceptance: () => ({
    headers: ours.practitioner.headers,
    url: async () => `${await aProposal('gp-search')}/acceptance`,
  }),
  postProposalsByIdDecline: () => ({
    headers: ours.practitioner.headers,
    url: async () => `${await aProposal('gp-search')}/decline`,
  }),
  postProposalsByIdWithdrawal: () => ({ url: async () => `${await aProposal('gp-search')}/withdrawal` }),
  postPractitioners: () => ({ url: () => '/api/v1/practitioners' }),
  putPractitionersById: () => ({
    method: 'PUT',
    url: async () => `/api/v1/practitioners/${await aPractitioner(tested, ours.cptsId)}`,
  }),
  putPractitionersByIdIntakeCapacity: () => ({
    method: 'PUT',
    url: async () => `/api/v1/practitioners/${await aPractitioner(tested, ours.cptsId)}/intake-capacity`,
  }),
  postPractitionersByIdAbsences: () => ({ url: () => `/api/v1/practitioners/${ours.practitionerId}/absences` }),
  postPatientsSearch: () => ({ url: () => '/api/v1/patients/search' }),
  putPatientsById: () => ({
    method: 'PUT',
    url: async () => `/api/v1/patients/${(await aPatient(tested, ours.cptsId)).id}`,
  }),
  postCasesByIdNotes: () => ({ url: notes('notes') }),
  postCasesByIdContactAttempts: () => ({ url: notes('contact-attempts') }),
  postCasesByIdReminders: () => ({ url: notes('reminders') }),
  putCasesByIdOwner: () => ({ method: 'PUT', url: notes('owner') }),
  putCasesByIdPriority: () => ({ method: 'PUT', url: notes('priority') }),
  postWorklistSearch: () => ({ url: () => '/api/v1/worklist/search' }),
  putDraftsByForm: () => ({ method: 'PUT', url: () => '/api/v1/drafts/gp-search' }),
  postSessions: () => ({ url: () => '/api/v1/sessions' }),
}

const notes = (what: string) => async () =>
  `/api/v1/cases/${(await aGpSearch(tested, ours.cptsId, { status: 'eligible' })).id}/${what}`

test.each(Object.keys(targets))('no body breaks %s', { timeout: 120_000 }, async (id) => {
  const [body] = Object.values(operationExamples[id]?.bodies ?? {})
  expect(await faultsOf(id, body, targets[id]?.() ?? { url: () => '' })).toEqual({ faults: [], isTaken: true })
})
