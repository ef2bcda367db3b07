import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CptsId, UnitId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aHospitalDischarge, aNeed, dischargeDetails } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import { outbox } from '../../kernel/tables/outbox.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import { updateNeed } from './hospital-discharge.store.ts'
import { escalateDischarges } from './watch/escalate-discharges.ts'

const HOUR = 3_600_000
const now = new Date('2026-03-10T09:00:00Z')
const hoursOn = (hours: number) => new Date(now.getTime() + hours * HOUR)

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

const reschedule = (headers: Record<string, string>, row: { id: string; version: number }, hours: number) =>
  tested.app.inject({
    method: 'POST',
    url: `/api/v1/hospital-discharges/${row.id}/reschedule`,
    headers,
    payload: { expectedDischargeAt: hoursOn(hours).toISOString(), reason: 'medical', version: row.version },
  })
const read = async (row: { id: string }): Promise<HospitalDischarge> =>
  (await tested.app.inject({ url: `/api/v1/hospital-discharges/${row.id}`, headers: coordinator })).json()
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code]

/** A discharge in a week whose only need a nurse has accepted. */
async function accepted(): Promise<{ row: CaseRow; proposal: ProposalRow; headers: Record<string, string> }> {
  const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'covered' })
  const [needId] = needIds
  if (!needId) throw new Error('A need was made')
  const coveredById = await aPractitioner(tested, cptsId, { profession: 'nurse' })
  const firstVisitAt = hoursOn(180)
  const answered = { status: 'accepted', needId, firstVisitAt } as const
  const [proposal] = await aRound(tested, cptsId, row.id, [coveredById], answered)
  if (!proposal) throw new Error('A proposal was made')
  await prepare(tested, (tx) =>
    updateNeed(tx, { cptsId, id: needId }, { status: 'covered', coveredById, firstVisitAt }),
  )
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: coveredById })
  return { row, proposal, headers }
}
const proposalOf = async (row: CaseRow) => {
  const [found] = await prepare(tested, (tx) => tx.select().from(proposals).where(eq(proposals.caseId, row.id)))
  return found
}

describe('a date that moves', () => {
  test('by a day, every promise holds', async () => {
    const { row } = await accepted()
    const moved = (await reschedule(ward, row, 192)).json()
    expect(moved).toMatchObject({
      status: 'covered',
      details: { expectedDischargeAt: hoursOn(192).toISOString() },
      dueAt: hoursOn(192).toISOString(),
      needs: [{ status: 'covered', reconfirmationPending: false }],
    })
    expect(await proposalOf(row)).toMatchObject({ reconfirmation: 'none' })
  })

  test.each([120, 240])('to %s hours from now, whoever accepted is asked again', async (hours) => {
    const { row, proposal } = await accepted()
    const moved = (await reschedule(ward, row, hours)).json()
    expect(moved).toMatchObject({
      status: 'coordinating',
      dueCode: 'proposal-answer',
      dueAt: hoursOn(hours / 2).toISOString(),
      needs: [{ status: 'proposed', reconfirmationPending: true, coveredBy: { name: 'Dr Alix Essai' } }],
    })
    const reconfirmBy = hoursOn(hours / 2)
    expect(await proposalOf(row)).toMatchObject({ reconfirmation: 'pending', reconfirmBy, status: 'accepted' })
    const checks = await prepare(tested, (tx) =>
      tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.cptsId, cptsId), eq(outbox.topic, 'check-reconfirmation'))),
    )
    expect(checks.filter(({ payload }) => payload.proposalId === proposal.id).map(({ runAt }) => runAt)).toEqual([
      reconfirmBy,
    ])
  })

  test('the care that was asked for starts as long after the return home as before', async () => {
    const { row } = await accepted()
    const before = await read(row)
    const after = (await reschedule(ward, row, 240)).json()
    const shiftMs = Date.parse(after.details.expectedDischargeAt) - Date.parse(before.details.expectedDischargeAt)
    const starts = ({ needs }: HospitalDischarge) => needs.map(({ startAt }) => Date.parse(startAt))
    expect(shiftMs).toBe(72 * HOUR)
    expect(starts(after)).toEqual(starts(before).map((start) => start + shiftMs))
  })

  test('the nurse who still comes covers the need again, at a new first visit', async () => {
    const { row, proposal, headers } = await accepted()
    await reschedule(coordinator, row, 240)
    const firstVisitAt = hoursOn(250).toISOString()
    const answer = await tested.app.inject({
      method: 'POST',
      url: `/api/v1/proposals/${proposal.id}/reconfirmation`,
      headers,
      payload: { answer: 'confirmed', version: proposal.version + 1, firstVisitAt },
    })
    expect(answer.statusCode).toBe(200)
    expect(await read(row)).toMatchObject({
      status: 'covered',
      needs: [{ status: 'covered', reconfirmationPending: false, firstVisitAt }],
    })
  })

  test('the nurse who no longer comes opens the need again', async () => {
    const { row, proposal, headers } = await accepted()
    await reschedule(coordinator, row, 240)
    const payload = { answer: 'released', version: proposal.version + 1 }
    const url = `/api/v1/proposals/${proposal.id}/reconfirmation`
    expect((await tested.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(200)
    expect(await read(row)).toMatchObject({ status: 'coordinating', needs: [{ status: 'open', coveredBy: null }] })
  })

  test('a need that waits for its nurse is proposed to nobody else', async () => {
    const { row, proposal } = await accepted()
    const { version } = (await reschedule(coordinator, row, 240)).json()
    const other = await aPractitioner(tested, cptsId, { profession: 'nurse', practicePhone: '+33556000003' })
    const payload = { mode: 'direct', practitionerIds: [other], needId: proposal.needId, version }
    const url = `/api/v1/hospital-discharges/${row.id}/proposals`
    expect(codeOf(await tested.app.inject({ method: 'POST', url, headers: coordinator, payload }))).toEqual([
      409,
      'proposal-already-live',
    ])
  })

  test('not once the patient is home, not into the past, not by another ward, not from a stale page', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'discharged' })
    expect(codeOf(await reschedule(ward, row, 200))).toEqual([409, 'wrong-status'])
    const open = (await aHospitalDischarge(tested, cptsId, unitId)).row
    expect(codeOf(await reschedule(ward, open, -1))).toEqual([422, 'invalid-field'])
    expect(codeOf(await reschedule(ward, { ...open, version: 9 }, 200))).toEqual([409, 'case-changed'])
    const stranger = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
    expect(codeOf(await reschedule(stranger.headers, open, 200))).toEqual([404, 'not-found'])
  })
})

describe('details that change', () => {
  const change = (row: CaseRow, over: Parameters<typeof dischargeDetails>[2]) =>
    tested.app.inject({
      method: 'PUT',
      url: `/api/v1/hospital-discharges/${row.id}/details`,
      headers: ward,
      payload: { details: dischargeDetails(unitId, now, over), version: row.version },
    })

  test('the priority is computed anew, and a lost médecin traitant opens a search', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    const changed = await change(row, { livesAlone: true, hasGp: false })
    expect([changed.statusCode, changed.json().details.livesAlone]).toEqual([200, true])
    const seen = await read(row)
    expect(seen.priority.score).toBe(row.score + 10)
    expect(seen.linkedCases).toMatchObject([{ kind: 'gp-search' }])
  })

  test('a search that was closed since is not opened again by a correction', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { details: { hasGp: false } })
    expect((await change(row, { hasGp: false, gir: 4 })).statusCode).toBe(200)
    expect((await read(row)).linkedCases).toEqual([])
  })

  test('the date moves by rescheduling alone', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    const answer = await change(row, { hoursLeft: 300 })
    expect(answer.json().errors).toEqual([{ pointer: '/details/expectedDischargeAt', code: 'reschedule' }])
  })
})

describe('what time brings', () => {
  const tend = (hours: number) => {
    const deps = { ...tested.deps, kinds: caseKindsOf(), now: () => hoursOn(hours) }
    return escalateDischarges(deps, cptsId)
  }
  const header = async (row: CaseRow) => {
    const [found] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, row.id)))
    if (!found) throw new Error('The case is there')
    return found
  }

  test('an uncovered need is alerted 48 hours before and escalated 12 hours before, once each', async () => {
    const { row } = await aHospitalDischarge(tested, cptsId, unitId)
    expect((await tend(119))['coverage-alert']).not.toContain(row.id)
    expect((await tend(120))['coverage-alert']).toContain(row.id)
    expect(await header(row)).toMatchObject({ bandRank: 2, escalatedAt: null })
    expect((await tend(121))['coverage-alert']).not.toContain(row.id)
    expect((await tend(155)).escalate).not.toContain(row.id)
    expect((await tend(156)).escalate).toContain(row.id)
    expect(await header(row)).toMatchObject({
      bandRank: 1,
      escalatedAt: hoursOn(156),
      escalationReason: 'need-uncovered',
    })
    expect((await tend(157)).escalate).not.toContain(row.id)
  })

  test('a covered discharge only rises, and nobody’s open page becomes stale', async () => {
    const needs = [{ ...aNeed(), status: 'covered' as const }]
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'covered', needs })
    const told = await tend(160)
    expect(Object.values(told).flat()).not.toContain(row.id)
    expect(await header(row)).toMatchObject({ bandRank: 1, escalatedAt: null, version: row.version })
  })

  test('a later date ends an escalation', async () => {
    const escalated = { escalatedAt: now, escalationReason: 'need-uncovered' }
    const { row } = await aHospitalDischarge(tested, cptsId, unitId, { ...escalated, details: { hoursLeft: 10 } })
    const moved = (await reschedule(ward, row, 100)).json()
    expect([moved.escalatedAt, moved.priority.band]).toEqual([null, 'P3'])
  })

  test('a promise that nobody confirmed is told, once', async () => {
    const { row } = await accepted()
    await reschedule(coordinator, row, 240)
    expect((await tend(119))['reconfirmation-unanswered']).not.toContain(row.id)
    expect((await tend(120))['reconfirmation-unanswered']).toContain(row.id)
    expect((await tend(121))['reconfirmation-unanswered']).not.toContain(row.id)
  })
})
