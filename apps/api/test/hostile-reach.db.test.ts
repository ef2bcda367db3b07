import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationExamples } from '../src/operation-examples.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'
import { sendSpoilt, type Target } from './builders/hostile-sending.ts'
import type { Json } from './builders/hostile-values.ts'

// The day of the examples: what they plan is still to come.
const now = new Date('2026-03-02T12:00:00.000Z')

async function aTerritory(app: TestApp) {
  const cptsId = await aCpts(app)
  const practitionerId = await aPractitioner(app, cptsId)
  const coordinator = await someoneWho(app, { cptsId, role: 'coordinator' })
  const practitioner = await someoneWho(app, { cptsId, role: 'practitioner', practitionerId })
  return { cptsId, coordinator, practitioner }
}

let tested: TestApp
let ours: Awaited<ReturnType<typeof aTerritory>>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  ours = await aTerritory(tested)
})
afterAll(() => tested.close())

const onBehalf = { channel: 'letter', spokenTo: 'Secrétariat', calledAt: '2026-03-02T10:00:00.000Z' }
const aDoctor =
  (rest: string, method: 'POST' | 'PUT' = 'POST'): (() => Target) =>
  () => ({ method, url: async () => `/api/v1/practitioners/${await aPractitioner(tested, ours.cptsId)}/${rest}` })

/** Something that was made here, by the path that makes it. */
async function made(path: string, payload: object): Promise<string> {
  const { headers } = ours.coordinator
  const answer = await tested.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })
  return `/api/v1${path}/${answer.json().id}`
}
const aPartner = () => made('/partners', { name: 'Clinique', kind: 'clinic', contacts: [], units: [] })
const aTeam = () => made('/teams', { kind: 'msp', name: 'Maison', municipality: '33063', members: [] })

// What practitioners and partners say of themselves: an example's body, about what exists in this database.
const targets: Record<string, { over: object; target: () => Target }> = {
  postDelegations: {
    over: {},
    target: () => ({ headers: ours.practitioner.headers, url: () => '/api/v1/delegations' }),
  },
  postPractitionersByIdSlots: { over: {}, target: aDoctor('slots') },
  postPractitionersByIdSlotSeries: { over: {}, target: aDoctor('slot-series') },
  putPractitionersByIdIntakeCapacity: {
    over: { version: 0, onBehalf },
    target: aDoctor('intake-capacity', 'PUT'),
  },
  postPractitionersByIdAbsences: { over: { onBehalf }, target: aDoctor('absences') },
  putPractitionersByIdCard: { over: { version: 1 }, target: aDoctor('card', 'PUT') },
  postPractitionersByIdPublication: {
    over: { scope: 'public', given: false, channel: 'phone' },
    target: aDoctor('publication'),
  },
  postTeams: { over: { members: [] }, target: () => ({ url: () => '/api/v1/teams' }) },
  putTeamsByIdPlaces: {
    over: { version: 1 },
    target: () => ({ method: 'PUT', url: async () => `${await aTeam()}/places` }),
  },
  postPartners: { over: {}, target: () => ({ url: () => '/api/v1/partners' }) },
  postPartnersByIdAgreements: { over: {}, target: () => ({ url: async () => `${await aPartner()}/agreements` }) },
  putNotificationChoices: { over: {}, target: () => ({ method: 'PUT', url: () => '/api/v1/notification-choices' }) },
}

test.each(Object.entries(targets))('no body breaks %s', { timeout: 120_000 }, async (id, { over, target }) => {
  const [example] = Object.values(operationExamples[id]?.bodies ?? {})
  const whole: Json = JSON.parse(JSON.stringify(Object.assign({}, example, over)))
  const to = { headers: ours.coordinator.headers, ...target() }
  expect(await sendSpoilt(tested, { id, whole }, to)).toEqual({ faults: [], isTaken: true })
})
