import type { CaseId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { type CaseRow, caseParticipants, reminders } from '../../kernel/tables/case.table.ts'

type Headers = { authorization: string }

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
const hoursAgo = (hours: number) => new Date(monday.getTime() - hours * 3_600_000)
let tested: TestApp
let cptsId: CptsId
let ana: Headers
let nurse: Headers
let doctorId: PractitionerId
let doctor: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
  cptsId = await aCpts(tested)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  nurse = (await someoneWho(tested, { cptsId, role: 'coordinator', isHealthProfessional: true })).headers
  doctorId = await aPractitioner(tested, cptsId, { lastName: 'Premier' })
  const practitioner = { cptsId, role: 'practitioner', practitionerId: doctorId, isHealthProfessional: true } as const
  doctor = (await someoneWho(tested, practitioner)).headers
})

afterAll(async () => {
  await tested.close()
})

const url = (id: string, rest = '') => `/api/v1/unscheduled-cares/${id}${rest}`
const get = (headers: Headers, id: string) => tested.app.inject({ url: url(id), headers })
const send = (headers: Headers, path: string, payload: Record<string, unknown>, method: 'POST' | 'PUT' = 'POST') =>
  tested.app.inject({ method, url: path, headers, payload })
const move = (headers: Headers, row: { id: string; version: number }, action: string, fields: object = {}) =>
  send(headers, url(row.id, '/moves'), { action, version: row.version, ...fields })

const asClinician = { level: 'U1', basis: 'clinician', mode: 'practice', profession: 'physician' }
const byProtocol = {
  level: 'U2',
  basis: 'protocol',
  protocolId: 'odynophagie',
  mode: 'practice',
  profession: 'physician',
}
const appointmentAt = '2026-06-08T15:30:00.000Z'

const triaged = (over: Partial<CaseRow> = {}) =>
  anUnscheduledCare(tested, cptsId, {
    status: 'triaged',
    care: { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' },
    ...over,
  })

/** A request with an appointment at the doctor's. */
async function booked(over: Partial<CaseRow> = {}): Promise<{ id: string; version: number }> {
  const row = await triaged(over)
  return (await move(ana, row, 'book', { practitionerId: doctorId, appointmentAt })).json()
}

const partsIn = (id: string) =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(caseParticipants)
      // The address of a case carries its identifier.
      .where(and(eq(caseParticipants.caseId, id as CaseId), isNull(caseParticipants.until))),
  )

describe('triage', () => {
  test('a clinician sets U1, which starts the day’s clock', async () => {
    const row = await anUnscheduledCare(tested, cptsId)
    expect((await move(nurse, row, 'triage', asClinician)).json()).toMatchObject({
      status: 'triaged',
      level: 'U1',
      basis: 'clinician',
      priority: { band: 'P1' },
      dueCode: 'care-delivered',
      dueAt: '2026-06-08T18:00:00.000Z',
      version: 2,
    })
  })

  test('a coordinator sets U2 by a protocol, which is kept', async () => {
    const row = await anUnscheduledCare(tested, cptsId)
    const done = (await move(ana, row, 'triage', byProtocol)).json()
    expect(done).toMatchObject({ level: 'U2', protocolId: 'odynophagie', priority: { band: 'P2' } })
  })

  test.each([
    ['nobody signs as a clinician without being one', asClinician, '/basis', 'not-a-clinician'],
    ['a protocol has a name', { ...byProtocol, protocolId: undefined }, '/protocolId', 'required'],
    ['whoever asks cannot say U2', { ...byProtocol, basis: 'requester' }, '/basis', 'not-enough-for-level'],
  ])('%s', async (_rule, fields, pointer, code) => {
    const row = await anUnscheduledCare(tested, cptsId)
    const refused = await move(ana, row, 'triage', fields)
    expect(refused.statusCode).toBe(422)
    expect(refused.json().errors).toEqual([{ pointer, code }])
  })

  test('another level withdraws what was offered', async () => {
    const row = await triaged()
    const offered = await send(ana, url(row.id, '/proposals'), {
      mode: 'direct',
      practitionerIds: [doctorId],
      version: row.version,
    })
    expect(offered.json().case).toMatchObject({ status: 'offering', dueCode: 'proposal-answer' })
    const done = (await move(nurse, offered.json().case, 'triage', asClinician)).json()
    expect(done.status).toBe('triaged')
    expect(done.proposals.map(({ status }: { status: string }) => status)).toEqual(['withdrawn'])
  })
})

describe('an appointment', () => {
  test('booking tells when and with whom, and the practitioner reads the case', async () => {
    const row = await triaged()
    expect((await get(doctor, row.id)).statusCode).toBe(404)
    const done = (await move(ana, row, 'book', { practitionerId: doctorId, appointmentAt })).json()
    expect(done).toMatchObject({
      status: 'booked',
      appointmentAt,
      bookedWith: { id: doctorId, displayName: 'Dr Alix Premier' },
      dueCode: 'appointment',
      dueAt: appointmentAt,
    })
    const seen = (await get(doctor, row.id)).json()
    expect(seen.patient).not.toBeNull()
    expect(seen.priority.contributions).toEqual([])
    expect(seen.proposals).toEqual([])
  })

  test('booking by phone withdraws the offers and the calls they asked for', async () => {
    const row = await triaged()
    const unreached = await aPractitioner(tested, cptsId, { lastName: 'Sanscompte', practicePhone: '+33556000001' })
    const offer = { mode: 'direct', practitionerIds: [unreached], version: row.version }
    const offered = (await send(ana, url(row.id, '/proposals'), offer)).json().case
    expect(offered).toMatchObject({ status: 'offering', dueCode: 'callback' })
    const done = (await move(ana, offered, 'book', { practitionerId: doctorId, appointmentAt })).json()
    expect(done).toMatchObject({ status: 'booked', dueCode: 'appointment' })
    const calls = await prepare(tested, (tx) => tx.select().from(reminders).where(eq(reminders.caseId, row.id)))
    expect(calls.map(({ doneAt }) => doneAt)).toEqual([monday])
  })

  test('nobody is booked whom the directory does not list, nor before the request', async () => {
    const row = await triaged()
    const gone = await aPractitioner(tested, cptsId, { goneAt: monday })
    const other = await aPractitioner(tested, await aCpts(tested))
    for (const practitionerId of [gone, other]) {
      const refused = await move(ana, row, 'book', { practitionerId, appointmentAt })
      expect(refused.json().errors).toEqual([{ pointer: '/practitionerId', code: 'unknown' }])
    }
    const early = { practitionerId: doctorId, appointmentAt: '2026-06-07T08:00:00.000Z' }
    expect((await move(ana, row, 'book', early)).json().errors).toEqual([
      { pointer: '/appointmentAt', code: 'before-request' },
    ])
  })

  test('an acceptance carries the appointment and books; a release gives it back', async () => {
    const row = await triaged()
    const offer = { mode: 'direct', practitionerIds: [doctorId], version: row.version }
    const [proposal] = (await send(ana, url(row.id, '/proposals'), offer)).json().items
    const accept = (fields: object) =>
      send(doctor, `/api/v1/proposals/${proposal.id}/acceptance`, { version: proposal.version, ...fields })
    expect((await accept({})).json().errors).toEqual([{ pointer: '/appointmentAt', code: 'required' }])
    const accepted = await accept({ appointmentAt })
    expect(accepted.statusCode).toBe(200)
    expect((await get(ana, row.id)).json()).toMatchObject({ status: 'booked', appointmentAt, dueCode: 'appointment' })
    const { version } = accepted.json()
    await send(doctor, `/api/v1/proposals/${proposal.id}/release`, { version, reason: 'absence' })
    expect((await get(ana, row.id)).json()).toMatchObject({
      status: 'triaged',
      statusReason: 'absence',
      appointmentAt: null,
      bookedWith: null,
      dueCode: 'care-delivered',
    })
    expect((await get(doctor, row.id)).statusCode).toBe(404)
  })

  test('the last decline brings the request back to place', async () => {
    const row = await triaged()
    const offer = { mode: 'direct', practitionerIds: [doctorId], version: row.version }
    const [proposal] = (await send(ana, url(row.id, '/proposals'), offer)).json().items
    const decline = { version: proposal.version, reason: 'no_capacity' }
    await send(doctor, `/api/v1/proposals/${proposal.id}/decline`, decline)
    expect((await get(ana, row.id)).json()).toMatchObject({ status: 'triaged', dueCode: 'care-delivered' })
  })

  test('the practitioner gives it back, and no longer reads the case', async () => {
    const row = await booked()
    const done = await move(doctor, row, 'unbook', { reason: 'practitioner_unavailable' })
    expect(done.json()).toMatchObject({ status: 'triaged', appointmentAt: null, bookedWith: null })
    expect(await partsIn(row.id)).toEqual([])
    expect((await get(doctor, row.id)).statusCode).toBe(404)
  })

  test('a patient who did not come is placed once more, and no third time', async () => {
    const row = await booked({ clockStartedAt: hoursAgo(2) })
    const absent = (await move(doctor, row, 'record-no-show')).json()
    expect(absent).toMatchObject({ status: 'no_show', noShows: 1 })
    const again = (await move(ana, absent, 'retry')).json()
    expect(again).toMatchObject({ status: 'triaged', bookedWith: null, dueAt: '2026-06-09T08:00:00.000Z' })
    const second = (await move(ana, again, 'book', { practitionerId: doctorId, appointmentAt })).json()
    const absentAgain = (await move(doctor, second, 'record-no-show')).json()
    const retry = absentAgain.allowedActions.find(({ action }: { action: string }) => action === 'retry')
    expect(retry).toBeUndefined()
    const seen = (await get(ana, row.id)).json()
    expect(seen.allowedActions).toContainEqual({
      action: 'retry',
      requires: [],
      disabledBecause: 'already-retried',
    })
    expect((await move(ana, seen, 'retry')).json()).toMatchObject({ code: 'wrong-status' })
  })
})

describe('the end', () => {
  test('once seen, a patient without a médecin traitant is offered a search', async () => {
    const row = await booked()
    const details = { reason: 'Toux', hasGp: false }
    await send(ana, url(row.id, '/details'), { details, version: row.version }, 'PUT')
    const seen = await move(doctor, { id: row.id, version: row.version + 1 }, 'attend', { outcome: 'care_complete' })
    expect(seen.json()).toMatchObject({ status: 'attended', outcome: 'care_complete', suggestsGpSearch: true })
  })

  test('the search opens linked, once, and needs the consent', async () => {
    const consent = { givenAt: monday.toISOString(), channel: 'oral', informedBy: 'Accueil' } as const
    const row = await anUnscheduledCare(tested, cptsId, {
      status: 'attended',
      isOpen: false,
      consent,
      care: { details: { reason: 'Toux', hasGp: false } },
    })
    const opened = await send(ana, url(row.id, '/gp-search'), { version: 1 })
    expect(opened.statusCode).toBe(201)
    expect(opened.json()).toMatchObject({ kind: 'gp-search', status: 'submitted' })
    expect(opened.headers.location).toBe(`/api/v1/gp-searches/${opened.json().id}`)
    const after = (await get(ana, row.id)).json()
    expect(after).toMatchObject({ suggestsGpSearch: false, linkedCases: [{ id: opened.json().id }] })
    const again = await send(ana, url(row.id, '/gp-search'), { version: after.version })
    expect(again.json().id).toBe(opened.json().id)
    const without = await anUnscheduledCare(tested, cptsId)
    expect((await send(ana, url(without.id, '/gp-search'), { version: 1 })).json().code).toBe('wrong-status')
    expect((await send(doctor, url(row.id, '/gp-search'), { version: 1 })).statusCode).toBe(403)
  })

  test('whoever sees the case sends to the 15; other ways out are the coordinator’s', async () => {
    const row = await booked()
    const advised = await move(doctor, row, 'redirect', { reason: 'advice_only' })
    expect(advised.json().code).toBe('role-may-not')
    const seen = (await get(doctor, row.id)).json()
    expect(seen.allowedActions.find(({ action }: { action: string }) => action === 'redirect').reasons).toEqual([
      'emergency_15',
    ])
    expect((await move(doctor, row, 'redirect', { reason: 'emergency_15' })).json()).toMatchObject({
      status: 'redirected',
      guidance: ['15', '112', '114'],
      dueAt: null,
    })
  })

  test('without a solution, what the patient was told is kept', async () => {
    const row = await triaged()
    const told = { reason: 'no_practitioner', adviceGiven: 'Rappeler le 116 117', patientToldAt: monday.toISOString() }
    const later = { ...told, patientToldAt: '2026-06-08T09:00:00.000Z' }
    expect((await move(ana, row, 'close-unmet', later)).json().errors).toEqual([
      { pointer: '/patientToldAt', code: 'future' },
    ])
    expect((await move(ana, row, 'close-unmet', { reason: 'no_practitioner' })).statusCode).toBe(422)
    const done = (await move(ana, row, 'close-unmet', told)).json()
    expect(done).toMatchObject({ status: 'closed_no_solution', statusReason: 'no_practitioner', dueAt: null })
  })

  test('past its deadline a request stays open, on top, with its deadline behind it', async () => {
    const row = await triaged({ clockStartedAt: hoursAgo(80), dueAt: hoursAgo(56), dueCode: 'care-delivered' })
    expect((await get(ana, row.id)).json()).toMatchObject({
      status: 'triaged',
      dueAt: hoursAgo(56).toISOString(),
      outOfHoursAhead: false,
    })
    const changed = await send(ana, url(row.id, '/details'), { details: { reason: 'Toux' }, version: 1 }, 'PUT')
    expect(new Date(changed.json().dueAt) < monday).toBe(true)
    expect(changed.json().priority.contributions).toContainEqual({
      factor: 'time-left',
      points: 24,
      evidence: { code: 'late' },
      source: 'clock',
    })
  })
})

describe('refusals', () => {
  test('a stale version, a wrong status, a role that may not', async () => {
    const row = await triaged()
    const { id } = row
    expect((await move(ana, { id, version: 7 }, 'cancel', { reason: 'patient_withdrew' })).json().code).toBe(
      'case-changed',
    )
    const early = await move(ana, row, 'attend', { outcome: 'care_complete' })
    expect(early.json()).toMatchObject({ status: 409, code: 'wrong-status' })
    expect(early.json().allowed).toContain('book')
    const held = await booked()
    const refused = await move(doctor, held, 'cancel', { reason: 'patient_withdrew' })
    expect(refused.json()).toMatchObject({ status: 403, code: 'role-may-not' })
    expect((await move(ana, row, 'redirect')).statusCode).toBe(422)
  })

  test('another CPTS, and a practitioner who takes no part, find nothing', async () => {
    const row = await triaged()
    const neighbour = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
    for (const stranger of [neighbour, doctor]) {
      expect((await move(stranger, row, 'redirect', { reason: 'emergency_15' })).statusCode).toBe(404)
      const change = await send(stranger, url(row.id, '/details'), { details: { reason: 'Autre' }, version: 1 }, 'PUT')
      expect(change.statusCode).toBe(404)
    }
    expect((await get(ana, row.id)).json()).toMatchObject({ status: 'triaged', version: 1 })
  })

  test('the practitioner of an appointment corrects nobody’s request', async () => {
    const row = await booked()
    const change = await send(
      doctor,
      url(row.id, '/details'),
      { details: { reason: 'Autre' }, version: row.version },
      'PUT',
    )
    expect(change.json().code).toBe('role-may-not')
  })
})
