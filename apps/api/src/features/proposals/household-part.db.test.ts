import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let cptsId: CptsId
let doctorId: PractitionerId
type Headers = { authorization: string }
let coordinator: Headers
let doctor: Headers

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  doctorId = await aPractitioner(tested, cptsId, { lastName: 'Un' })
  await somePlaces(tested, cptsId, doctorId, 9)
  doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })).headers
})
afterAll(() => tested.close())

const call = (headers: Headers, method: 'GET' | 'POST', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

async function proposedHousehold(householdSize: number) {
  const row = await aGpSearch(tested, cptsId, { status: 'eligible', householdSize })
  const payload = { mode: 'direct', practitionerIds: [doctorId], version: row.version }
  const answer = (await call(coordinator, 'POST', `/gp-searches/${row.id}/proposals`, payload)).json()
  return { caseId: row.id, proposal: answer.items[0] as { id: string; version: number } }
}
const part = (headers: Headers, { id, version }: { id: string; version: number }, over: object) =>
  call(headers, 'POST', `/proposals/${id}/decline`, { version, reason: 'household_part', ...over })
const remaining = async () =>
  (await call(doctor, 'GET', `/practitioners/${doctorId}/intake-capacity`)).json().remaining as number

test('a doctor says how many of a household they would take: told to the coordinator, and no place is taken', async () => {
  const { caseId, proposal } = await proposedHousehold(3)
  const before = await remaining()
  const answer = await part(doctor, proposal, { count: 2 })
  expect(answer.json()).toMatchObject({ status: 'declined', contact: null })
  expect(await remaining()).toBe(before)

  const read = (await call(coordinator, 'GET', `/gp-searches/${caseId}`)).json()
  expect(read).toMatchObject({ status: 'eligible', proposals: [{ reason: 'household_part_2_of_3' }] })
  const story = (await call(coordinator, 'GET', `/cases/${caseId}/timeline`)).json().items
  const told = story.filter((entry: { action: string }) => entry.action === 'declined')
  expect(told).toMatchObject([{ type: 'proposal', reason: 'household_part_2_of_3', text: null }])

  // They have not said no to these persons: they may be asked again.
  const again = await call(coordinator, 'POST', `/gp-searches/${caseId}/proposals`, {
    mode: 'direct',
    practitionerIds: [doctorId],
    version: read.version,
  })
  expect(again.statusCode).toBe(201)
})

test.each([
  ['all of them', 2, { count: 2 }, 'out-of-range'],
  ['a person alone', 1, { count: 1 }, 'out-of-range'],
  ['without a number', 3, {}, 'required'],
  ['with a number for another reason', 3, { count: 1, reason: 'too_far' }, 'not-allowed'],
])('%s is no part of a household', async (_what, householdSize, over, code) => {
  const { proposal } = await proposedHousehold(householdSize)
  const answer = await part(doctor, proposal, over)
  expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/count', code }] })
})

test('nobody, too late, from elsewhere, or under another role', async () => {
  const { proposal } = await proposedHousehold(4)
  expect((await part(doctor, proposal, { count: 0 })).statusCode).toBe(422)
  expect((await part(doctor, { ...proposal, version: proposal.version - 1 }, { count: 1 })).statusCode).toBeOneOf([
    409, 422,
  ])
  const neighbour = await aCpts(tested)
  const elsewhere = await someoneWho(tested, { cptsId: neighbour, role: 'coordinator' })
  const by = { onBehalf: { channel: 'phone', spokenTo: 'Secrétariat' } }
  expect((await part(elsewhere.headers, proposal, { count: 1, ...by })).statusCode).toBe(404)
  const ward = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
  expect((await part(ward.headers, proposal, { count: 1 })).json()).toMatchObject({ code: 'role-may-not' })
  expect((await part(coordinator, proposal, { count: 1, ...by })).json()).toMatchObject({ status: 'declined' })
  expect((await part(doctor, { ...proposal, version: proposal.version + 1 }, { count: 1 })).json()).toMatchObject({
    code: 'proposal-closed',
  })
})
