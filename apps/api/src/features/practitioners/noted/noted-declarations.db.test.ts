import { type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aSecretary } from '../../../../test/builders/a-delegation.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'

const now = new Date('2026-06-08T08:00:00Z')
const calledAt = '2026-06-08T07:40:00.000Z'
const said = { channel: 'email', spokenTo: 'Mme Essai, secrétariat 📧', calledAt } as const
const accepts = { homeVisits: true, children: true, longTerm: true, newPatients: true }
const days = { from: '2026-07-01', until: '2026-07-15' }

type Headers = { authorization: string }
let tested: TestApp
let cptsId: CptsId
let coordinator: Headers
let ana: string

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  ana = (await call(coordinator, 'GET', '/me')).json().account.displayName
})
afterAll(() => tested.close())

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
const noted = async (headers: Headers, path: string) =>
  (await call(headers, 'GET', `${path}/noted-declarations`)).json().items

async function aDoctor() {
  const id = await aPractitioner(tested, cptsId)
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
  const path = `/practitioners/${id}`
  const declare = (who: Headers, fields: object) => {
    const body = { places: 3, municipalities: [], accepts, version: 0, ...fields }
    return call(who, 'PUT', `${path}/intake-capacity`, body)
  }
  return { id, headers, path, declare }
}

describe('what a coordinator writes down for a practitioner', () => {
  test('places: the practitioner reads who wrote it, who said it, how and when', async () => {
    const { headers, path, declare } = await aDoctor()
    expect((await declare(coordinator, { onBehalf: said })).statusCode).toBe(200)
    const told = { what: 'places', places: 3, by: ana, at: now.toISOString(), ...said }
    for (const who of [headers, coordinator]) expect(await noted(who, path)).toMatchObject([told])
  })

  test('an absence declared, then taken back, is read in that order, the latest first', async () => {
    const { headers, path } = await aDoctor()
    const added = await call(coordinator, 'POST', `${path}/absences`, { ...days, onBehalf: said })
    expect(added.statusCode).toBe(201)
    const removal = `${path}/absences/${added.json().id}/removal`
    const phone = { channel: 'phone', spokenTo: 'Dr Essai' } as const
    expect((await call(coordinator, 'POST', removal, { onBehalf: phone })).statusCode).toBe(204)
    expect(await noted(headers, path)).toMatchObject([
      { what: 'absence-removed', ...days, ...phone, calledAt: now.toISOString() },
      { what: 'absence-added', ...days, ...said },
    ])
    expect((await call(headers, 'GET', `${path}/absences`)).json().items).toEqual([])
    expect((await call(coordinator, 'POST', removal, { onBehalf: phone })).statusCode).toBe(404)
  })

  test('what they declare themselves is not noted, and what the secretary declares names nobody else', async () => {
    const { id, headers, path, declare } = await aDoctor()
    expect((await declare(headers, {})).statusCode).toBe(200)
    expect(await noted(headers, path)).toEqual([])
    const secretary = await aSecretary(tested, cptsId, [id])
    expect((await declare(secretary.headers, { version: 1, places: 2 })).statusCode).toBe(200)
    const { account } = (await call(secretary.headers, 'GET', '/me')).json()
    expect(await noted(secretary.headers, path)).toMatchObject([
      { what: 'places', places: 2, by: account.displayName, channel: null, spokenTo: null, calledAt: null },
    ])
  })

  test('is the coordination’s to write, once it was said; a refusal changes nothing', async () => {
    const { id, headers, path, declare } = await aDoctor()
    const secretary = await aSecretary(tested, cptsId, [id])
    for (const who of [headers, secretary.headers]) {
      const refused = await declare(who, { onBehalf: said })
      expect([refused.statusCode, refused.json().errors]).toEqual([
        422,
        [{ pointer: '/onBehalf', code: 'not-allowed' }],
      ])
    }
    const later = { ...said, calledAt: '2026-06-08T08:00:01.000Z' }
    const early = await call(coordinator, 'POST', `${path}/absences`, { ...days, onBehalf: later })
    expect(early.json().errors).toEqual([{ pointer: '/onBehalf/calledAt', code: 'future' }])
    expect((await call(headers, 'GET', `${path}/intake-capacity`)).json().version).toBe(0)
    expect((await call(headers, 'GET', `${path}/absences`)).json().items).toEqual([])
    expect(await noted(headers, path)).toEqual([])
    const removal = `${path}/absences/${newRowId()}/removal`
    expect((await call(headers, 'POST', removal, { onBehalf: said })).statusCode).toBe(403)
    expect((await call(coordinator, 'POST', removal, {})).statusCode).toBe(422)
  })

  test('of two who declare at once, one is kept and noted', async () => {
    const { path, declare } = await aDoctor()
    const both = await Promise.all([
      declare(coordinator, { onBehalf: said }),
      declare(coordinator, { places: 5, onBehalf: said }),
    ])
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(await noted(coordinator, path)).toHaveLength(1)
  })

  test('is read by those alone who may declare', async () => {
    const { id, path } = await aDoctor()
    const other = await aDoctor()
    const limited = await aSecretary(tested, cptsId, [id], ['answer-proposals'])
    const requester = await someoneWho(tested, { cptsId, role: 'requester' })
    const elsewhere = await aCpts(tested)
    const foreign = await someoneWho(tested, { cptsId: elsewhere, role: 'coordinator' })
    const read = async (headers: Headers) => (await call(headers, 'GET', `${path}/noted-declarations`)).statusCode
    expect(await read(other.headers)).toBe(403)
    expect(await read(limited.headers)).toBe(403)
    expect(await read(requester.headers)).toBe(403)
    expect(await read(foreign.headers)).toBe(404)
  })
})
