import { CaseId, type CptsId, type PatientId, type UnitId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aHealthNumber } from '../../../test/builders/a-health-number.ts'
import { aDischargeRequest } from '../../../test/builders/a-hospital-discharge.ts'
import { aDescription, aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { idempotencyKeys } from '../../platform/session.table.ts'

const now = new Date('2026-03-10T09:00:00Z')
let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Record<string, string>
let coordinator: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now, acceptedHealthIds: ['test'] })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

const open = (over: object, headers = ward) =>
  tested.app.inject({
    method: 'POST',
    url: '/api/v1/hospital-discharges',
    headers,
    payload: aDischargeRequest(unitId, now, over),
  })
const caseOf = async (id: string) =>
  (
    await prepare(tested, (tx) =>
      tx
        .select()
        .from(cases)
        .where(eq(cases.id, CaseId.parse(id))),
    )
  )[0]
const identityOf = async (id: PatientId) =>
  (await tested.app.inject({ url: `/api/v1/patients/${id}/identity`, headers: coordinator })).json()
const record = (id: PatientId, nationalHealthId: object) =>
  tested.app.inject({
    method: 'PUT',
    url: `/api/v1/patients/${id}/identity`,
    headers: coordinator,
    payload: { status: 'qualified', nationalHealthId, version: 1 },
  })

describe('a number given with a discharge', () => {
  test('is kept for the patient, and told to nobody', async () => {
    const given = aHealthNumber(1)
    const answer = await open({ nationalHealthId: given })
    expect(answer.statusCode).toBe(201)
    expect(answer.body).not.toContain(given.number)
    const row = await caseOf(answer.json().id)
    expect(row && (await identityOf(row.patientId))).toMatchObject({
      status: 'qualified',
      ending: given.number.slice(-2),
    })
  })

  test('makes the case of somebody known look alike, whatever the names; the ward is told nothing', async () => {
    const given = aHealthNumber(2)
    const known = await aPatient(tested, cptsId, { birthName: 'Wolff', firstName: 'Igor', sex: 'male' })
    await record(known.id, given)
    const answer = await open({ nationalHealthId: given })
    expect(answer.statusCode).toBe(201)
    expect(answer.body).not.toContain(known.id)
    expect(await caseOf(answer.json().id)).toMatchObject({ lookAlike: true })
  })

  test('stops a coordinator on the person who bears it, even one said to be somebody else', async () => {
    const given = aHealthNumber(3)
    const known = await aPatient(tested, cptsId, { birthName: 'Wolff', firstName: 'Igor', sex: 'male' })
    await record(known.id, given)
    const answer = await open({ nationalHealthId: given, confirmNotDuplicate: true }, coordinator)
    expect(answer.statusCode).toBe(409)
    const [alike] = answer.json().lookAlikes
    expect(alike).toMatchObject({ patientId: known.id, score: 100 })
    expect(alike.sameTraits).toContain('nationalHealthId')
    expect((await open({ patient: { id: known.id }, nationalHealthId: given }, coordinator)).statusCode).toBe(201)
  })

  test('is refused for a file that bears another: two numbers are two people', async () => {
    const known = await aPatient(tested, cptsId)
    await record(known.id, aHealthNumber(4))
    const answer = await open({ patient: { id: known.id }, nationalHealthId: aHealthNumber(5) }, coordinator)
    expect(answer.json().code).toBe('numbers-differ')
    expect(await identityOf(known.id)).toMatchObject({ ending: aHealthNumber(4).number.slice(-2) })
  })

  test('of a real person is refused where the demo stands', async () => {
    const answer = await open({ nationalHealthId: { ...aHealthNumber(6), authority: 'nir' } })
    expect(answer.json().errors).toEqual([{ pointer: '/nationalHealthId/authority', code: 'not-accepted' }])
  })

  test('is asked by no other opening: a description has no place for it', async () => {
    const answer = await open({ patient: { ...aDescription(), nationalHealthId: aHealthNumber(7) } })
    expect(answer.statusCode).toBe(422)
  })

  test('leaves nothing in what is kept to answer again', async () => {
    const given = aHealthNumber(8)
    const answer = await tested.app.inject({
      method: 'POST',
      url: '/api/v1/hospital-discharges',
      headers: { ...ward, 'idempotency-key': 'sortie-avec-matricule' },
      payload: aDischargeRequest(unitId, now, { nationalHealthId: given }),
    })
    expect(answer.statusCode).toBe(201)
    const rows = await prepare(tested, (tx) =>
      tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.cptsId, cptsId)),
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(given.number)
  })
})

test('two records whose numbers differ are not merged, whoever bears one alone lends it', async () => {
  const [one, two, three] = [
    await aPatient(tested, cptsId),
    await aPatient(tested, cptsId),
    await aPatient(tested, cptsId),
  ]
  await record(one.id, aHealthNumber(10))
  await record(two.id, aHealthNumber(11))
  const call = async (path: string, payload: object) =>
    (await tested.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: coordinator, payload })).json()
  const merge = async (kept: PatientId, other: PatientId, seen: [number, number]) => {
    const pair = await call('/duplicates', { patientIds: [kept, other] })
    return call(`/duplicates/${pair.id}/merge`, { version: pair.version, keptId: kept, seen })
  }
  expect(await merge(one.id, two.id, [2, 2])).toMatchObject({ code: 'numbers-differ' })
  expect(await merge(three.id, two.id, [1, 2])).toMatchObject({ keptId: three.id })
  expect(await identityOf(three.id)).toMatchObject({ status: 'qualified', ending: aHealthNumber(11).number.slice(-2) })
  const search = await call('/patients/search', { q: aHealthNumber(11).number })
  expect(search.items.map(({ id }: { id: string }) => id)).toEqual([three.id])
})
