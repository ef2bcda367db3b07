import type { Need } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CptsId, NeedId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aHospitalDischarge, aNeed } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'

const now = new Date('2026-03-10T09:00:00Z')
const firstVisitAt = '2026-03-18T08:00:00.000Z'

let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Record<string, string>
let coordinator: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterAll(() => tested.close())

type Headers = Record<string, string>
const post = (headers: Headers, url: string, payload: object) =>
  tested.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })
const get = async (headers: Headers, id: string): Promise<HospitalDischarge> =>
  (await tested.app.inject({ url: `/api/v1/hospital-discharges/${id}`, headers })).json()
const move = (headers: Headers, discharge: { id: string; version: number }, action: string, fields: object = {}) =>
  post(headers, `/hospital-discharges/${discharge.id}/moves`, { action, version: discharge.version, ...fields })
const moveNeed = (
  headers: Headers,
  discharge: { id: string; version: number },
  needId: string,
  action: string,
  fields: object = {},
) =>
  post(headers, `/hospital-discharges/${discharge.id}/needs/${needId}/moves`, {
    action,
    version: discharge.version,
    ...fields,
  })
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code]

async function aCarer(profession: Profession = 'nurse', over: { practicePhone?: string } = {}) {
  const practitionerId = await aPractitioner(tested, cptsId, { profession, isGeneralPractitioner: false, ...over })
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  return { practitionerId, headers }
}

/** A coordinator proposes a need to one carer; the proposal that awaits their answer. */
async function proposeTo(id: string, needId: NeedId, practitionerId: PractitionerId) {
  const { version } = await get(coordinator, id)
  const payload = { mode: 'direct', practitionerIds: [practitionerId], needId, version }
  const sent = await post(coordinator, `/hospital-discharges/${id}/proposals`, payload)
  expect(sent.statusCode).toBe(201)
  const found = sent
    .json()
    .items.find((item: { needId: string; status: string }) => item.needId === needId && item.status === 'pending')
  return found as { id: string; version: number; expiresAt: string }
}

async function acceptedBy(id: string, needId: NeedId, carer: Awaited<ReturnType<typeof aCarer>>) {
  const proposal = await proposeTo(id, needId, carer.practitionerId)
  const payload = { version: proposal.version, firstVisitAt }
  const accepted = await post(carer.headers, `/proposals/${proposal.id}/acceptance`, payload)
  expect(accepted.statusCode).toBe(200)
  return accepted.json() as { id: string; version: number }
}

const two = [aNeed(), aNeed({ type: 'physiotherapy' })]
const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new Error('Nothing stands here')
  return item
}
const statuses = ({ needs }: { needs: Need[] }) => needs.map(({ status }) => status)
const checklist = { readmission_risk: 'no', social_evaluation: 'yes' }
const going = { actualAt: '2026-03-10T08:30:00.000Z', letterSent: true, checklist }

describe('from the ward to the follow-up call', () => {
  test('each hand does its part, and the status follows the needs', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'submitted', needs: two })
    const [nursing, physiotherapy] = needIds
    if (!nursing || !physiotherapy) throw new Error('Two needs were made')
    const acknowledged = (await move(coordinator, row, 'acknowledge')).json()
    expect([acknowledged.status, acknowledged.dueCode]).toEqual(['acknowledged', 'cover-needs'])
    const [nurse, physio] = [await aCarer(), await aCarer('physiotherapist')]

    const proposal = await proposeTo(row.id, nursing, nurse.practitionerId)
    expect(await get(coordinator, row.id)).toMatchObject({ status: 'coordinating', dueCode: 'proposal-answer' })
    const accepted = await post(nurse.headers, `/proposals/${proposal.id}/acceptance`, {
      version: proposal.version,
      firstVisitAt,
    })
    expect(accepted.statusCode).toBe(200)
    expect(await get(coordinator, row.id)).toMatchObject({ status: 'partially_covered', dueCode: 'cover-needs' })

    await acceptedBy(row.id, physiotherapy, physio)
    const covered = await get(ward, row.id)
    expect(covered).toMatchObject({ status: 'covered', dueCode: 'discharge', proposals: [] })
    expect(covered.needs[0]).toMatchObject({
      coveredBy: { name: 'Dr Alix Essai', outside: false },
      firstVisitAt,
      reconfirmationPending: false,
    })

    const home = (await move(ward, covered, 'discharge', going)).json()
    expect(home).toMatchObject({ status: 'discharged', dueCode: 'follow-up', dueAt: '2026-03-12T08:30:00.000Z' })
    const call = { calledAt: '2026-03-10T08:45:00.000Z', gpSeenAt: '2026-03-10', readmitted: false }
    expect(codeOf(await move(physio.headers, home, 'follow-up', call))).toEqual([403, 'role-may-not'])
    const followed = await move(nurse.headers, home, 'follow-up', call)
    expect(followed.json()).toMatchObject({ status: 'followed_up', readmitted: false, dueAt: null })
  })

  test('the follow-up call is offered to the nurse, and not to the others who come', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { needs: two })
    const [nursing, physiotherapy] = needIds
    if (!nursing || !physiotherapy) throw new Error('Two needs were made')
    const [nurse, physio] = [await aCarer(), await aCarer('physiotherapist')]
    await acceptedBy(row.id, nursing, nurse)
    await acceptedBy(row.id, physiotherapy, physio)
    const names = async (headers: Headers) => (await get(headers, row.id)).allowedActions.map(({ action }) => action)
    expect(await names(nurse.headers)).toEqual(['follow-up'])
    expect(await names(physio.headers)).toEqual([])
    expect(await names(ward)).toEqual(expect.arrayContaining(['discharge', 'cancel', 'reschedule', 'save-need']))
  })

  test('what is missing is asked of the ward, and said', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'acknowledged' })
    const asked = (await move(coordinator, row, 'request-info', { missing: ['address'] })).json()
    expect(asked).toMatchObject({ status: 'info_requested', missing: ['address'], dueCode: 'information' })
    const said = (await move(ward, asked, 'provide-info', { note: 'Au 2e étage.' })).json()
    expect(said).toMatchObject({ status: 'acknowledged', missing: [] })
  })

  test('needs that were settled before the start are counted at the start', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, {
      status: 'acknowledged',
      needs: [{ ...aNeed(), status: 'covered' }],
    })
    expect((await move(coordinator, row, 'start')).json().status).toBe('covered')
  })
})

describe('a need by hand', () => {
  test('somebody outside the directory covers it, and the ward reads who comes', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { needs: [aNeed({ type: 'meals' })] })
    const fields = { by: 'Portage d’essai', phone: '+33556000002', firstVisitAt }
    const covered = (await moveNeed(ward, row, first(needIds), 'mark-covered-outside', fields)).json()
    expect(covered.status).toBe('covered')
    expect(covered.needs[0].coveredBy).toEqual({
      name: 'Portage d’essai',
      practicePhone: '+33556000002',
      outside: true,
    })
    const again = (await moveNeed(coordinator, covered, first(needIds), 'reopen')).json()
    expect([again.status, again.needs[0].coveredBy, again.needs[0].firstVisitAt]).toEqual(['coordinating', null, null])
  })

  test('whoever was asked is let go when the need is no longer', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const nurse = await aCarer()
    await proposeTo(row.id, first(needIds), nurse.practitionerId)
    const { version } = await get(ward, row.id)
    const dropped = (await moveNeed(ward, { id: row.id, version }, first(needIds), 'mark-not-needed')).json()
    expect([dropped.status, ...statuses(dropped)]).toEqual(['covered', 'not_needed'])
    expect((await get(coordinator, row.id)).proposals.map(({ status }) => status)).toEqual(['withdrawn'])
  })

  test('whoever had accepted is released, and no longer sees the patient', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const nurse = await aCarer()
    await acceptedBy(row.id, first(needIds), nurse)
    const { version } = await get(coordinator, row.id)
    await moveNeed(coordinator, { id: row.id, version }, first(needIds), 'reopen')
    expect((await get(coordinator, row.id)).proposals.map(({ status }) => status)).toEqual(['released'])
    const url = `/api/v1/hospital-discharges/${row.id}`
    expect((await tested.app.inject({ url, headers: nurse.headers })).statusCode).toBe(404)
  })

  test('that nobody was found is the coordination’s to say, and it may be proposed again', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    expect(codeOf(await moveNeed(ward, row, first(needIds), 'mark-unmet'))).toEqual([403, 'role-may-not'])
    const unmet = (await moveNeed(coordinator, row, first(needIds), 'mark-unmet')).json()
    expect([unmet.status, ...statuses(unmet)]).toEqual(['coordinating', 'unmet'])
    await proposeTo(row.id, first(needIds), (await aCarer()).practitionerId)
    expect(statuses(await get(coordinator, row.id))).toEqual(['proposed'])
  })

  test('a need that is added takes a covered discharge back', async () => {
    const needs = [{ ...aNeed(), status: 'covered' as const }]
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'covered', needs })
    const payload = { need: aNeed({ type: 'equipment', vital: true }), version: row.version }
    const added = (await post(ward, `/hospital-discharges/${row.id}/needs`, payload)).json()
    expect([added.status, added.priority.band]).toEqual(['partially_covered', 'P1'])
  })

  test('what a need asks for may change, its type no longer once somebody was asked', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const change = (version: number, need: object) =>
      tested.app.inject({
        method: 'PUT',
        url: `/api/v1/hospital-discharges/${row.id}/needs/${first(needIds)}`,
        headers: ward,
        payload: { need, version },
      })
    const changed = await change(row.version, aNeed({ type: 'physiotherapy', frequency: 'deux fois par semaine' }))
    expect(changed.json().needs).toMatchObject([{ type: 'physiotherapy', frequency: 'deux fois par semaine' }])
    await proposeTo(row.id, first(needIds), (await aCarer('physiotherapist')).practitionerId)
    const { version } = await get(ward, row.id)
    expect(codeOf(await change(version, aNeed()))).toEqual([422, 'invalid-field'])
  })
})

describe('proposals of a need', () => {
  test('a refusal opens the need again, a give-back too', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const [refuses, gives] = [await aCarer(), await aCarer()]
    const one = await proposeTo(row.id, first(needIds), refuses.practitionerId)
    await post(refuses.headers, `/proposals/${one.id}/decline`, { version: one.version, reason: 'no_capacity' })
    expect(await get(ward, row.id)).toMatchObject({ status: 'coordinating', needs: [{ status: 'open' }] })
    const accepted = await acceptedBy(row.id, first(needIds), gives)
    expect((await get(ward, row.id)).status).toBe('covered')
    await post(gives.headers, `/proposals/${accepted.id}/release`, { version: accepted.version, reason: 'absence' })
    expect(await get(ward, row.id)).toMatchObject({
      status: 'coordinating',
      needs: [{ status: 'open', coveredBy: null }],
    })
  })

  test('an acceptance says when the first visit is', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const nurse = await aCarer()
    const { id, version } = await proposeTo(row.id, first(needIds), nurse.practitionerId)
    expect(codeOf(await post(nurse.headers, `/proposals/${id}/acceptance`, { version }))).toEqual([
      422,
      'invalid-field',
    ])
  })

  test('the usual team answers within six hours, the others within twelve', async () => {
    const [usual, other] = [await aCarer(), await aCarer()]
    const usualTeam = [{ profession: 'nurse' as const, name: 'Alix Essai', practitionerId: usual.practitionerId }]
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { needs: two, details: { usualTeam } })
    const { expiresAt } = await proposeTo(row.id, first(needIds), usual.practitionerId)
    expect(expiresAt).toBe('2026-03-10T15:00:00.000Z')
    const stranger = await aHospitalDischarge(tested, cptsId, unitId)
    const later = await proposeTo(stranger.row.id, first(stranger.needIds), other.practitionerId)
    expect(later.expiresAt).toBe('2026-03-10T21:00:00.000Z')
  })

  test('neither a covered need nor one outside the directory is proposed', async () => {
    const needs = [{ ...aNeed(), status: 'covered' as const }, aNeed({ type: 'meals' })]
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { needs })
    const { practitionerId } = await aCarer()
    const propose = (needId: NeedId | undefined) => {
      const payload = { mode: 'direct', practitionerIds: [practitionerId], needId, version: row.version }
      return post(coordinator, `/hospital-discharges/${row.id}/proposals`, payload)
    }
    expect(codeOf(await propose(needIds[0]))).toEqual([409, 'wrong-status'])
    expect(codeOf(await propose(needIds[1]))).toEqual([422, 'invalid-field'])
    expect(codeOf(await propose(undefined))).toEqual([422, 'invalid-field'])
  })
})

describe('going home, or not', () => {
  test('a patient may go home with a need uncovered, once the ward says that it knows', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    await proposeTo(row.id, first(needIds), (await aCarer()).practitionerId)
    const before = await get(ward, row.id)
    expect(codeOf(await move(ward, before, 'discharge', going))).toEqual([422, 'uncovered-not-acknowledged'])
    const home = await move(ward, before, 'discharge', { ...going, uncoveredAcknowledged: true })
    expect(home.json()).toMatchObject({ status: 'discharged', letterSent: true, needs: [{ status: 'open' }] })
    expect((await get(coordinator, row.id)).proposals.map(({ status }) => status)).toEqual(['withdrawn'])
  })

  test('a cancelled discharge lets everybody go', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { needs: two })
    const [nursing, physiotherapy] = needIds
    if (!nursing || !physiotherapy) throw new Error('Two needs were made')
    const nurse = await aCarer()
    await acceptedBy(row.id, nursing, nurse)
    await proposeTo(row.id, physiotherapy, (await aCarer('physiotherapist')).practitionerId)
    const cancelled = await move(ward, await get(ward, row.id), 'cancel', { reason: 'transferred' })
    expect(cancelled.json()).toMatchObject({ status: 'cancelled', statusReason: 'transferred', dueAt: null })
    const { proposals } = await get(coordinator, row.id)
    expect(proposals.map(({ status }) => status).sort()).toEqual(['released', 'withdrawn'])
    const url = `/api/v1/hospital-discharges/${row.id}`
    expect((await tested.app.inject({ url, headers: nurse.headers })).statusCode).toBe(404)
  })
})

describe('what is refused', () => {
  test('another ward, another CPTS, and whoever takes no part see nothing', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    const elsewhere = await aCpts(tested)
    const strangers = [
      await someoneWho(tested, { cptsId, role: 'hospital_staff' }),
      await someoneWho(tested, { cptsId: elsewhere, role: 'coordinator' }),
      await aCarer(),
    ]
    for (const { headers } of strangers) {
      const url = `/api/v1/hospital-discharges/${row.id}`
      expect(codeOf(await tested.app.inject({ url, headers }))).toEqual([404, 'not-found'])
      expect(codeOf(await move(headers, row, 'follow-up', { calledAt: going.actualAt }))).toEqual([404, 'not-found'])
    }
  })

  test('a version that is no longer the case’s, before anything else is judged', async () => {
    const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
    const stale = { id: row.id, version: row.version + 7 }
    expect(codeOf(await move(coordinator, stale, 'acknowledge'))).toEqual([409, 'case-changed'])
    expect(codeOf(await moveNeed(coordinator, stale, first(needIds), 'reopen'))).toEqual([409, 'case-changed'])
  })

  test('who may not, and where it may not', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    expect(codeOf(await move(coordinator, row, 'discharge', { ...going, uncoveredAcknowledged: true }))).toEqual([
      403,
      'role-may-not',
    ])
    const refused = await move(coordinator, row, 'acknowledge')
    expect(codeOf(refused)).toEqual([409, 'wrong-status'])
    expect(refused.json().allowed).toEqual(['cancel'])
  })

  test('a date in the future for what has happened', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    const future = { ...going, actualAt: '2026-03-10T09:00:01.000Z', uncoveredAcknowledged: true }
    expect(codeOf(await move(ward, row, 'discharge', future))).toEqual([422, 'invalid-field'])
  })
})
