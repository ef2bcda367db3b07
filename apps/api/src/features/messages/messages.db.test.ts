import type { Message, UnreadMessages } from '@maillage/contracts/coordination/messages'
import type { CptsId, UnitId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aHospitalDischarge } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseParticipants } from '../../kernel/tables/case.table.ts'
import { outbox } from '../../kernel/tables/outbox.table.ts'

let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Record<string, string>
let otherWard: Record<string, string>
let coordinator: Record<string, string>
let elsewhere: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  otherWard = (await someoneWho(tested, { cptsId, role: 'hospital_staff' })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  elsewhere = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
})
afterAll(() => tested.close())

type Headers = Record<string, string>
const url = (id: string) => `/api/v1/cases/${id}/messages`
const thread = async (headers: Headers, id: string) => (await tested.app.inject({ url: url(id), headers })).json()
const send = (headers: Headers, id: string, text: string) =>
  tested.app.inject({ method: 'POST', url: url(id), headers, payload: { text } })
const markRead = (headers: Headers, id: string, upTo: string) =>
  tested.app.inject({ method: 'PUT', url: `${url(id)}/reading`, headers, payload: { upTo } })
const unread = async (headers: Headers, id: string): Promise<number> => {
  const answer: UnreadMessages = (await tested.app.inject({ url: '/api/v1/messages/unread', headers })).json()
  return answer.items.find(({ caseId }) => caseId === id)?.count ?? 0
}

test('a ward and the coordination write to each other, and see what was read', async () => {
  const { row } = await aHospitalDischarge(tested, cptsId, unitId)
  expect((await send(ward, row.id, 'Le transport est prévu à 14 h.')).statusCode).toBe(201)
  await send(ward, row.id, 'Et l’ordonnance est prête.')
  expect(await unread(coordinator, row.id)).toBe(2)
  expect(await unread(ward, row.id)).toBe(0)
  const [first, second]: Message[] = (await thread(coordinator, row.id)).items
  if (!first || !second) throw new Error('Two messages were sent')
  expect([first.text, first.isOwn, first.isRead]).toEqual(['Le transport est prévu à 14 h.', false, false])
  await markRead(coordinator, row.id, first.id)
  expect(await unread(coordinator, row.id)).toBe(1)
  expect((await thread(ward, row.id)).items.map(({ isRead }: Message) => isRead)).toEqual([true, false])
  await markRead(coordinator, row.id, second.id)
  // A window that was left behind does not make it unread again.
  await markRead(coordinator, row.id, first.id)
  expect(await unread(coordinator, row.id)).toBe(0)
  await send(coordinator, row.id, 'Merci, c’est noté.')
  expect(await unread(ward, row.id)).toBe(1)
})

test('words change no fact: the version stays, and only the fact that somebody wrote leaves the house', async () => {
  const { row } = await aHospitalDischarge(tested, cptsId, unitId)
  await send(ward, row.id, 'Mots privés de l’essai')
  const read = await tested.app.inject({ url: `/api/v1/hospital-discharges/${row.id}`, headers: ward })
  expect(read.json().version).toBe(row.version)
  const told = await prepare(tested, (tx) =>
    tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.cptsId, cptsId))),
  )
  const own = told.filter(({ payload }) => payload.caseId === row.id)
  expect(own.map(({ payload }) => payload)).toEqual([{ caseId: row.id, kind: 'hospital-discharge', action: 'message' }])
})

test('nobody else reads them: another ward, another CPTS, the practitioner who accepted', async () => {
  const { row } = await aHospitalDischarge(tested, cptsId, unitId)
  await send(coordinator, row.id, 'Le premier soignant a décliné.')
  for (const headers of [otherWard, elsewhere]) {
    expect((await tested.app.inject({ url: url(row.id), headers })).statusCode).toBe(404)
    expect((await send(headers, row.id, 'Bonjour')).statusCode).toBe(404)
    expect(await unread(headers, row.id)).toBe(0)
  }
  const practitionerId = await aPractitioner(tested, cptsId, { profession: 'nurse' })
  const { headers: nurse } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  await prepare(tested, (tx) =>
    tx
      .insert(caseParticipants)
      .values({ cptsId, id: newRowId(), caseId: row.id, part: 'accepted', practitionerId, since: new Date(0) }),
  )
  expect((await tested.app.inject({ url: url(row.id), headers: nurse })).statusCode).toBe(403)
  const story = await tested.app.inject({ url: `/api/v1/cases/${row.id}/timeline`, headers: nurse })
  expect(story.statusCode).toBe(200)
  expect(story.body).not.toContain('décliné')
})

test('what is marked as read is a message of this case', async () => {
  const { row } = await aHospitalDischarge(tested, cptsId, unitId)
  const { row: other } = await aHospitalDischarge(tested, cptsId, unitId)
  await send(ward, other.id, 'Ailleurs')
  const [message]: Message[] = (await thread(ward, other.id)).items
  expect((await markRead(coordinator, row.id, message?.id ?? '')).statusCode).toBe(422)
  expect((await send(ward, row.id, '   ')).statusCode).toBe(422)
})
