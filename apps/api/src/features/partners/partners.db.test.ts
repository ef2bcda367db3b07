import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Partner } from '@maillage/contracts/partners/partners'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aUnit, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { askPartners } from './ask-partners.ts'
import { tellAgreements } from './tell-agreements.ts'

let tested: TestApp
let cptsId: CptsId
const start = new Date('2026-03-02T09:00:00Z')
let now = start
type Headers = { authorization: string }
let coordinator: Awaited<ReturnType<typeof someoneWho>>
let administrator: Awaited<ReturnType<typeof someoneWho>>
let nurse: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  administrator = await someoneWho(tested, { cptsId, role: 'administrator' })
  nurse = (await someoneWho(tested, { cptsId, role: 'practitioner' })).headers
})
afterAll(() => tested.close())
beforeEach(() => {
  now = start
})

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const contact = { function: 'Cadre de santé', phone: '+33467440102', hours: '9 h à 16 h', unit: 'Gériatrie' }
const card = (name: string) => ({ name, kind: 'clinic', municipality: '33063', contacts: [contact], units: [] })
const enter = async (name: string, headers = coordinator.headers): Promise<Partner> =>
  (await call(headers, 'POST', '/partners', card(name))).json()
const terms = { scope: 'Sorties et retours', signedOn: '2025-04-10', startsOn: '2025-05-01', endsOn: '2026-04-30' }
const agree = async (partner: Partner, over: object = {}): Promise<Partner> =>
  (await call(coordinator.headers, 'POST', `/partners/${partner.id}/agreements`, { ...terms, ...over })).json()
const names = async (query: string, headers = coordinator.headers): Promise<string[]> =>
  (await call(headers, 'GET', `/partners?${query}`)).json().items.map(({ name }: Partner) => name)

test('a partner is entered, found without its accents, corrected and confirmed', async () => {
  const entered = await enter('Clinique de l’Étang 🌊')
  expect(entered).toMatchObject({ municipality: { name: 'Bordeaux' }, contacts: [contact], version: 1, isStale: false })
  expect(await names('q=etang')).toEqual(['Clinique de l’Étang 🌊'])
  expect(await names('q=tang')).toEqual([])
  expect(await names('kind=ccas&q=etang')).toEqual([])
  const units = [{ name: 'Médecine', phone: '+33467440111' }]
  const changed = await call(administrator.headers, 'PUT', `/partners/${entered.id}`, {
    ...card('Clinique de l’Étang'),
    units,
    version: 1,
  })
  expect(changed.json()).toMatchObject({ name: 'Clinique de l’Étang', version: 2, units: [{ name: 'Médecine' }] })
  const stale = await call(coordinator.headers, 'PUT', `/partners/${entered.id}`, { ...card('Autre'), version: 1 })
  expect(stale.json().code).toBe('version-stale')
  now = new Date('2026-10-02T09:00:00Z')
  const later = await signedIn(tested, coordinator.accountId)
  expect((await call(later, 'GET', `/partners/${entered.id}`)).json().isStale).toBe(true)
  const confirmed = await call(later, 'POST', `/partners/${entered.id}/confirmation`, { version: 2 })
  expect(confirmed.json()).toMatchObject({ isStale: false, version: 3 })
})

test('the wards that discharges name are those of the card; one of another hospital is not', async () => {
  const { organizationId, unitId } = await aUnit(tested, cptsId, 'Chirurgie')
  const hospital = (await call(coordinator.headers, 'GET', `/partners/${organizationId}`)).json()
  expect(hospital.units).toEqual([{ id: unitId, name: 'Chirurgie', phone: null }])
  const other = await enter('Clinique sans ce service')
  const body = { ...card('Clinique sans ce service'), units: [{ id: unitId, name: 'Pris' }], version: 1 }
  const refused = await call(coordinator.headers, 'PUT', `/partners/${other.id}`, body)
  expect(refused.json().errors).toEqual([expect.objectContaining({ pointer: '/units/0/id' })])
  const unknown = { ...card('X'), municipality: '99999', version: 1 }
  expect((await call(coordinator.headers, 'PUT', `/partners/${other.id}`, unknown)).statusCode).toBe(422)
})

test('everybody reads who to call; agreements are the coordination’s and the administration’s', async () => {
  const partner = await agree(await enter('CCAS des Essais'))
  expect(partner.agreements).toHaveLength(1)
  const read = (await call(nurse, 'GET', `/partners/${partner.id}`)).json()
  expect([read.contacts, read.agreements]).toEqual([[contact], null])
  expect(await names('agreement=to-renew', nurse)).toEqual([])
  for (const [method, path, body] of [
    ['POST', '/partners', card('Non')],
    ['PUT', `/partners/${partner.id}`, { ...card('Non'), version: 1 }],
    ['POST', `/partners/${partner.id}/agreements`, terms],
    ['GET', '/agreement-alerts', undefined],
  ] as const)
    expect((await call(nurse, method, path, body)).json().code).toBe('role-may-not')
  const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect((await call(elsewhere.headers, 'GET', `/partners/${partner.id}`)).statusCode).toBe(404)
  const id = partner.agreements?.[0]?.id
  const end = { endedOn: '2026-03-01', version: 1 }
  expect((await call(elsewhere.headers, 'POST', `/agreements/${id}/end`, end)).statusCode).toBe(404)
})

test('an agreement is renewed once: both stay, and the former one asks for nothing more', async () => {
  const partner = await agree(await enter('EHPAD du Renouveau'))
  const former = partner.agreements?.[0]
  expect(former?.status).toBe('to-renew')
  const renewal = { ...terms, startsOn: '2026-05-01', endsOn: '2027-04-30', signedOn: '2026-03-01', version: 1 }
  const answers = await Promise.all(
    [1, 2].map(() => call(coordinator.headers, 'POST', `/agreements/${former?.id}/renewal`, renewal)),
  )
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  const { agreements } = (await call(coordinator.headers, 'GET', `/partners/${partner.id}`)).json() as Partner
  expect(agreements?.map(({ status }) => status)).toEqual(['to-come', 'renewed'])
  expect(agreements?.[1]?.renewedBy).toBe(agreements?.[0]?.id)
  const backwards = { ...terms, startsOn: '2027-05-01', endsOn: '2027-04-30', version: 1 }
  const refused = await call(coordinator.headers, 'PUT', `/agreements/${agreements?.[0]?.id}`, backwards)
  expect(refused.json().errors).toEqual([expect.objectContaining({ pointer: '/endsOn' })])
})

test('a renewal that nobody signed silences no alert', async () => {
  const partner = await agree(await enter('EHPAD sans Signature'))
  const former = partner.agreements?.[0]
  const renewal = { ...terms, signedOn: undefined, startsOn: '2026-05-01', endsOn: '2027-04-30', version: 1 }
  expect((await call(coordinator.headers, 'POST', `/agreements/${former?.id}/renewal`, renewal)).statusCode).toBe(200)
  const read = async () =>
    ((await call(coordinator.headers, 'GET', `/partners/${partner.id}`)).json() as Partner).agreements ?? []
  expect((await read()).map(({ status }) => status)).toEqual(['unsigned', 'to-renew'])
  expect(await names('agreement=to-renew')).toContain('EHPAD sans Signature')
  const [next] = await read()
  const signed = { ...renewal, signedOn: '2026-03-02', version: next?.version }
  expect((await call(coordinator.headers, 'PUT', `/agreements/${next?.id}`, signed)).statusCode).toBe(200)
  expect((await read()).map(({ status }) => status)).toEqual(['to-come', 'renewed'])
  expect(await names('agreement=to-renew')).not.toContain('EHPAD sans Signature')
})

test('an alert is told once to each who keeps agreements, then at the next term', async () => {
  const ownCpts = await aCpts(tested)
  const keeper = await someoneWho(tested, { cptsId: ownCpts, role: 'coordinator' })
  await someoneWho(tested, { cptsId: ownCpts, role: 'practitioner' })
  const partner = (await call(keeper.headers, 'POST', '/partners', card('DAC des Essais'))).json()
  await call(keeper.headers, 'POST', `/partners/${partner.id}/agreements`, { ...terms, endsOn: '2026-05-31' })
  const told = async () => {
    await tellAgreements({ ...tested.deps, kinds: caseKindsOf() }, ownCpts)
    return await prepare(tested, (tx) =>
      tx
        .select({ accountId: notices.accountId, values: notices.values })
        .from(notices)
        .where(and(eq(notices.cptsId, ownCpts), eq(notices.kind, 'agreements-to-renew'))),
    )
  }
  now = new Date('2026-03-01T09:00:00Z')
  expect(await told()).toEqual([])
  now = new Date('2026-03-02T09:00:00Z')
  expect(await told()).toEqual([{ accountId: keeper.accountId, values: { nombre: 1 } }])
  expect(await told()).toHaveLength(1)
  now = new Date('2026-05-01T09:00:00Z')
  expect(await told()).toHaveLength(2)
  const alerts = async () =>
    (await call(await signedIn(tested, keeper.accountId), 'GET', '/agreement-alerts')).json().items
  expect(await alerts()).toMatchObject([{ partner: 'DAC des Essais', status: 'to-renew', endsOn: '2026-05-31' }])
  now = new Date('2026-06-01T09:00:00Z')
  expect(await alerts()).toMatchObject([{ status: 'lapsed' }])
})

test('partners are read by pages, and by what their agreements ask', async () => {
  const ownCpts = await aCpts(tested)
  const { headers } = await someoneWho(tested, { cptsId: ownCpts, role: 'coordinator' })
  for (const name of ['Été', 'Éclat', 'Aube', 'zénith']) await call(headers, 'POST', '/partners', card(name))
  const first = (await call(headers, 'GET', '/partners?limit=2')).json()
  const second = (await call(headers, 'GET', `/partners?limit=2&cursor=${first.next}`)).json()
  expect([...first.items, ...second.items].map(({ name }: Partner) => name)).toEqual(['Aube', 'Éclat', 'Été', 'zénith'])
  expect(second.next).toBeNull()
  await call(headers, 'POST', `/partners/${first.items[0].id}/agreements`, terms)
  expect(await names('agreement=to-renew', headers)).toEqual(['Aube'])
  expect(await names('agreement=none', headers)).toEqual(['Éclat', 'Été', 'zénith'])
})

test('cards that age are asked about twice a year, in one message a week to each who keeps them', async () => {
  const ownCpts = await aCpts(tested)
  now = new Date('2026-03-02T09:00:00Z')
  const keeper = await someoneWho(tested, { cptsId: ownCpts, role: 'coordinator' })
  await someoneWho(tested, { cptsId: ownCpts, role: 'practitioner' })
  for (const name of ['CCAS des Essais', 'EHPAD des Essais'])
    await call(keeper.headers, 'POST', '/partners', card(name))
  const told = async (at: string) => {
    now = new Date(at)
    await askPartners({ ...tested.deps, kinds: caseKindsOf() }, ownCpts)
    return await prepare(tested, (tx) =>
      tx
        .select({ accountId: notices.accountId, values: notices.values })
        .from(notices)
        .where(and(eq(notices.cptsId, ownCpts), eq(notices.kind, 'partners-to-confirm'))),
    )
  }
  expect(await told('2026-03-09T09:00:00Z')).toEqual([])
  expect(await told('2026-08-27T09:00:00Z')).toEqual([])
  // Half a year and a few days: the Monday after, whichever day of that week the work runs.
  expect(await told('2026-09-02T09:00:00Z')).toEqual([{ accountId: keeper.accountId, values: { nombre: 2 } }])
  expect(await told('2026-09-04T09:00:00Z')).toHaveLength(1)
  expect(await told('2026-09-07T09:00:00Z')).toHaveLength(1)
  expect(await told('2027-02-25T09:00:00Z')).toHaveLength(1)
  expect(await told('2027-03-04T09:00:00Z')).toHaveLength(2)
})
