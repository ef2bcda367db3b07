import type { CptsId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { aSlot } from '../../../test/builders/some-slots.ts'

type Headers = { authorization: string }

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
let tested: TestApp
let cptsId: CptsId
let admin: Headers
let ana: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

const read = async (headers = admin) =>
  new Map<string, { value: number; isSet: boolean; version: number }>(
    (await tested.app.inject({ url: '/api/v1/settings', headers }))
      .json()
      .items.map((one: { name: string }) => [one.name, one]),
  )
const put = (name: string, value: number | null, version: number, headers = admin) =>
  tested.app.inject({ method: 'PUT', url: `/api/v1/settings/${name}`, headers, payload: { value, version } })

test('a setting is the product’s until it is set, and again once it is given back', async () => {
  expect((await read()).get('slot-hold-minutes')).toMatchObject({ value: 15, isSet: false, version: 0 })
  expect((await put('slot-hold-minutes', 20, 0)).json()).toMatchObject({ value: 20, isSet: true, version: 1 })
  expect((await read(ana)).get('slot-hold-minutes')).toMatchObject({ value: 20, isSet: true })
  expect((await put('slot-hold-minutes', null, 1)).json()).toMatchObject({ value: 15, isSet: false, version: 2 })
  const journal = await tested.app.inject({ url: '/api/v1/audit-entries', headers: admin })
  expect(journal.json().items[0]).toMatchObject({ action: 'setting.change slot-hold-minutes' })
})

test('it keeps to its bounds, its version, its role and its CPTS', async () => {
  for (const value of [4, 61])
    expect((await put('slot-hold-minutes', value, 0)).json().errors).toEqual([
      { pointer: '/value', code: 'out-of-bounds' },
    ])
  expect((await put('slot-hold-minutes', 20, 3)).json().code).toBe('version-stale')
  const twice = await Promise.all([20, 25].map((value) => put('slot-hold-minutes', value, 0)))
  expect(twice.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect((await put('slot-hold-minutes', 30, 1, ana)).statusCode).toBe(403)
  expect((await put('nothing-known', 30, 0)).statusCode).toBe(404)
  const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
  expect((await read(elsewhere.headers)).get('slot-hold-minutes')?.value).toBe(15)
})

test('what is set of slots is what they do', async () => {
  const doctorId = await aPractitioner(tested, cptsId)
  await put('slot-hold-minutes', 30, 0)
  await put('slot-week-cap', 7, 0)
  await put('slot-horizon-days', 14, 0)
  const care = { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' } as const
  const row = await anUnscheduledCare(tested, cptsId, { status: 'triaged', care })
  const slot = await aSlot(tested, cptsId, doctorId, new Date(monday.getTime() + 7_200_000))
  const url = `/api/v1/unscheduled-cares/${row.id}`
  const free = (await tested.app.inject({ url: `${url}/free-slots`, headers: ana })).json()
  expect(free.items[0].reasons).toContainEqual({ code: 'week-cap', value: 0, of: 7 })
  const hold = { method: 'PUT', url: `${url}/slot-hold`, headers: ana, payload: { slotId: slot.id } } as const
  expect((await tested.app.inject(hold)).json().hold.heldUntil).toBe('2026-06-08T08:30:00.000Z')
  const series = {
    days: ['tue'],
    everyWeeks: 1,
    from: '2026-06-08',
    excluded: [],
    onClosedDays: false,
    time: '14:00',
    durationMinutes: 20,
    count: 1,
    capacity: 1,
    mode: 'practice',
    visibility: ['SNP'],
  }
  const path = `/api/v1/practitioners/${doctorId}/slot-series`
  const published = await tested.app.inject({ method: 'POST', url: path, headers: ana, payload: series })
  expect(published.json().made).toBe(2)
})
