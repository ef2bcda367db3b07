import { type CptsId, newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aSecretary } from '../../../test/builders/a-delegation.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHospitalDischarge, aNeed } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseParticipants } from '../../kernel/tables/case.table.ts'

// A Monday, ten o'clock in Paris.
const now = new Date('2026-06-08T08:00:00Z')
const calledAt = '2026-06-08T07:40:00.000Z'
const appointmentAt = '2026-06-08T15:30:00.000Z'
const call = { channel: 'phone', spokenTo: 'Mme Essai, secrétariat 📞', calledAt }
const told = { spokenTo: call.spokenTo, calledAt }

type Headers = { authorization: string }
let tested: TestApp
let cptsId: CptsId
let coordinator: Headers
let ana: string

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  ana = (await get(coordinator, '/me')).account.displayName
})
afterAll(() => tested.close())

const get = async (headers: Headers, path: string) =>
  (await tested.app.inject({ url: `/api/v1${path}`, headers })).json()
const post = (headers: Headers, path: string, payload: object) =>
  tested.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })
const faultOf = (answer: { statusCode: number; json(): { errors?: { pointer: string; code: string }[] } }) => [
  answer.statusCode,
  ...(answer.json().errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
]

async function aCarer(profession: Profession = 'physician') {
  const id = await aPractitioner(tested, cptsId, { profession })
  await somePlaces(tested, cptsId, id, 20)
  return { id, ...(await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })) }
}

const care = { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' } as const

async function aCareOfferedTo(practitionerId: PractitionerId) {
  const row = await anUnscheduledCare(tested, cptsId, { status: 'offering', care })
  const [proposal] = await aRound(tested, cptsId, row.id, [practitionerId])
  if (!proposal) throw new Error('Nothing was proposed')
  return { caseId: row.id, path: `/proposals/${proposal.id}`, version: proposal.version }
}

const behalfIn = async (headers: Headers, caseId: string, action: string) => {
  const { items } = await get(headers, `/cases/${caseId}/timeline`)
  return items.find((one: { action: string }) => one.action === action)?.onBehalf
}

describe('an answer to an unscheduled request, given by phone', () => {
  test('names who noted it and who rang, to the coordination and to the practitioner', async () => {
    const doctor = await aCarer()
    const offered = await aCareOfferedTo(doctor.id)
    expect((await get(doctor.headers, offered.path)).noted).toBeNull()
    const body = { version: offered.version, appointmentAt, onBehalf: call }
    const accepted = await post(coordinator, `${offered.path}/acceptance`, body)
    expect(accepted.json()).toMatchObject({ status: 'accepted', noted: { by: ana, ...told } })
    expect((await get(doctor.headers, offered.path)).noted).toEqual({ by: ana, ...told })
    expect((await get(doctor.headers, '/proposals?status=accepted')).items[0].noted).toEqual({ by: ana, ...told })
    expect(await behalfIn(coordinator, offered.caseId, 'accepted')).toMatchObject(told)
    const { items } = await get(coordinator, `/audit-entries?caseId=${offered.caseId}`)
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'proposal.accepted', onBehalf: true, onBehalfOf: expect.any(String) }),
    )
  })

  test('may be a refusal, and a patient given back', async () => {
    const doctor = await aCarer()
    const declined = await aCareOfferedTo(doctor.id)
    const refusal = { version: declined.version, reason: 'no_capacity', onBehalf: call }
    expect((await post(coordinator, `${declined.path}/decline`, refusal)).statusCode).toBe(200)
    expect((await get(doctor.headers, declined.path)).noted).toEqual({ by: ana, ...told })

    const given = await aCareOfferedTo(doctor.id)
    const accepted = await post(doctor.headers, `${given.path}/acceptance`, { version: given.version, appointmentAt })
    expect(accepted.json().noted).toBeNull()
    const release = { version: accepted.json().version, reason: 'absence', onBehalf: call }
    expect((await post(coordinator, `${given.path}/release`, release)).statusCode).toBe(200)
    expect((await get(doctor.headers, given.path)).noted).toEqual({ by: ana, ...told })
  })

  test('by their secretary, the answer names the secretary and nobody on the phone', async () => {
    const doctor = await aCarer()
    const secretary = await aSecretary(tested, cptsId, [doctor.id])
    const offered = await aCareOfferedTo(doctor.id)
    await post(secretary.headers, `${offered.path}/decline`, { version: offered.version, reason: 'too_far' })
    const { account } = await get(secretary.headers, '/me')
    const noted = { by: account.displayName, spokenTo: null, calledAt: null }
    expect((await get(doctor.headers, offered.path)).noted).toEqual(noted)
  })
})

describe('a visit told by phone', () => {
  async function booked() {
    const doctor = await aCarer()
    const offered = await aCareOfferedTo(doctor.id)
    await post(doctor.headers, `${offered.path}/acceptance`, { version: offered.version, appointmentAt })
    const { version } = await get(coordinator, `/unscheduled-cares/${offered.caseId}`)
    const move = (headers: Headers, action: string, fields: object) =>
      post(headers, `/unscheduled-cares/${offered.caseId}/moves`, { action, version, ...fields })
    return { doctor, offered, move }
  }

  test.each([
    ['attend', { outcome: 'care_complete' }, 'attended'],
    ['record-no-show', {}, 'no_show'],
  ])('%s: both read in whose name, who rang and when', async (action, fields, status) => {
    const { doctor, offered, move } = await booked()
    const done = await move(coordinator, action, { ...fields, onBehalf: call })
    expect([done.statusCode, done.json().status]).toEqual([200, status])
    expect(await behalfIn(coordinator, offered.caseId, action)).toMatchObject(told)
    expect(await behalfIn(doctor.headers, offered.caseId, action)).toMatchObject(told)
    const { movesNoted } = await get(doctor.headers, offered.path)
    expect(movesNoted).toEqual([{ action, at: now.toISOString(), by: ana, ...told }])
  })

  test('an appointment that they undo by phone is traced too, and no longer theirs to read', async () => {
    const { doctor, offered, move } = await booked()
    const undone = await move(coordinator, 'unbook', { reason: 'practitioner_unavailable', onBehalf: call })
    expect(undone.json().status).toBe('triaged')
    expect(await behalfIn(coordinator, offered.caseId, 'unbook')).toMatchObject(told)
    expect((await get(doctor.headers, offered.path)).movesNoted).toEqual([])
  })

  test('is the coordination’s to note, of a call that took place', async () => {
    const { doctor, move } = await booked()
    const fields = { outcome: 'care_complete' }
    expect(faultOf(await move(doctor.headers, 'attend', { ...fields, onBehalf: call }))).toEqual([
      422,
      '/onBehalf not-allowed',
    ])
    const later = { ...call, calledAt: '2026-06-08T08:00:01.000Z' }
    expect(faultOf(await move(coordinator, 'attend', { ...fields, onBehalf: later }))).toEqual([
      422,
      '/onBehalf/calledAt future',
    ])
    expect((await move(coordinator, 'attend', fields)).statusCode).toBe(200)
  })

  test('of somebody who gave the patient back meanwhile is refused, and changes nothing', async () => {
    const { doctor, offered, move } = await booked()
    const { version } = await get(doctor.headers, offered.path)
    await post(doctor.headers, `${offered.path}/release`, { version, reason: 'absence' })
    const late = await move(coordinator, 'attend', { outcome: 'care_complete', onBehalf: call })
    expect([late.statusCode, late.json().code]).toEqual([409, 'wrong-status'])
    expect((await get(coordinator, `/unscheduled-cares/${offered.caseId}`)).status).toBe('triaged')
  })

  test('of two who note it at once, one is kept', async () => {
    const { offered, move } = await booked()
    const both = await Promise.all([
      move(coordinator, 'attend', { outcome: 'care_complete', onBehalf: call }),
      move(coordinator, 'record-no-show', { onBehalf: call }),
    ])
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    const { items } = await get(coordinator, `/cases/${offered.caseId}/timeline`)
    const told = items.filter(({ action }: { action: string }) => action === 'attend' || action === 'record-no-show')
    expect(told).toHaveLength(1)
  })

  test('says nothing of who rang to the others who follow the request', async () => {
    const requester = await someoneWho(tested, { cptsId, role: 'requester' })
    const doctor = await aCarer()
    const row = await anUnscheduledCare(tested, cptsId, { status: 'triaged', care })
    const { accountId } = requester
    const part = { cptsId, id: newRowId(), caseId: row.id, part: 'requester', accountId, since: now } as const
    await prepare(tested, (tx) => tx.insert(caseParticipants).values(part))
    const path = `/unscheduled-cares/${row.id}/moves`
    const book = { action: 'book', practitionerId: doctor.id, appointmentAt, version: row.version }
    const { version } = (await post(coordinator, path, book)).json()
    await post(coordinator, path, { action: 'attend', outcome: 'care_complete', version, onBehalf: call })
    expect(await behalfIn(doctor.headers, row.id, 'attend')).toMatchObject(told)
    expect(await behalfIn(requester.headers, row.id, 'attend')).toMatchObject({ spokenTo: null, calledAt: null })
  })
})

describe('around a discharge', () => {
  async function aDischargeOf(carer: { id: PractitionerId }) {
    const { unitId } = await aUnit(tested, cptsId)
    const needs = [aNeed({ startAt: '2026-06-16T08:00:00.000Z' })]
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { needs })
    const propose = async () => {
      const { version, needs } = await get(coordinator, `/hospital-discharges/${row.id}`)
      const payload = { mode: 'direct', practitionerIds: [carer.id], needId: needs[0].id, version }
      const { items } = (await post(coordinator, `/hospital-discharges/${row.id}/proposals`, payload)).json()
      return { path: `/proposals/${items[0].id}`, version: items[0].version }
    }
    return { row, unitId, propose }
  }

  test('a need is accepted, or declined, by phone', async () => {
    const nurse = await aCarer('nurse')
    const { row, propose } = await aDischargeOf(nurse)
    const first = await propose()
    const refusal = { version: first.version, reason: 'no_capacity', onBehalf: call }
    expect((await post(coordinator, `${first.path}/decline`, refusal)).statusCode).toBe(200)
    expect((await get(nurse.headers, first.path)).noted).toEqual({ by: ana, ...told })
    expect((await get(coordinator, `/hospital-discharges/${row.id}`)).needs[0].status).toBe('open')
  })

  test('the follow-up call is noted in the name of the nurse who rang, and of nobody else', async () => {
    const nurse = await aCarer('nurse')
    const physio = await aCarer('physiotherapist')
    const { row, unitId, propose } = await aDischargeOf(nurse)
    const offered = await propose()
    const accept = { version: offered.version, firstVisitAt: '2026-06-20T08:00:00.000Z', onBehalf: call }
    expect((await post(coordinator, `${offered.path}/acceptance`, accept)).statusCode).toBe(200)
    const ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
    const move = async (headers: Headers, action: string, fields: object) => {
      const { version } = await get(coordinator, `/hospital-discharges/${row.id}`)
      return post(headers, `/hospital-discharges/${row.id}/moves`, { action, version, ...fields })
    }
    const left = { actualAt: now.toISOString(), letterSent: true, checklist: {} }
    expect((await move(ward, 'discharge', left)).statusCode).toBe(200)
    const follow = (practitionerId: string) => ({ calledAt, onBehalf: { ...call, practitionerId } })
    expect(faultOf(await move(coordinator, 'follow-up', follow(physio.id)))).toEqual([
      422,
      '/onBehalf/practitionerId not-the-nurse',
    ])
    expect(faultOf(await move(nurse.headers, 'follow-up', follow(nurse.id)))).toEqual([422, '/onBehalf not-allowed'])
    expect((await move(coordinator, 'follow-up', follow(nurse.id))).json().status).toBe('followed_up')
    for (const headers of [coordinator, nurse.headers])
      expect(await behalfIn(headers, row.id, 'follow-up')).toMatchObject(told)
    const { movesNoted } = await get(nurse.headers, offered.path)
    expect(movesNoted).toEqual([{ action: 'follow-up', at: now.toISOString(), by: ana, ...told }])
  })
})

test('a search accepted by phone is told the same way', async () => {
  const doctor = await aCarer()
  const row = await aGpSearch(tested, cptsId, { status: 'proposing' })
  const [proposal] = await aRound(tested, cptsId, row.id, [doctor.id])
  const body = { version: proposal?.version, onBehalf: call }
  await post(coordinator, `/proposals/${proposal?.id}/acceptance`, body)
  const { version } = await get(coordinator, `/gp-searches/${row.id}`)
  const visit = { action: 'book-visit', visitAt: appointmentAt, version, onBehalf: call }
  expect((await post(coordinator, `/gp-searches/${row.id}/moves`, visit)).statusCode).toBe(200)
  const read = await get(doctor.headers, `/proposals/${proposal?.id}`)
  expect(read.noted).toEqual({ by: ana, ...told })
  expect(read.movesNoted).toEqual([{ action: 'book-visit', at: now.toISOString(), by: ana, ...told }])
})
