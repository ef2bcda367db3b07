import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { type DelegationRight, delegationRights } from '@maillage/contracts/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aSecretary } from '../../../test/builders/a-delegation.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

type Headers = { authorization: string }
const details = { hasLongTermCondition: true, freeText: 'Suivi à reprendre.', preferences: { homeVisit: true } }
const closed = { preferences: details.preferences }
const withoutClinical = delegationRights.filter((right) => right !== 'clinical-details')

let tested: TestApp
let cptsId: CptsId
beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
const get = async (headers: Headers, path: string) => (await call(headers, 'GET', path)).json()

async function aDoctor() {
  const id = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, id, 20)
  return { id, ...(await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })) }
}

async function acceptedFor(secretary: { headers: Headers }, practitionerId: PractitionerId) {
  const row = await aGpSearch(tested, cptsId, { status: 'proposing', details })
  const [proposal] = await aRound(tested, cptsId, row.id, [practitionerId])
  const path = `/proposals/${proposal?.id}`
  const answer = await call(secretary.headers, 'POST', `${path}/acceptance`, { version: proposal?.version })
  expect(answer.statusCode).toBe(200)
  return { id: row.id, path, contact: answer.json().contact }
}

/** One secretary of two doctors, of whom the second keeps the clinical details closed. */
async function aSharedSecretary() {
  const [open, shut] = [await aDoctor(), await aDoctor()]
  const secretary = await aSecretary(tested, cptsId, [open.id, shut.id])
  const change = (rights: readonly DelegationRight[], version: number) =>
    call(shut.headers, 'PUT', `/delegations/${secretary.delegations[1]}`, { rights, version })
  expect((await change(withoutClinical, 1)).statusCode).toBe(200)
  return { open, shut, secretary, change }
}

describe('the clinical details that a secretary reads', () => {
  test('are those of the doctor who opened them: in the list, the file, the contact sheet and the answer of a move', async () => {
    const { open, shut, secretary } = await aSharedSecretary()
    const one = await acceptedFor(secretary, open.id)
    const other = await acceptedFor(secretary, shut.id)
    expect((await get(secretary.headers, `/gp-searches/${one.id}`)).details).toEqual(details)
    expect((await get(secretary.headers, `/gp-searches/${other.id}`)).details).toEqual(closed)
    const { items } = await get(secretary.headers, '/gp-searches')
    const listed = (id: string) => items.find((item: { id: string }) => item.id === id)?.details
    expect([listed(one.id), listed(other.id)]).toEqual([details, closed])
    expect([one.contact.needText, other.contact.needText]).toEqual([expect.any(String), null])
    const proposals = (await get(secretary.headers, '/proposals?status=accepted')).items
    const needOf = (path: string) => proposals.find(({ id }: { id: string }) => path.endsWith(id))?.contact.needText
    expect([needOf(one.path), needOf(other.path)]).toEqual([expect.any(String), null])
    const { version } = await get(secretary.headers, `/gp-searches/${other.id}`)
    const told = { action: 'tell-patient', toldAt: new Date().toISOString(), agreed: true, version }
    const moved = await call(secretary.headers, 'POST', `/gp-searches/${other.id}/moves`, told)
    expect([moved.statusCode, moved.json().details]).toEqual([200, closed])
  })

  test('open and close with the right, from the next request on', async () => {
    const { shut, secretary, change } = await aSharedSecretary()
    const { id } = await acceptedFor(secretary, shut.id)
    expect((await change(delegationRights, 2)).statusCode).toBe(200)
    expect((await get(secretary.headers, `/gp-searches/${id}`)).details).toEqual(details)
    expect((await change(withoutClinical, 3)).statusCode).toBe(200)
    expect((await get(secretary.headers, `/gp-searches/${id}`)).details).toEqual(closed)
  })

  test('a right to them alone opens no file', async () => {
    const { shut, secretary, change } = await aSharedSecretary()
    const { id, path } = await acceptedFor(secretary, shut.id)
    expect((await change(['clinical-details', 'answer-proposals'], 2)).statusCode).toBe(200)
    expect((await call(secretary.headers, 'GET', `/gp-searches/${id}`)).statusCode).toBe(404)
    const read = await get(secretary.headers, path)
    expect([read.contact, read.caseId, read.movesNoted]).toEqual([null, null, []])
  })
})
