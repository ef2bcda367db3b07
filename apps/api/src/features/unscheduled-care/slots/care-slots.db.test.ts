import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { FreeSlots } from '@maillage/contracts/slots/care-slots'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, signedIn, someoneWho } from '../../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { aSlot } from '../../../../test/builders/some-slots.ts'
import { notices } from '../../../kernel/notices/notices.table.ts'
import { type SlotRow, slotBookings } from '../../../kernel/slots/slot.table.ts'
import { type CaseRow, caseParticipants } from '../../../kernel/tables/case.table.ts'

type Headers = { authorization: string }

/** 20 times in an ordinary run, 200 in the continuous integration's. */
const times = Number(process.env.REPEAT ?? 20)
// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
const hoursOn = (hours: number) => new Date(monday.getTime() + hours * 3_600_000)
let now = monday
let tested: TestApp
let cptsId: CptsId
let ana: Headers
let anaId: AccountId
let doctorId: PractitionerId
let doctor: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

beforeEach(async () => {
  now = monday
  cptsId = await aCpts(tested)
  const coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  ana = coordinator.headers
  anaId = coordinator.accountId
  doctorId = await aPractitioner(tested, cptsId)
  doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })).headers
})

const url = (id: string, rest = '') => `/api/v1/unscheduled-cares/${id}${rest}`
const triaged = (over: Partial<CaseRow> = {}) =>
  anUnscheduledCare(tested, cptsId, {
    status: 'triaged',
    care: { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' },
    ...over,
  })
const free = async (row: { id: string }, headers = ana): Promise<FreeSlots> =>
  (await tested.app.inject({ url: url(row.id, '/free-slots'), headers })).json()
const ids = ({ items }: FreeSlots) => items.map(({ id }) => id)
const hold = (row: { id: string }, { id }: { id: string }, headers = ana) =>
  tested.app.inject({ method: 'PUT', url: url(row.id, '/slot-hold'), headers, payload: { slotId: id } })
const move = (headers: Headers, row: { id: string; version: number }, action: string, fields: object = {}) =>
  tested.app.inject({
    method: 'POST',
    url: url(row.id, '/moves'),
    headers,
    payload: { action, version: row.version, ...fields },
  })
const book = (row: { id: string; version: number }, slot: SlotRow, headers = ana) =>
  move(headers, row, 'book', {
    practitionerId: slot.practitionerId,
    appointmentAt: slot.startsAt.toISOString(),
    slotId: slot.id,
  })
const slotAt = (hours: number, over: Partial<SlotRow> = {}, id = doctorId) =>
  aSlot(tested, cptsId, id, hoursOn(hours), over)

describe('what is free', () => {
  test('is of the profession and the place asked for, to come, and not kept from the territory', async () => {
    const row = await triaged()
    const nurse = await aPractitioner(tested, cptsId, { profession: 'nurse', isGeneralPractitioner: false })
    const fits = await slotAt(2)
    await slotAt(3, {}, nurse)
    await slotAt(4, { mode: 'tele' })
    await slotAt(-1)
    await slotAt(5, { closedAt: monday })
    await slotAt(24 * 9)
    const gone = await aPractitioner(tested, cptsId, { goneAt: monday })
    await slotAt(2, {}, gone)
    const elsewhere = await aCpts(tested)
    await aSlot(tested, elsewhere, await aPractitioner(tested, elsewhere), hoursOn(2))
    const answer = await free(row)
    expect(ids(answer)).toEqual([fits.id])
    expect(answer).toMatchObject({ hold: null, mayBook: true, wantedBefore: '2026-06-09T08:00:00.000Z' })
    expect(answer.items[0]?.reasons).toEqual([
      { code: 'in-time' },
      { code: 'near', value: 0 },
      { code: 'few-booked', value: 0 },
      { code: 'week-cap', value: 0, of: 20 },
    ])
  })

  test('is shown as its publisher allowed, to whoever asked', async () => {
    const requester = await someoneWho(tested, { cptsId, role: 'requester' })
    const ward = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
    const row = await triaged()
    for (const { accountId } of [requester, ward])
      await prepare(tested, (tx) =>
        tx.insert(caseParticipants).values({
          cptsId,
          id: crypto.randomUUID(),
          caseId: row.id,
          part: 'requester',
          accountId,
          since: monday,
        }),
      )
    const open = await slotAt(2, { visibility: ['PUBLIC'] })
    const pro = await slotAt(3, { visibility: ['PRO'] })
    const own = await slotAt(4, { visibility: ['CPTS'] })
    const regulated = await slotAt(5, { visibility: ['SNP'] })
    expect(ids(await free(row)).sort()).toEqual([open.id, pro.id, own.id, regulated.id].sort())
    const asked = await free(row, requester.headers)
    expect([ids(asked), asked.mayBook]).toEqual([[open.id], false])
    expect((await hold(row, open, requester.headers)).statusCode).toBe(403)
    expect((await tested.app.inject({ url: url(row.id, '/free-slots'), headers: doctor })).statusCode).toBe(404)
    const stranger = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
    expect((await hold(row, open, stranger)).statusCode).toBe(404)
  })

  test('goes first to who was booked least, among those that fit as well', async () => {
    const busy = await aPractitioner(tested, cptsId)
    for (const hours of [26, 27]) {
      const taken = await aSlot(tested, cptsId, busy, hoursOn(hours))
      expect((await book(await triaged(), taken)).statusCode).toBe(200)
    }
    const row = await triaged()
    const his = await aSlot(tested, cptsId, busy, hoursOn(2))
    const hers = await slotAt(5)
    const { items } = await free(row)
    expect(items.map(({ id }) => id)).toEqual([hers.id, his.id])
    expect(items[1]?.reasons).toContainEqual({ code: 'few-booked', value: 2 })
    expect(items[1]?.reasons).toContainEqual({ code: 'week-cap', value: 2, of: 20 })
  })
})

describe('a slot kept aside', () => {
  test('is free for nobody else for a quarter of an hour, then by itself', async () => {
    const [row, other] = [await triaged(), await triaged()]
    const slot = await slotAt(3)
    const held = await hold(row, slot)
    expect(held.json().hold).toMatchObject({ slot: { id: slot.id }, heldUntil: '2026-06-08T08:15:00.000Z' })
    expect(ids(await free(other))).toEqual([])
    expect((await hold(other, slot)).json().code).toBe('slot-taken')
    expect((await book(other, slot)).json().code).toBe('slot-taken')
    now = hoursOn(0.26)
    ana = await signedIn(tested, anaId)
    expect((await free(row)).hold).toBeNull()
    expect((await hold(other, slot)).statusCode).toBe(200)
    expect((await book(row, slot)).json().code).toBe('slot-taken')
  })

  test('is one at a time: another lets the first go, and so does letting go', async () => {
    const row = await triaged()
    const [one, two] = [await slotAt(2), await slotAt(3)]
    await hold(row, one)
    expect((await hold(row, two)).json().hold.slot.id).toBe(two.id)
    const other = await triaged()
    expect(ids(await free(other))).toEqual([one.id])
    const gone = await tested.app.inject({ method: 'DELETE', url: url(row.id, '/slot-hold'), headers: ana })
    expect(gone.json().hold).toBeNull()
    expect(ids(await free(other)).sort()).toEqual([one.id, two.id].sort())
  })
})

describe('booking', () => {
  test('takes the slot with the appointment, tells its practitioner, and undoing gives it back', async () => {
    const row = await triaged()
    const slot = await slotAt(3)
    await hold(row, slot)
    const done = await book(row, slot)
    expect(done.json()).toMatchObject({ status: 'booked', slotId: slot.id, appointmentAt: slot.startsAt.toISOString() })
    const told = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.practitionerId, doctorId)))
    expect(told).toMatchObject([{ kind: 'slot-booked', values: {} }])
    const visit = await tested.app.inject({ url: url(row.id, '/visit'), headers: doctor })
    expect(visit.json()).toMatchObject({ care: { reference: row.reference }, phones: expect.any(Array) })
    const back = await move(doctor, done.json(), 'unbook', { reason: 'practitioner_unavailable' })
    expect(back.json()).toMatchObject({ status: 'triaged', slotId: null })
    expect(ids(await free(row))).toEqual([slot.id])
    expect((await tested.app.inject({ url: url(row.id, '/visit'), headers: doctor })).statusCode).toBe(404)
  })

  test('is refused where the slot is another’s, closed, over, or its practitioner away', async () => {
    const row = await triaged()
    const slot = await slotAt(3)
    const other = await aPractitioner(tested, cptsId)
    const mistaken = { practitionerId: other, appointmentAt: slot.startsAt.toISOString(), slotId: slot.id }
    expect((await move(ana, row, 'book', mistaken)).json().errors).toEqual([{ pointer: '/slotId', code: 'mismatch' }])
    expect((await book(row, await slotAt(4, { closedAt: monday }))).json().code).toBe('slot-taken')
    await tested.app.inject({
      method: 'POST',
      url: `/api/v1/practitioners/${doctorId}/absences`,
      headers: doctor,
      payload: { from: '2026-06-08', until: '2026-06-08' },
    })
    expect((await book(row, slot)).json().code).toBe('slot-taken')
    expect(ids(await free(row))).toEqual([])
    expect((await book({ ...row, version: 9 }, slot)).json().code).toBe('case-changed')
  })

  test('an absence declared afterwards marks the visit that must be moved', async () => {
    const slot = await slotAt(3)
    await book(await triaged(), slot)
    await tested.app.inject({
      method: 'POST',
      url: `/api/v1/practitioners/${doctorId}/absences`,
      headers: doctor,
      payload: { from: '2026-06-08', until: '2026-06-08' },
    })
    const day = (await tested.app.inject({ url: '/api/v1/slots', headers: ana })).json()
    expect(day.items).toMatchObject([{ state: 'booked', mustMove: true }])
  })

  test('as many patients as the slot takes, and no more', async () => {
    const slot = await slotAt(3, { capacity: 2 })
    for (const status of [200, 200, 409]) expect((await book(await triaged(), slot)).statusCode).toBe(status)
  })

  test('of two at once one wins, and the other has nothing', { timeout: 30_000 + times * 1500 }, async () => {
    for (let n = 0; n < times; n++) {
      const slot = await slotAt(3 + n / 2)
      const [one, other] = [await triaged(), await triaged()]
      if (n % 2 === 0) await hold(one, slot)
      const answers = await Promise.all([book(one, slot), book(other, slot)])
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
      const lost = answers.find(({ statusCode }) => statusCode === 409)
      expect(lost?.json().code).toBe('slot-taken')
      const rows = await prepare(tested, (tx) =>
        tx
          .select()
          .from(slotBookings)
          .where(and(eq(slotBookings.slotId, slot.id), eq(slotBookings.state, 'booked'))),
      )
      expect(rows).toHaveLength(1)
    }
  })

  test('the practitioner who closes while the desk books: one of them is told', {
    timeout: 30_000 + times * 1500,
  }, async () => {
    for (let n = 0; n < times; n++) {
      const slot = await slotAt(3 + n / 2)
      const row = await triaged()
      const [booked, closed] = await Promise.all([
        book(row, slot),
        tested.app.inject({
          method: 'POST',
          url: `/api/v1/practitioners/${doctorId}/slots/closing`,
          headers: doctor,
          payload: { closed: true, slots: [{ id: slot.id, version: 1 }] },
        }),
      ])
      expect([booked.statusCode, closed.statusCode]).toSatisfy(
        ([one, two]: number[]) => (one === 200 && two === 409) || (one === 409 && two === 204),
      )
    }
  })
})

describe('after the visit', () => {
  test('what it gave is kept for who may read, and the médecin traitant is told and reads it', async () => {
    const gpId = await aPractitioner(tested, cptsId)
    const gp = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: gpId })).headers
    const slot = await slotAt(3)
    const booked = (await book(await triaged(), slot)).json()
    expect(booked.visitFeedback).toBeNull()
    expect((await tested.app.inject({ url: url(booked.id), headers: gp })).statusCode).toBe(404)
    const fields = { outcome: 'follow_up_gp', note: 'Tympan rouge, à revoir 😷', gpId }
    const seen = await move(doctor, booked, 'attend', fields)
    expect(seen.json().visitFeedback).toMatchObject({
      seen: true,
      orientation: 'follow_up_gp',
      note: 'Tympan rouge, à revoir 😷',
      gp: 'in-directory',
      gpName: expect.any(String),
    })
    const told = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.practitionerId, gpId)))
    expect(told.map(({ kind }) => kind)).toEqual(['visit-told-gp'])
    const read = await tested.app.inject({ url: url(booked.id), headers: gp })
    expect(read.json().visitFeedback.note).toBe('Tympan rouge, à revoir 😷')
    expect(read.json().allowedActions).toEqual([])
    const rows = await prepare(tested, (tx) => tx.select().from(slotBookings).where(eq(slotBookings.slotId, slot.id)))
    expect(rows.map(({ state }) => state)).toEqual(['attended'])
  })

  test.each([
    ['elsewhere', { gp: 'elsewhere', gpName: 'Dr Alix Voisin, Nîmes 🏥' }, 'Dr Alix Voisin, Nîmes 🏥', 'gp-elsewhere'],
    ['none', { gp: 'none' }, null, 'gp-none'],
  ])('a médecin traitant said to be %s is told to the desk, and to nobody else', async (gp, said, gpName, action) => {
    const booked = (await book(await triaged(), await slotAt(3))).json()
    const seen = (await move(doctor, booked, 'attend', { outcome: 'care_complete', ...said })).json()
    expect(seen.visitFeedback).toMatchObject({ gp, gpName })
    const read = (await tested.app.inject({ url: url(booked.id), headers: ana })).json()
    expect(read).toMatchObject({ visitFeedback: { gp, gpName }, suggestsGpSearch: gp === 'none' })
    expect(read.details).toMatchObject(gp === 'none' ? { hasGp: false } : { hasGp: true, gpName })
    const story = (await tested.app.inject({ url: `/api/v1/cases/${booked.id}/timeline`, headers: ana })).json()
    expect(story.items.map((line: { action: string }) => line.action)).toContain(action)
    const kinds = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, cptsId)))
    expect(kinds.map(({ kind }) => kind)).not.toContain('visit-told-gp')
  })

  test('a médecin traitant is somebody: named, known of the directory, and of this CPTS', async () => {
    const booked = (await book(await triaged(), await slotAt(3))).json()
    const elsewhere = await aCpts(tested)
    const stranger = await aPractitioner(tested, elsewhere)
    for (const [said, pointer, code] of [
      [{ gp: 'in-directory' }, '/gpId', 'required'],
      [{ gp: 'in-directory', gpId: stranger }, '/gpId', 'unknown'],
      [{ gp: 'elsewhere' }, '/gpName', 'required'],
    ] as const) {
      const refused = await move(doctor, booked, 'attend', { outcome: 'care_complete', ...said })
      expect(refused.json().errors).toEqual([{ pointer, code }])
    }
    const silent = (await move(doctor, booked, 'attend', { outcome: 'care_complete' })).json()
    expect(silent.visitFeedback).toMatchObject({ gp: null, gpName: null })
  })

  test('a patient who did not come leaves the slot taken, and may be placed once more', async () => {
    const slot = await slotAt(3)
    const booked = (await book(await triaged(), slot)).json()
    const absent = (await move(doctor, booked, 'record-no-show', { note: 'Ne répond pas' })).json()
    expect(absent.visitFeedback).toMatchObject({ seen: false, orientation: null, note: 'Ne répond pas' })
    const again = (await move(ana, absent, 'retry')).json()
    expect(again).toMatchObject({ status: 'triaged', slotId: null })
    expect(ids(await free(again))).toEqual([])
  })
})
