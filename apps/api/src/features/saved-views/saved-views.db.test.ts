import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let bea: typeof ana

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const query = {
  kind: 'gp-search',
  status: ['eligible'],
  band: ['P1'],
  municipality: ['33063'],
  owner: 'me-or-none',
  due: 'by-friday',
  sort: 'queue',
  columns: ['due', 'status'],
}
const view = { name: 'Ma semaine', query, shared: false }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const call = (who: typeof ana, method: Method, path = '', payload?: object) =>
  tested.app.inject({ method, url: `/api/v1/saved-views${path}`, payload, headers: who.headers })
const keep = async (who: typeof ana, over: object = {}): Promise<string> =>
  (await call(who, 'POST', '', { ...view, ...over })).json().id
const names = async (who: typeof ana): Promise<string[]> =>
  (await call(who, 'GET')).json().items.map(({ name }: { name: string }) => name)

test('a view is kept as it was set, and read back by its owner', async () => {
  const kept = await call(ana, 'POST', '', view)
  expect(kept.statusCode).toBe(201)
  expect(kept.json()).toMatchObject({ ...view, mine: true, version: 1 })
  expect((await call(ana, 'GET')).json().items).toEqual([kept.json()])
})

test('one’s own come first; of the others’ only what they share, and of no other CPTS', async () => {
  await keep(bea, { name: 'À tous', shared: true })
  await keep(bea, { name: 'À moi seule' })
  await keep(ana, { name: 'Zone est' })
  const stranger = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  await keep(stranger, { name: 'Ailleurs', shared: true })
  expect(await names(ana)).toEqual(['Zone est', 'À tous'])
  expect((await call(ana, 'GET')).json().items[1]).toMatchObject({
    mine: false,
    ownerName: expect.stringMatching(/\S/),
  })
})

test('it is renamed and shared under the version read', async () => {
  const id = await keep(ana)
  const changed = await call(ana, 'PUT', `/${id}`, { ...view, name: 'Autre', shared: true, version: 1 })
  expect(changed.json()).toMatchObject({ name: 'Autre', shared: true, version: 2 })
  const stale = await call(ana, 'PUT', `/${id}`, { ...view, version: 1 })
  expect([stale.statusCode, stale.json().code]).toEqual([409, 'version-stale'])
  expect(await names(bea)).toEqual(['Autre'])
})

test('two views of one person never bear the same name', async () => {
  await keep(ana)
  const other = await keep(ana, { name: 'Autre' })
  expect((await call(ana, 'POST', '', view)).json().code).toBe('already-exists')
  expect((await call(ana, 'PUT', `/${other}`, { ...view, version: 1 })).json().code).toBe('already-exists')
  expect((await call(bea, 'POST', '', view)).statusCode).toBe(201)
})

test('somebody else’s is not changed: shared it is refused, private it is not there', async () => {
  const shared = await keep(ana, { shared: true })
  const own = await keep(ana, { name: 'Privée' })
  for (const [method, payload] of [
    ['PUT', { ...view, version: 1 }],
    ['DELETE', undefined],
  ] as const) {
    expect((await call(bea, method, `/${shared}`, payload)).json().code).toBe('role-may-not')
    expect((await call(bea, method, `/${own}`, payload)).json().code).toBe('not-found')
    const stranger = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await call(stranger, method, `/${shared}`, payload)).json().code).toBe('not-found')
  }
  expect(await names(ana)).toEqual(['Ma semaine', 'Privée'])
})

test('dropped, it is gone', async () => {
  const id = await keep(ana)
  expect((await call(ana, 'DELETE', `/${id}`)).statusCode).toBe(204)
  expect((await call(ana, 'DELETE', `/${id}`)).statusCode).toBe(404)
  expect((await call(ana, 'DELETE', `/${newRowId()}`)).statusCode).toBe(404)
})

test('it asks only for what the queue can read, and holds nothing typed', async () => {
  for (const wrong of [{ q: 'Dupont' }, { status: ['nonsense'] }, { owner: 'nobody' }, { columns: ['birthDate'] }]) {
    expect((await call(ana, 'POST', '', { ...view, query: { ...query, ...wrong } })).statusCode).toBe(422)
  }
  expect((await call(ana, 'POST', '', { ...view, name: '  ' })).statusCode).toBe(422)
})

test('nobody but a coordinator has views', async () => {
  for (const role of ['practitioner', 'requester', 'hospital_staff', 'administrator'] as const) {
    expect((await call(await someoneWho(tested, { cptsId, role }), 'GET')).json().code).toBe('role-may-not')
  }
})

test('two views given one name at once: one bears it, the other is refused', async () => {
  for (const turn of [1, 2, 3, 4, 5]) {
    const ids = await Promise.all([keep(ana, { name: `Un ${turn}` }), keep(ana, { name: `Deux ${turn}` })])
    const change = { ...view, name: `Le même ${turn}`, version: 1 }
    const answers = await Promise.all(ids.map((id) => call(ana, 'PUT', `/${id}`, change)))
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  }
})
