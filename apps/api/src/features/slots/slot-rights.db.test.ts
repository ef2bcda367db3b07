import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { type DelegationRight, delegationRights } from '@maillage/contracts/roles'
import type { FreeSlots } from '@maillage/contracts/slots/care-slots'
import type { DaySlot, SlotVisibility } from '@maillage/contracts/slots/slots'
import { slotVisibilities } from '@maillage/contracts/slots/slots'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aSecretary } from '../../../test/builders/a-delegation.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { aSlot } from '../../../test/builders/some-slots.ts'
import { caseParticipants } from '../../kernel/tables/case.table.ts'

type Headers = { authorization: string }

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
const hoursOn = (hours: number) => new Date(monday.getTime() + hours * 3_600_000)
let tested: TestApp
let cptsId: CptsId
let doctorId: PractitionerId
let doctor: Headers
let ana: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  doctorId = await aPractitioner(tested, cptsId)
  doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })).headers
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
const of = (rest: string, id: PractitionerId = doctorId) => `/practitioners/${id}${rest}`
const common = {
  time: '14:00',
  durationMinutes: 20,
  count: 1,
  capacity: 1,
  mode: 'practice',
  visibility: ['SNP'],
}
const rule = { days: ['tue'], everyWeeks: 1, excluded: [], onClosedDays: false, ...common }

/** Everything that somebody who keeps a doctor's slots may do, with what each answers. */
async function everyAct(headers: Headers, id = doctorId): Promise<number[]> {
  const slot = await aSlot(tested, cptsId, id, hoursOn(24 * 40))
  const series = (await call(doctor, 'POST', of('/slot-series'), { ...rule, from: '2026-06-08' })).json().series
  const kept = series ?? { id: crypto.randomUUID(), version: 1 }
  const answers = [
    await call(headers, 'GET', of('/slots?from=2026-06-08', id)),
    await call(headers, 'POST', of('/slots', id), { day: '2026-06-10', ...common }),
    await call(headers, 'POST', of('/slot-series', id), { ...rule, days: ['fri'], from: '2026-06-08' }),
    await call(headers, 'PUT', of(`/slot-series/${kept.id}`, id), { ...rule, time: '15:00', version: kept.version }),
    await call(headers, 'POST', of(`/slot-series/${kept.id}/end`, id), { version: kept.version + 1 }),
    await call(headers, 'POST', of('/slots/closing', id), { closed: true, slots: [{ id: slot.id, version: 1 }] }),
    await call(headers, 'GET', of('/calendar-feed', id)),
    await call(headers, 'POST', of('/calendar-feed', id)),
  ]
  return answers.map(({ statusCode }) => statusCode)
}

describe('a secretary', () => {
  const change = (secretary: { delegations: readonly string[] }, rights: readonly DelegationRight[]) =>
    call(doctor, 'PUT', `/delegations/${secretary.delegations[0]}`, { rights, version: 1 })

  test('keeps the slots of the doctor who gave that right, and each act says for whom', async () => {
    const secretary = await aSecretary(tested, cptsId, [doctorId])
    expect((await change(secretary, ['slots'])).statusCode).toBe(200)
    expect(await everyAct(secretary.headers)).toEqual([200, 201, 201, 200, 200, 204, 200, 201])
    const { rows } = await prepare(tested, (tx) =>
      tx.execute(sql`select distinct role, on_behalf_of from audit_entries
        where cpts_id = ${cptsId} and action like 'slot%' and role = 'secretary'`),
    )
    expect(rows).toEqual([{ role: 'secretary', on_behalf_of: doctorId }])
  })

  test('does nothing of it with every other right, nor for another doctor, nor at the desk', async () => {
    const secretary = await aSecretary(tested, cptsId, [doctorId])
    await change(
      secretary,
      delegationRights.filter((right) => right !== 'slots'),
    )
    expect(new Set(await everyAct(secretary.headers))).toEqual(new Set([403]))
    const trusted = await aSecretary(tested, cptsId, [doctorId])
    const other = await aPractitioner(tested, cptsId)
    expect(new Set(await everyAct(trusted.headers, other))).toEqual(new Set([403]))
    expect((await call(trusted.headers, 'GET', '/slots')).statusCode).toBe(403)
  })

  test('whose right is taken away does nothing more, whatever the token says', async () => {
    const secretary = await aSecretary(tested, cptsId, [doctorId])
    await change(secretary, ['answer-proposals'])
    const { statusCode } = await call(secretary.headers, 'POST', of('/slots'), { day: '2026-06-10', ...common })
    expect(statusCode).toBe(403)
  })

  test('never reads which slots are free for a patient, nor takes one', async () => {
    const secretary = await aSecretary(tested, cptsId, [doctorId])
    const row = await aTriagedCare()
    const slot = await aSlot(tested, cptsId, doctorId, hoursOn(2))
    const path = `/unscheduled-cares/${row.id}`
    expect((await call(secretary.headers, 'GET', `${path}/free-slots`)).statusCode).toBe(403)
    expect((await call(secretary.headers, 'PUT', `${path}/slot-hold`, { slotId: slot.id })).statusCode).toBe(403)
  })
})

const aTriagedCare = (where = cptsId) =>
  anUnscheduledCare(tested, where, {
    status: 'triaged',
    care: { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' },
  })

/** Somebody of each role who may ask for a patient, taking part in the request. */
async function aReader(
  role: 'practitioner' | 'requester' | 'hospital_staff',
  caseId: string,
  healthProfessional = false,
) {
  const ward = role === 'hospital_staff' ? await aUnit(tested, cptsId) : undefined
  const units = ward ? { unitIds: [ward.unitId] } : {}
  const who = await someoneWho(tested, { cptsId, role, isHealthProfessional: healthProfessional, ...units })
  await prepare(tested, (tx) =>
    tx.insert(caseParticipants).values({
      cptsId,
      id: crypto.randomUUID(),
      // The row that was just made.
      caseId: caseId as typeof caseParticipants.$inferInsert.caseId,
      part: 'requester',
      ...(ward ? { unitId: ward.unitId } : { accountId: who.accountId }),
      since: monday,
    }),
  )
  return who.headers
}

describe('a slot', () => {
  const shownTo: Record<SlotVisibility, readonly string[]> = {
    CPTS: ['coordinator', 'practitioner'],
    PRO: ['coordinator', 'practitioner', 'health requester', 'ward'],
    SNP: ['coordinator'],
    PUBLIC: ['coordinator', 'practitioner', 'health requester', 'requester', 'ward'],
  }

  test.each(slotVisibilities)('shown to %s is read by those alone, here', async (visibility) => {
    const row = await aTriagedCare()
    const slot = await aSlot(tested, cptsId, doctorId, hoursOn(2), { visibility: [visibility] })
    const readers: Record<string, Headers> = {
      coordinator: ana,
      practitioner: await aReader('practitioner', row.id),
      'health requester': await aReader('requester', row.id, true),
      requester: await aReader('requester', row.id),
      ward: await aReader('hospital_staff', row.id),
    }
    const seeing: string[] = []
    for (const [name, headers] of Object.entries(readers)) {
      const answer = await call(headers, 'GET', `/unscheduled-cares/${row.id}/free-slots`)
      if (answer.statusCode === 200 && answer.json<FreeSlots>().items.some(({ id }) => id === slot.id))
        seeing.push(name)
    }
    expect(seeing).toEqual(shownTo[visibility])
  })

  test.each(slotVisibilities)('of a neighbouring CPTS, shown to %s there, is nobody’s here', async (visibility) => {
    const elsewhere = await aCpts(tested)
    const theirDoctor = await aPractitioner(tested, elsewhere)
    const theirs = await aSlot(tested, elsewhere, theirDoctor, hoursOn(2), { visibility: [visibility] })
    const row = await aTriagedCare()
    const path = `/unscheduled-cares/${row.id}`
    expect((await call(ana, 'GET', `${path}/free-slots`)).json().items).toEqual([])
    expect((await call(ana, 'PUT', `${path}/slot-hold`, { slotId: theirs.id })).json().code).toBe('slot-taken')
    const booking = { practitionerId: doctorId, appointmentAt: theirs.startsAt.toISOString(), slotId: theirs.id }
    const booked = await call(ana, 'POST', `${path}/moves`, { action: 'book', version: row.version, ...booking })
    expect([booked.statusCode, booked.json().code]).toEqual([409, 'slot-taken'])
    const day = (await call(ana, 'GET', '/slots?day=2026-06-08')).json()
    expect(day.items.map(({ id }: DaySlot) => id)).not.toContain(theirs.id)
    expect((await call(ana, 'GET', of('/slots?from=2026-06-08', theirDoctor))).statusCode).toBe(404)
    const close = { closed: true, slots: [{ id: theirs.id, version: 1 }] }
    expect((await call(ana, 'POST', of('/slots/closing'), close)).statusCode).toBe(404)
  })
})
