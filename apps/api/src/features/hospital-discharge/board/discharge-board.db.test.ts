import type { DischargeBoard, ReschedulePreview } from '@maillage/contracts/discharges/discharge-board'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CptsId, UnitId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aHospitalDischarge, aNeed } from '../../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { updateNeed } from '../hospital-discharge.store.ts'

const HOUR = 3_600_000
const now = new Date('2026-03-10T09:00:00Z')
const hoursOn = (hours: number) => new Date(now.getTime() + hours * HOUR)

type Headers = Record<string, string>
let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Headers
let coordinator: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId, 'Orthopédie')).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterAll(() => tested.close())

const get = (path: string, headers: Headers) =>
  tested.app.inject({ url: `/api/v1/hospital-discharges${path}`, headers })
const boardOf = async (headers = coordinator, query = ''): Promise<DischargeBoard> =>
  (await get(`/board${query}`, headers)).json()
const cardOf = async (id: string) => (await boardOf()).items.find((card) => card.id === id)
const reschedule = (row: { id: string; version: number }, hours: number) =>
  tested.app.inject({
    method: 'POST',
    url: `/api/v1/hospital-discharges/${row.id}/reschedule`,
    headers: ward,
    payload: { expectedDischargeAt: hoursOn(hours).toISOString(), reason: 'medical', version: row.version },
  })
const preview = (id: string, hours: number, headers = ward) =>
  get(`/${id}/reschedule-preview?expectedDischargeAt=${hoursOn(hours).toISOString()}`, headers)

/** A discharge in three days: a nurse with an account has accepted, meals come from outside, nobody for the third need. */
async function partlyCovered() {
  const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, {
    status: 'partially_covered',
    details: { hoursLeft: 72 },
    needs: [aNeed(), aNeed({ type: 'meals' }), aNeed({ type: 'physiotherapy' })],
  })
  const [nursing, meals] = needIds
  if (!nursing || !meals) throw new Error('Needs were made')
  const coveredById = await aPractitioner(tested, cptsId, { profession: 'nurse' })
  await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: coveredById })
  const firstVisitAt = hoursOn(80)
  await aRound(tested, cptsId, row.id, [coveredById], { status: 'accepted', needId: nursing, firstVisitAt })
  await prepare(tested, async (tx) => {
    await updateNeed(tx, { cptsId, id: nursing }, { status: 'covered', coveredById, firstVisitAt })
    const outside = { coveredByName: 'Portage d’essai', coveredByPhone: '+33556000009', firstVisitAt }
    await updateNeed(tx, { cptsId, id: meals }, { status: 'covered', ...outside })
  })
  return { row, nursing }
}

describe('the board', () => {
  test('tells each discharge not yet home with its needs and who comes, as the page of the discharge does', async () => {
    const { row, nursing } = await partlyCovered()
    const card = await cardOf(row.id)
    expect(card).toMatchObject({ reference: row.reference, isNew: true, movedFrom: null, version: row.version })
    const page: HospitalDischarge = (await get(`/${row.id}`, coordinator)).json()
    expect(
      card?.needs.map(({ id, type, status, carer, firstVisitAt }) => [id, type, status, carer, firstVisitAt]),
    ).toEqual(
      page.needs.map((need) => [need.id, need.type, need.status, need.coveredBy?.name ?? null, need.firstVisitAt]),
    )
    expect(card?.needs.find(({ id }) => id === nursing)?.firstVisitAt).toBe(hoursOn(80).toISOString())
    expect([card?.unit.name, card?.expectedDischargeAt]).toEqual(['Orthopédie', page.details.expectedDischargeAt])
  })

  test('stands in the order of the dates, late ones first, and may begin later', async () => {
    const late = await aHospitalDischarge(tested, cptsId, unitId, { details: { hoursLeft: -3 } })
    const far = await aHospitalDischarge(tested, cptsId, unitId, { details: { hoursLeft: 400 } })
    const dates = (await boardOf()).items.map(({ expectedDischargeAt }) => expectedDischargeAt)
    expect(dates).toEqual([...dates].sort())
    expect((await boardOf()).items[0]?.id).toBe(late.row.id)
    const later = (await boardOf(coordinator, '?from=2026-03-20')).items.map(({ id }) => id)
    expect(later).toEqual([far.row.id])
  })

  test('says what moved and what was cancelled since yesterday', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { details: { hoursLeft: 96 } })
    await reschedule(row, 48)
    expect(await cardOf(row.id)).toMatchObject({ movedFrom: hoursOn(96).toISOString() })
    const { row: gone } = await aHospitalDischarge(tested, cptsId, unitId)
    await tested.app.inject({
      method: 'POST',
      url: `/api/v1/hospital-discharges/${gone.id}/moves`,
      headers: ward,
      payload: { action: 'cancel', reason: 'stay_extended', version: gone.version },
    })
    expect(await cardOf(gone.id)).toBeUndefined()
    expect((await boardOf()).cancelled).toMatchObject([{ id: gone.id, reason: 'stay_extended' }])
  })

  test('is the coordination’s, and each CPTS has its own', async () => {
    expect((await get('/board', ward)).statusCode).toBe(403)
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await boardOf(elsewhere.headers)).items).toEqual([])
  })
})

describe('the consequences of another date', () => {
  test.each([90, 120, 30])('told for %i hours from now are those that follow', async (hours) => {
    const { row } = await partlyCovered()
    const told: ReschedulePreview = (await preview(row.id, hours)).json()
    const after: HospitalDischarge = (await reschedule(row, hours)).json()
    expect(told.needs.map(({ needId, becomes, startAt }) => [needId, becomes, startAt])).toEqual(
      after.needs.map(({ id, status, startAt }) => [id, status, startAt]),
    )
    expect(told.needs.map(({ answer }) => answer === 'reconfirm')).toEqual(
      after.needs.map(({ reconfirmationPending }) => reconfirmationPending),
    )
    expect(told.coveredAfter).toBe(after.needs.filter(({ status }) => status === 'covered').length)
  })

  test('name whom to call, and a visit promised before the return home', async () => {
    const { row } = await partlyCovered()
    const told: ReschedulePreview = (await preview(row.id, 120)).json()
    expect(told).toMatchObject({ asksAgain: true, coveredBefore: 2, coveredAfter: 1, wanted: 3, escalates: false })
    expect(told.needs.map(({ answer, byPhone, visitTooEarly }) => [answer, byPhone, visitTooEarly])).toEqual([
      ['reconfirm', false, true],
      ['told', true, true],
      ['none', false, false],
    ])
    expect((await preview(row.id, 6)).json().escalates).toBe(true)
    const { rows } = await prepare(tested, (tx) =>
      tx.execute(sql`select role from audit_entries
        where case_id = ${row.id} and action = 'hospital-discharge.reschedule-preview'`),
    )
    expect(rows).toEqual([{ role: 'hospital_staff' }, { role: 'hospital_staff' }])
  })

  test('are told to who may move it, for a date to come', async () => {
    const { row } = await partlyCovered()
    expect((await preview(row.id, -1)).json()).toMatchObject({ code: 'invalid-field' })
    const other = (await someoneWho(tested, { cptsId, role: 'hospital_staff' })).headers
    expect((await preview(row.id, 90, other)).statusCode).toBe(404)
    const nurse = (await someoneWho(tested, { cptsId, role: 'practitioner' })).headers
    expect((await preview(row.id, 90, nurse)).statusCode).toBe(403)
    expect((await get(`/${row.id}`, ward)).json().version).toBe(row.version)
  })
})
