import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { newId, SlotId } from '@maillage/contracts/kit/ids'
import type { PractitionerSlots, Slot } from '@maillage/contracts/slots/slots'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { closedDays } from '../../kernel/tables/cpts.table.ts'
import { extendSeries } from './extend-series.ts'

type Headers = { authorization: string }

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
let now = monday
let tested: TestApp
let cptsId: CptsId
let doctorId: PractitionerId
let doctor: Headers
let ana: Headers
let accountIds: AccountId[]

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

beforeEach(async () => {
  now = monday
  cptsId = await aCpts(tested)
  doctorId = await aPractitioner(tested, cptsId)
  const himself = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })
  const coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  accountIds = [himself.accountId, coordinator.accountId]
  doctor = himself.headers
  ana = coordinator.headers
})

/** The clock goes on; sessions of before are over by then. */
async function at(instant: string): Promise<void> {
  now = new Date(instant)
  const [himself, coordinator] = accountIds
  if (!himself || !coordinator) throw new Error('Nobody can sign in')
  doctor = await signedIn(tested, himself)
  ana = await signedIn(tested, coordinator)
}

const url = (rest: string, id: string = doctorId) => `/api/v1/practitioners/${id}${rest}`
const post = (headers: Headers, path: string, payload?: object) =>
  tested.app.inject({ method: 'POST', url: path, headers, payload })
const read = async (from: string, days = 7): Promise<PractitionerSlots> =>
  (await tested.app.inject({ url: url(`/slots?from=${from}&days=${days}`), headers: doctor })).json()
const starts = ({ items }: { items: readonly Pick<Slot, 'startsAt'>[] }) => items.map(({ startsAt }) => startsAt)

const common = {
  time: '14:00',
  durationMinutes: 20,
  count: 2,
  capacity: 1,
  mode: 'practice',
  visibility: ['SNP', 'CPTS'],
}
const daily = (over: object = {}) => ({ day: '2026-06-09', ...common, ...over })
const weekly = (over: object = {}) => ({
  days: ['tue', 'thu'],
  everyWeeks: 1,
  from: '2026-06-08',
  excluded: [],
  onClosedDays: false,
  ...common,
  count: 1,
  ...over,
})

describe('a day’s slots', () => {
  test('are published one after the other, and read back free', async () => {
    const done = await post(doctor, url('/slots'), daily())
    expect([done.statusCode, done.json().ids.length]).toEqual([201, 2])
    const { items } = await read('2026-06-08')
    expect(items).toMatchObject([
      { startsAt: '2026-06-09T12:00:00Z', endsAt: '2026-06-09T12:20:00Z', state: 'free', seriesId: null, version: 1 },
      { startsAt: '2026-06-09T12:20:00Z', state: 'free', visibility: ['SNP', 'CPTS'] },
    ])
  })

  test('never overlap: what stands is left, and nothing at all is a refusal', async () => {
    await post(doctor, url('/slots'), daily())
    expect((await post(doctor, url('/slots'), daily({ time: '14:10', count: 3 }))).json().ids).toHaveLength(1)
    expect((await post(doctor, url('/slots'), daily())).json().code).toBe('already-exists')
    const twice = await Promise.all([1, 2].map(() => post(doctor, url('/slots'), daily({ day: '2026-06-10' }))))
    expect(twice.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
  })

  test.each([
    ['a day that is over', { day: '2026-06-07' }, '/day', 'past'],
    ['an hour that is over', { day: '2026-06-08', time: '08:00', count: 1 }, '/time', 'past'],
    ['a year away', { day: '2027-12-01' }, '/day', 'too-far'],
    ['past midnight', { time: '23:30', durationMinutes: 60 }, '/count', 'past-midnight'],
  ])('are refused for %s', async (_case, over, pointer, code) => {
    expect((await post(doctor, url('/slots'), daily(over))).json().errors).toEqual([{ pointer, code }])
  })

  test('are the practitioner’s own, or the coordination’s to write down', async () => {
    const other = await aPractitioner(tested, cptsId)
    const colleague = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: other })).headers
    expect((await post(colleague, url('/slots'), daily())).json().code).toBe('role-may-not')
    expect((await post(ana, url('/slots'), daily())).statusCode).toBe(201)
    const stranger = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
    expect((await post(stranger, url('/slots'), daily())).statusCode).toBe(404)
    const requester = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
    expect((await post(requester, url('/slots'), daily())).statusCode).toBe(403)
  })
})

describe('a series', () => {
  test('is written eight weeks ahead, without holidays nor its exceptions', async () => {
    const done = await post(doctor, url('/slot-series'), weekly({ excluded: ['2026-06-11'] }))
    expect([done.statusCode, done.json().made]).toEqual([201, 14])
    expect(starts(await read('2026-06-08', 14))).toEqual([
      '2026-06-09T12:00:00Z',
      '2026-06-16T12:00:00Z',
      '2026-06-18T12:00:00Z',
    ])
    // 14 July is a Tuesday that year.
    expect(starts(await read('2026-07-13'))).toEqual(['2026-07-16T12:00:00Z'])
    const { series } = await read('2026-06-08')
    expect(series).toMatchObject([{ time: '14:00', count: 1, excluded: ['2026-06-11'], until: null }])
  })

  test('goes on each night, once, and keeps its hour over the change of clocks', async () => {
    await post(doctor, url('/slot-series'), weekly({ days: ['mon'] }))
    await at('2026-09-14T22:00:00Z')
    const deps = { ...tested.deps, kinds: caseKindsOf() }
    const first = await extendSeries(deps, cptsId)
    expect(first.changed).toBeGreaterThan(5)
    expect((await extendSeries(deps, cptsId)).changed).toBe(0)
    expect(starts(await read('2026-10-19', 14))).toEqual(['2026-10-19T12:00:00Z', '2026-10-26T13:00:00Z'])
  })

  test('closes by night what falls on a day that the CPTS closed since', async () => {
    await post(doctor, url('/slot-series'), weekly())
    const day = { cptsId, day: '2026-06-16', label: 'Congrès' } as typeof closedDays.$inferInsert
    await prepare(tested, (tx) => tx.insert(closedDays).values(day))
    expect((await extendSeries({ ...tested.deps, kinds: caseKindsOf() }, cptsId)).changed).toBe(1)
    const { items } = await read('2026-06-15')
    expect(items.map(({ state }) => state)).toEqual(['closed', 'free'])
  })

  test('ends once: what is to come closes, and it is no longer listed', async () => {
    const { series } = (await post(doctor, url('/slot-series'), weekly())).json()
    const end = (version: number) => post(doctor, url(`/slot-series/${series.id}/end`), { version })
    expect((await end(7)).json().code).toBe('version-stale')
    expect((await end(1)).json()).toEqual({ closed: 15, kept: 0 })
    expect((await end(2)).statusCode).toBe(404)
    expect(await read('2026-06-08')).toMatchObject({ items: [], series: [] })
  })
})

describe('closing', () => {
  test('one slot or a day is closed and opened again, under the version read', async () => {
    await post(doctor, url('/slot-series'), weekly({ count: 2 }))
    const [one, other] = (await read('2026-06-09', 1)).items
    if (!one || !other) throw new Error('Two slots were published')
    const close = (closed: boolean, ...slots: Pick<Slot, 'id' | 'version'>[]) =>
      post(doctor, url('/slots/closing'), { closed, slots: slots.map(({ id, version }) => ({ id, version })) })
    expect((await close(true, one, other)).statusCode).toBe(204)
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['closed', 'closed'])
    expect((await close(false, one)).json().code).toBe('version-stale')
    expect((await close(false, { ...one, version: 2 })).statusCode).toBe(204)
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['free', 'closed'])
    expect((await close(true, { ...one, version: 3 }, { id: newId(SlotId), version: 1 })).statusCode).toBe(404)
    // All or none.
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['free', 'closed'])
  })

  test('an absence takes free slots away, and its end brings them back', async () => {
    await post(doctor, url('/slots'), daily())
    const absence = (await post(doctor, url('/absences'), { from: '2026-06-09', until: '2026-06-09' })).json()
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['away', 'away'])
    await tested.app.inject({ method: 'DELETE', url: url(`/absences/${absence.id}`), headers: doctor })
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['free', 'free'])
  })

  test('a slot that nobody booked is lost once its hour has come', async () => {
    await post(doctor, url('/slots'), daily())
    await at('2026-06-09T12:10:00Z')
    expect((await read('2026-06-09', 1)).items.map(({ state }) => state)).toEqual(['lost', 'free'])
    const day = await tested.app.inject({ url: '/api/v1/slots', headers: ana })
    expect(day.json()).toMatchObject({ day: '2026-06-09', counts: { free: 1, held: 0, booked: 0, lost: 1 } })
  })
})

describe('a calendar', () => {
  const feed = (method: 'GET' | 'POST' | 'DELETE') =>
    tested.app.inject({ method, url: url('/calendar-feed'), headers: doctor })
  const follow = (address: string, headers: object = {}) =>
    tested.app.inject({ url: new URL(address).pathname, headers: { ...headers } })

  test('has one secret address, told once, renewed and stopped', async () => {
    expect((await feed('GET')).json()).toEqual({ since: null })
    const first = (await feed('POST')).json().url
    const answer = await follow(first)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(answer.body).toMatch(/^BEGIN:VCALENDAR\r\n/)
    const etag = String(answer.headers.etag)
    expect((await follow(first, { 'if-none-match': etag })).statusCode).toBe(304)
    const second = (await feed('POST')).json().url
    expect((await follow(first)).statusCode).toBe(404)
    expect((await follow(second)).statusCode).toBe(200)
    expect((await feed('DELETE')).json()).toEqual({ since: null })
    expect((await follow(second)).statusCode).toBe(404)
    expect((await follow(second.replace(/.{6}\.ics$/, 'AAAAAA.ics'))).statusCode).toBe(404)
  })
})
