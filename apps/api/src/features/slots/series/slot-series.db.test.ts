import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { PractitionerSlots, Slot } from '@maillage/contracts/slots/slots'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, signedIn, someoneWho } from '../../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../../test/builders/an-unscheduled-care.ts'
import { caseKindsOf } from '../../../case-kinds.ts'
import { extendSeries } from '../extend-series.ts'

type Headers = { authorization: string }

/** 20 times in an ordinary run, 200 in the continuous integration's. */
const times = Number(process.env.REPEAT ?? 20)
// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
let now = monday
let tested: TestApp
let cptsId: CptsId
let doctorId: PractitionerId
let doctorAccount: AccountId
let doctor: Headers
let ana: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

beforeEach(async () => {
  now = monday
  cptsId = await aCpts(tested)
  doctorId = await aPractitioner(tested, cptsId)
  const himself = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })
  doctor = himself.headers
  doctorAccount = himself.accountId
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

const url = (rest: string) => `/api/v1/practitioners/${doctorId}${rest}`
const send = (method: 'POST' | 'PUT', path: string, payload: object, headers = doctor) =>
  tested.app.inject({ method, url: path, headers, payload })
const read = async (from = '2026-06-08', days = 14): Promise<PractitionerSlots> =>
  (await tested.app.inject({ url: url(`/slots?from=${from}&days=${days}`), headers: doctor })).json()
const standing = (items: readonly Slot[]) => items.map(({ startsAt, state }) => `${startsAt.slice(5, 16)} ${state}`)

const common = {
  time: '14:00',
  durationMinutes: 20,
  count: 2,
  capacity: 1,
  mode: 'practice',
  visibility: ['SNP', 'CPTS'],
}
const rule = { days: ['tue'], everyWeeks: 1, excluded: [], onClosedDays: false, ...common }
const publish = async (over: object = {}): Promise<{ id: string; version: number; made: number }> => {
  const { series, made } = (await send('POST', url('/slot-series'), { ...rule, from: '2026-06-08', ...over })).json()
  return { ...series, made }
}
const change = (series: { id: string; version: number }, over: object = {}, headers = doctor) =>
  send('PUT', url(`/slot-series/${series.id}`), { ...rule, version: series.version, ...over }, headers)
const stop = (series: { id: string; version: number }, how: 'end' | 'withdrawal', headers = doctor) =>
  send('POST', url(`/slot-series/${series.id}/${how}`), { version: series.version }, headers)

const request = () =>
  anUnscheduledCare(tested, cptsId, {
    status: 'triaged',
    care: { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' },
  })
const care = (id: string, rest: string) => `/api/v1/unscheduled-cares/${id}${rest}`
const hold = (row: { id: string }, slot: Slot) => send('PUT', care(row.id, '/slot-hold'), { slotId: slot.id }, ana)
const book = (row: { id: string; version: number }, slot: Slot) =>
  send(
    'POST',
    care(row.id, '/moves'),
    { action: 'book', version: row.version, practitionerId: doctorId, appointmentAt: slot.startsAt, slotId: slot.id },
    ana,
  )
const freeFor = async (row: { id: string }): Promise<string[]> => {
  const answer = await tested.app.inject({ url: care(row.id, '/free-slots'), headers: ana })
  return answer.json().items.map(({ startsAt }: Slot) => startsAt)
}
async function firstTwo(): Promise<[Slot, Slot]> {
  const [one, two] = (await read()).items
  if (!one || !two) throw new Error('Two slots were published')
  return [one, two]
}

describe('taking a publication back', () => {
  test('leaves nothing of it, and the same hours can be published again', async () => {
    const series = await publish()
    expect((await stop({ ...series, version: 5 }, 'withdrawal')).json().code).toBe('version-stale')
    expect((await stop(series, 'withdrawal')).json()).toEqual({ closed: series.made })
    expect(await read()).toMatchObject({ items: [], series: [] })
    expect((await stop({ ...series, version: 2 }, 'withdrawal')).statusCode).toBe(404)
    expect((await publish()).made).toBe(series.made)
    expect((await read()).items).toHaveLength(4)
  })

  test('is refused whole once somebody was placed in it, and says where', async () => {
    const series = await publish()
    const [one, two] = await firstTwo()
    await book(await request(), one)
    await hold(await request(), two)
    const refused = await stop(series, 'withdrawal')
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'slot-taken'])
    expect(refused.json().errors).toEqual([
      { pointer: `/slots/${one.id}`, code: 'booked', detail: '2026-06-09T12:00:00.000Z' },
      { pointer: `/slots/${two.id}`, code: 'held', detail: '2026-06-09T12:20:00.000Z' },
    ])
    expect(standing((await read()).items)).toEqual([
      '06-09T12:00 booked',
      '06-09T12:20 held',
      '06-16T12:00 free',
      '06-16T12:20 free',
    ])
  })

  test('or a booking comes first: one of them is told', { timeout: 30_000 + times * 1500 }, async () => {
    for (let n = 0; n < times; n++) {
      const series = await publish({ time: '15:00', count: 1, until: '2026-06-09' })
      const [slot] = (await read('2026-06-09', 1)).items.filter(({ state }) => state === 'free')
      if (!slot) throw new Error('A slot was published')
      const row = await request()
      const [booked, taken] = await Promise.all([book(row, slot), stop(series, 'withdrawal')])
      expect([booked.statusCode, taken.statusCode].sort()).toEqual([200, 409])
      if (booked.statusCode !== 200) continue
      const { version } = booked.json()
      const undo = { action: 'unbook', version, reason: 'patient_unavailable' }
      await send('POST', care(row.id, '/moves'), undo, ana)
      await stop(series, 'end')
    }
  })
})

describe('changing a series', () => {
  test('moves its free slots to the new hours, length and readers, now and each night', async () => {
    const series = await publish()
    const done = await change(series, { days: ['tue', 'wed'], time: '15:00', durationMinutes: 30, visibility: ['PRO'] })
    expect(done.json()).toMatchObject({ kept: [], series: { id: series.id, time: '15:00', version: 2 } })
    const { items } = await read('2026-06-08', 7)
    expect(standing(items)).toEqual(['06-09T13:00 free', '06-09T13:30 free', '06-10T13:00 free', '06-10T13:30 free'])
    expect(items[0]).toMatchObject({ endsAt: '2026-06-09T13:30:00Z', visibility: ['PRO'], seriesId: series.id })
    now = new Date('2026-06-15T22:00:00Z')
    doctor = await signedIn(tested, doctorAccount)
    expect((await extendSeries({ ...tested.deps, kinds: caseKindsOf() }, cptsId)).changed).toBe(6)
    expect(standing((await read('2026-08-10', 7)).items).slice(0, 1)).toEqual(['08-11T13:00 free'])
  })

  test('there and back again is what it was', async () => {
    const series = await publish()
    const before = standing((await read()).items)
    const moved = (await change(series, { time: '14:10' })).json()
    expect(standing((await read()).items)).not.toEqual(before)
    expect((await change(moved.series, {})).json().open).toBe(series.made)
    expect(standing((await read()).items)).toEqual(before)
  })

  test('keeps whoever stands there at their hour, tells it, and offers that hour to nobody after', async () => {
    const series = await publish()
    const [one, two] = await firstTwo()
    const patient = await request()
    const booked = (await book(patient, one)).json()
    const holding = await request()
    await hold(holding, two)
    const done = (await change(series, { time: '14:10' })).json()
    expect(done.kept).toEqual([
      { id: one.id, startsAt: '2026-06-09T12:00:00.000Z', endsAt: '2026-06-09T12:20:00.000Z', state: 'booked' },
      { id: two.id, startsAt: '2026-06-09T12:20:00.000Z', endsAt: '2026-06-09T12:40:00.000Z', state: 'held' },
    ])
    expect(standing((await read('2026-06-08', 7)).items)).toEqual(['06-09T12:00 booked', '06-09T12:20 held'])
    // Whoever had it held may still book it.
    expect((await book(holding, two)).statusCode).toBe(200)
    const undo = { action: 'unbook', version: booked.version, reason: 'patient_unavailable' }
    await send('POST', care(patient.id, '/moves'), undo, ana)
    const other = await request()
    expect(await freeFor(other)).not.toContain('2026-06-09T12:00:00.000Z')
    expect((await book(other, one)).json().code).toBe('slot-taken')
    // The practitioner may offer it again by hand.
    const [freed] = (await read('2026-06-09', 1)).items
    expect(freed).toMatchObject({ id: one.id, state: 'closed' })
    const reopened = { closed: false, slots: [{ id: one.id, version: freed?.version }] }
    expect((await send('POST', url('/slots/closing'), reopened)).statusCode).toBe(204)
    expect((await book(other, one)).statusCode).toBe(200)
  })

  test('shows a visit that still fits to whom it now says, and leaves out what overlaps', async () => {
    const series = await publish()
    await send('POST', url('/slots'), { ...common, day: '2026-06-16', time: '15:00', count: 1 })
    const [one] = await firstTwo()
    await book(await request(), one)
    const done = (await change(series, { visibility: ['PUBLIC'], count: 4 })).json()
    expect(done.kept).toEqual([])
    const { items } = await read()
    expect(items.find(({ id }) => id === one.id)).toMatchObject({ state: 'booked', visibility: ['PUBLIC'] })
    expect(standing(items.filter(({ startsAt }) => startsAt > '2026-06-16'))).toEqual([
      '06-16T12:00 free',
      '06-16T12:20 free',
      '06-16T12:40 free',
      '06-16T13:00 free',
    ])
  })

  test('leaves closed what the practitioner closed', async () => {
    const series = await publish()
    const { items } = await read('2026-06-09', 1)
    const slots = items.map(({ id, version }) => ({ id, version }))
    await send('POST', url('/slots/closing'), { closed: true, slots })
    await change(series, { time: '16:00' })
    expect(standing((await read()).items).filter((one) => one.endsWith('free'))).toEqual([
      '06-16T14:00 free',
      '06-16T14:20 free',
    ])
  })

  test('ends it earlier or later', async () => {
    const series = await publish()
    const shorter = (await change(series, { until: '2026-06-12' })).json()
    expect(standing((await read()).items)).toEqual(['06-09T12:00 free', '06-09T12:20 free'])
    expect((await change(shorter.series, { until: '2026-06-19' })).json().open).toBe(4)
  })

  test('is refused under a stale version, to others, and where it makes no sense', async () => {
    const series = await publish()
    expect((await change({ ...series, version: 9 })).json().code).toBe('version-stale')
    expect((await change(series, { until: '2026-06-01' })).json().errors).toEqual([
      { pointer: '/until', code: 'before-start' },
    ])
    expect((await change(series, { time: '23:30', durationMinutes: 60 })).json().errors).toEqual([
      { pointer: '/count', code: 'past-midnight' },
    ])
    const other = await aPractitioner(tested, cptsId)
    const colleague = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: other })).headers
    const stranger = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
    for (const [headers, status] of [
      [colleague, 403],
      [stranger, 404],
    ] as const) {
      expect((await change(series, {}, headers)).statusCode).toBe(status)
      expect((await stop(series, 'withdrawal', headers)).statusCode).toBe(status)
    }
    expect((await change(series, {}, ana)).statusCode).toBe(200)
  })
})

test('a series that ended keeps its visits, and gives their hours to nobody after', async () => {
  const series = await publish()
  const [one] = await firstTwo()
  const patient = await request()
  const booked = (await book(patient, one)).json()
  expect((await stop(series, 'end')).json()).toEqual({ closed: series.made - 1, kept: 1 })
  expect(standing((await read()).items)).toEqual(['06-09T12:00 booked'])
  await send('POST', care(patient.id, '/moves'), { action: 'unbook', version: booked.version, reason: 'other' }, ana)
  expect(await freeFor(patient)).toEqual([])
  expect((await read()).items).toEqual([])
  // Published anew, its hour is there again.
  expect((await publish()).made).toBe(series.made)
})
