import type { ChangeReminder } from '@maillage/contracts/coordination/reminders'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
// Monday 2 March 2026, ten in the morning in Paris.
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(async () => {
  await tested.close()
})
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const hours = (count: number): string => new Date(now.getTime() + count * 3_600_000).toISOString()
const list = async (query = '', headers = ana.headers) =>
  (await tested.app.inject({ url: `/api/v1/reminders${query}`, headers })).json()
const idsOf = (page: { items: { id: string }[] }): string[] => page.items.map(({ id }) => id)

async function set(
  over: { dueAt?: string; assigneeId?: string; caseId?: string; ownerId?: typeof ana.accountId } = {},
) {
  const { dueAt = hours(2), assigneeId, ownerId } = over
  const caseId = over.caseId ?? (await aGpSearch(tested, cptsId, ownerId ? { ownerId } : {})).id
  const payload = { dueAt, text: 'Rappeler la fille.', ...(assigneeId ? { assigneeId } : {}) }
  const url = `/api/v1/cases/${caseId}/reminders`
  const { id } = (await tested.app.inject({ method: 'POST', url, payload, headers: ana.headers })).json()
  return { id, caseId }
}

const wanted = (over: Partial<ChangeReminder> = {}): object => ({
  dueAt: hours(26),
  text: 'Rappeler la fille.',
  assigneeId: null,
  done: false,
  version: 1,
  ...over,
})
const change = (id: string, over: Partial<ChangeReminder> = {}, headers = ana.headers) =>
  tested.app.inject({ method: 'PUT', url: `/api/v1/reminders/${id}`, payload: wanted(over), headers })
const queued = async (caseId: string) =>
  (await tested.app.inject({ url: '/api/v1/worklist?limit=200', headers: ana.headers }))
    .json()
    .items.find(({ id }: { id: string }) => id === caseId)

test('the soonest comes first, page after page; today holds what is late too', async () => {
  const later = await set({ dueAt: hours(30) })
  const soon = await set({ dueAt: hours(1) })
  const week = await set({ dueAt: hours(24 * 5) })
  const first = await list('?limit=2')
  expect(idsOf(first)).toEqual([soon.id, later.id])
  expect(idsOf(await list(`?limit=2&cursor=${first.next}`))).toEqual([week.id])
  expect(idsOf(await list('?due=today'))).toEqual([soon.id])
  expect(idsOf(await list('?due=week'))).toEqual([soon.id, later.id, week.id])
})

test('mine are those given to me, and nobody’s on cases of mine or of nobody', async () => {
  const bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const own = await set({ dueAt: hours(1), assigneeId: ana.accountId, ownerId: bea.accountId })
  const onMine = await set({ dueAt: hours(2), ownerId: ana.accountId })
  const ofNobody = await set({ dueAt: hours(3) })
  const hers = await set({ dueAt: hours(4), ownerId: bea.accountId })
  expect(idsOf(await list())).toEqual([own.id, onMine.id, ofNobody.id])
  expect(idsOf(await list('', bea.headers))).toEqual([ofNobody.id, hers.id])
  expect(idsOf(await list(`?assignee=${bea.accountId}`))).toEqual([ofNobody.id, hers.id])
  expect(idsOf(await list('?assignee=all'))).toHaveLength(4)
})

test('reading them, with names and numbers, leaves a line in the trail', async () => {
  await set()
  await list()
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(sql`select actor_id from audit_entries where cpts_id = ${cptsId} and action = 'reminders.list'`),
  )
  expect(rows).toEqual([{ actor_id: ana.accountId }])
})

test('said to be made from its case, it is no longer the one that a colleague saw', async () => {
  const { id, caseId } = await set()
  const url = `/api/v1/cases/${caseId}/reminders/${id}/done`
  expect((await tested.app.inject({ method: 'POST', url, headers: ana.headers })).statusCode).toBe(200)
  expect((await change(id)).json().code).toBe('version-stale')
})

test('postponed, the case leaves its place in the queue and takes the next', async () => {
  const { id, caseId } = await set({ dueAt: hours(1) })
  expect(await queued(caseId)).toMatchObject({ dueCode: 'callback', dueAt: expect.stringContaining('2026-03-02T10') })
  const answer = await change(id)
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ dueAt: hours(26), version: 2 })])
  expect(await queued(caseId)).toMatchObject({ dueCode: 'callback', dueAt: expect.stringContaining('2026-03-03T11') })
})

test('made, it leaves every list; taken up again, it comes back', async () => {
  const { id, caseId } = await set({ dueAt: hours(1) })
  expect((await change(id, { dueAt: hours(1), done: true })).json()).toMatchObject({ doneAt: now.toISOString() })
  expect(idsOf(await list())).toEqual([])
  expect((await queued(caseId)).dueCode).not.toBe('callback')
  expect((await change(id, { dueAt: hours(1), done: false, version: 2 })).statusCode).toBe(200)
  expect(idsOf(await list())).toEqual([id])
})

test('given to a colleague it is theirs; given to anybody else it is refused', async () => {
  const bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const doctor = await someoneWho(tested, { cptsId, role: 'practitioner' })
  const { id } = await set({ ownerId: ana.accountId })
  expect((await change(id, { assigneeId: doctor.accountId })).json()).toMatchObject({
    errors: [{ pointer: '/assigneeId', code: 'unknown' }],
  })
  expect((await change(id, { assigneeId: bea.accountId })).json()).toMatchObject({ assignee: { id: bea.accountId } })
  expect(idsOf(await list())).toEqual([])
  expect(idsOf(await list('', bea.headers))).toEqual([id])
})

test('a colleague changed it first: 409, and nothing moves', async () => {
  const { id } = await set()
  await change(id)
  expect((await change(id, { dueAt: hours(50) })).json()).toMatchObject({ status: 409, code: 'version-stale' })
})

test('before the day it was set: refused', async () => {
  const { id } = await set()
  expect((await change(id, { dueAt: hours(-1) })).json()).toMatchObject({
    errors: [{ pointer: '/dueAt', code: 'past' }],
  })
})

test('another CPTS sees none of it, and another role has no list', async () => {
  const { id } = await set()
  const other = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect(await list('?assignee=all', other.headers)).toEqual({ items: [], next: null })
  expect((await change(id, {}, other.headers)).statusCode).toBe(404)
  const { headers } = await someoneWho(tested, { cptsId, role: 'requester' })
  expect((await change(id, {}, headers)).statusCode).toBe(403)
})

test('the number to call is the patient’s own, never a minor’s', async () => {
  const grown = await aPatient(tested, cptsId, { phones: ['+33639980012'] })
  const child = await aPatient(tested, cptsId, { birthDate: '2020-05-01' as never, phones: ['+33639980013'] })
  for (const { id: patientId } of [grown, child])
    await set({ caseId: (await aGpSearch(tested, cptsId, { patientId })).id })
  const { items } = await list()
  expect(items.map(({ phone }: { phone: string | null }) => phone)).toEqual(['+33639980012', null])
})
