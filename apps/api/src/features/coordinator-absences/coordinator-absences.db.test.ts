import type { CptsId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let bea: Awaited<ReturnType<typeof someoneWho>>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date('2026-03-02T09:00:00Z') })
})
afterAll(async () => {
  await tested.close()
})
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const url = '/api/v1/coordinator-absences'
const declare = (over: object = {}, headers = ana.headers) =>
  tested.app.inject({
    method: 'POST',
    url,
    headers,
    payload: { from: '2026-03-09', until: '2026-03-13', deputyId: bea.accountId, ...over },
  })
const list = async (headers = ana.headers) => (await tested.app.inject({ url, headers })).json().items
const end = (id: string, headers = ana.headers) => tested.app.inject({ method: 'DELETE', url: `${url}/${id}`, headers })

test('declared, everyone of the coordination reads it; taken away, it is gone', async () => {
  const { id } = (await declare()).json()
  const said = {
    account: { id: ana.accountId },
    deputy: { id: bea.accountId },
    from: '2026-03-09',
    until: '2026-03-13',
  }
  expect(await list(bea.headers)).toEqual([expect.objectContaining({ id })])
  expect((await list())[0]).toMatchObject(said)
  expect((await tested.app.inject({ url: '/api/v1/home', headers: ana.headers })).json().absence).toMatchObject({ id })
  expect((await end(id)).statusCode).toBe(204)
  expect(await list()).toEqual([])
})

test('a colleague may declare for somebody who fell ill', async () => {
  const answer = await declare({ accountId: bea.accountId, deputyId: ana.accountId, from: '2026-03-02' })
  expect(answer.json()).toMatchObject({ account: { id: bea.accountId }, deputy: { id: ana.accountId } })
})

test.each([
  [{ until: '2026-03-08' }, '/until'],
  [{ from: '2026-02-20', until: '2026-02-27' }, '/until'],
  [{ deputyId: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c99' }, '/deputyId'],
])('%o is refused at %s', async (over, pointer) => {
  const answer = await declare(over)
  expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, pointer])
})

test('nobody stands in for themselves, nor is away twice at once', async () => {
  expect((await declare({ deputyId: ana.accountId })).statusCode).toBe(422)
  await declare()
  expect((await declare({ from: '2026-03-13', until: '2026-03-20' })).json().code).toBe('already-exists')
  expect((await declare({ from: '2026-03-14', until: '2026-03-20' })).statusCode).toBe(201)
})

test('another CPTS reads none and takes none away; another role has no such list', async () => {
  const { id } = (await declare()).json()
  const other = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect(await list(other.headers)).toEqual([])
  expect((await end(id, other.headers)).statusCode).toBe(404)
  expect((await declare({ deputyId: other.accountId })).statusCode).toBe(422)
  const doctor = await someoneWho(tested, { cptsId, role: 'practitioner' })
  expect((await tested.app.inject({ url, headers: doctor.headers })).statusCode).toBe(403)
})
