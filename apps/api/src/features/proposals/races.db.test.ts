import type { CaseId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import type { Deps } from '../../kernel/context.ts'
import { findCountDrift } from '../../kernel/counting/case-count-drift.store.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { intakeCapacities } from '../../kernel/tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import { expireProposal } from './expire-proposal.ts'

/** 20 times in an ordinary run, 200 in the continuous integration's. */
const times = Number(process.env.REPEAT ?? 20)

let tested: TestApp
let cptsId: CptsId

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())

const deps = (): Deps => ({ ...tested.deps, kinds: caseKindsOf() })

async function aDoctor(places: number | null) {
  const practitionerId = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, practitionerId, places)
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  return { practitionerId, headers }
}
type Doctor = Awaited<ReturnType<typeof aDoctor>>

const proposing = (householdSize = 1) => aGpSearch(tested, cptsId, { status: 'proposing', householdSize })

const accept = (doctor: Doctor, proposal: ProposalRow) =>
  tested.app.inject({
    method: 'POST',
    url: `/api/v1/proposals/${proposal.id}/acceptance`,
    headers: doctor.headers,
    payload: { version: proposal.version },
  })

const sendTo = async (doctors: readonly Doctor[], householdSize?: number) => {
  const row = await proposing(householdSize)
  const sent = await aRound(
    tested,
    cptsId,
    row.id,
    doctors.map(({ practitionerId }) => practitionerId),
  )
  return { row, sent }
}

const acceptedOf = (practitionerId: PractitionerId) =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(proposals)
      .where(and(eq(proposals.practitionerId, practitionerId), eq(proposals.status, 'accepted'))),
  )

const statusOf = async (id: (typeof cases.$inferSelect)['id']) => {
  const [row] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, id)))
  return row?.status
}

/** Whom each table says that the case went to. */
async function writtenAbout(id: CaseId): Promise<unknown> {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(sql`select c.status,
        array(select practitioner_id from proposals where case_id = c.id and status = 'accepted') as accepted,
        (select count(*)::int from proposals where case_id = c.id and status = 'superseded') as superseded,
        array(select practitioner_id from case_participants where case_id = c.id and part = 'accepted' and until is null) as taking_part,
        array(select practitioner_id from case_events where case_id = c.id and type = 'proposal' and action = 'accepted') as told,
        (select count(*)::int from audit_entries where case_id = c.id and action = 'proposal.accepted' and outcome = 'done') as trail
      from cases c where c.id = ${id}`),
  )
  return rows[0]
}

const codes = (answers: { statusCode: number; json(): { code?: string } }[]) =>
  answers.map((answer) => (answer.statusCode === 200 ? '200' : `${answer.statusCode} ${answer.json().code}`)).sort()

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index]
  if (item === undefined) throw new Error(`Nothing stands at ${index}`)
  return item
}

/** A second a round at the very most, on a machine that does other things as well. */
const timeout = 30_000 + times * 1500

describe(`two people at once, ${times} times`, { timeout }, () => {
  test('eight doctors accept the same patient: one has them, seven are told so, and all that is written agrees', async () => {
    const doctors: Doctor[] = []
    for (let n = 0; n < 8; n++) doctors.push(await aDoctor(100))
    for (let n = 0; n < Math.ceil(times / 5); n++) {
      const { row, sent } = await sendTo(doctors)
      const answers = await Promise.all(doctors.map((doctor, index) => accept(doctor, at(sent, index))))
      expect(codes(answers)).toEqual(['200', ...Array.from({ length: 7 }, () => '409 proposal-closed')])
      const winner = at(
        doctors,
        answers.findIndex(({ statusCode }) => statusCode === 200),
      )
      expect(await writtenAbout(row.id)).toEqual({
        status: 'matched',
        accepted: [winner.practitionerId],
        superseded: 7,
        taking_part: [winner.practitionerId],
        told: [winner.practitionerId],
        trail: 1,
      })
    }
    expect(await prepare(tested, (tx) => findCountDrift(tx))).toEqual([])
  })

  test('two doctors accept the same patient: one has them, the other is told that it is closed', async () => {
    const doctors = [await aDoctor(null), await aDoctor(null)]
    for (let n = 0; n < times; n++) {
      const { row, sent } = await sendTo(doctors)
      const answers = await Promise.all(doctors.map((doctor, index) => accept(doctor, at(sent, index))))
      expect(codes(answers)).toEqual(['200', '409 proposal-closed'])
      expect(await statusOf(row.id)).toBe('matched')
    }
  })

  test('one place left and two patients accepted at once: the place is given once', async () => {
    for (let n = 0; n < times; n++) {
      const doctor = await aQuietDoctor(1)
      const [one, other] = [await sendTo([doctor]), await sendTo([doctor])]
      const answers = await Promise.all([accept(doctor, at(one.sent, 0)), accept(doctor, at(other.sent, 0))])
      expect(codes(answers)).toEqual(['200', '409 capacity-exhausted'])
      expect(await acceptedOf(doctor.practitionerId)).toHaveLength(1)
    }
  })

  test('the same doctor taps twice: one acceptance, the same answer', async () => {
    const doctor = await aDoctor(null)
    for (let n = 0; n < times; n++) {
      const { sent } = await sendTo([doctor])
      const [first, second] = await Promise.all([accept(doctor, at(sent, 0)), accept(doctor, at(sent, 0))])
      expect([first?.statusCode, second?.statusCode]).toEqual([200, 200])
      expect(first?.json()).toEqual(second?.json())
    }
  })

  test('the clock runs out while the doctor accepts: accepted or expired, never both', async () => {
    const doctor = await aDoctor(null)
    // The job's clock is a little ahead: for it every proposal is over, for the doctor every second one still runs.
    const late: Deps = { ...deps(), now: () => new Date(Date.now() + 10_000) }
    const seen = { accepted: 0, expired: 0 }
    for (let n = 0; n < times; n++) {
      const row = await proposing()
      const expiresAt = new Date(Date.now() + (n % 2 === 0 ? 5000 : -1))
      const [proposal] = await aRound(tested, cptsId, row.id, [doctor.practitionerId], { expiresAt })
      if (!proposal) throw new Error('A round was made without a proposal')
      const [answer, expired] = await Promise.all([accept(doctor, proposal), expireProposal(late, cptsId, proposal.id)])
      const isAccepted = answer.statusCode === 200
      if (!isAccepted) expect(answer.json()).toMatchObject({ status: 409, code: 'proposal-closed' })
      expect(expired).toBe(!isAccepted)
      expect(await statusOf(row.id)).toBe(isAccepted ? 'matched' : 'eligible')
      seen[isAccepted ? 'accepted' : 'expired'] += 1
    }
    // The first comer differs from run to run; a clock that has run out never lets anybody in.
    expect(seen.expired).toBeGreaterThanOrEqual(Math.floor(times / 2))
  })

  test('the doctor sets zero places while accepting: taken before or refused, never below zero', async () => {
    for (let n = 0; n < times; n++) {
      const doctor = await aQuietDoctor(1)
      const { sent } = await sendTo([doctor])
      const closing = tested.app.inject({
        method: 'PUT',
        url: `/api/v1/practitioners/${doctor.practitionerId}/intake-capacity`,
        headers: doctor.headers,
        payload: {
          places: 0,
          municipalities: [],
          accepts: { homeVisits: false, children: true, longTerm: true, newPatients: true },
          version: 1,
        },
      })
      const [answer, closed] = await Promise.all([accept(doctor, at(sent, 0)), closing])
      expect(closed.statusCode).toBe(200)
      const taken = await acceptedOf(doctor.practitionerId)
      const [capacity] = await prepare(tested, (tx) =>
        tx.select().from(intakeCapacities).where(eq(intakeCapacities.practitionerId, doctor.practitionerId)),
      )
      expect(capacity?.places).toBe(0)
      expect(taken.filter(({ capacityPeriod }) => capacityPeriod === capacity?.period)).toHaveLength(0)
      expect(taken).toHaveLength(answer.statusCode === 200 ? 1 : 0)
    }
  })

  test('a household of four never fits into three places, whoever comes with it', async () => {
    for (let n = 0; n < times; n++) {
      const doctor = await aQuietDoctor(3)
      const family = await sendTo([doctor], 4)
      const alone = await sendTo([doctor], 2)
      const answers = await Promise.all([accept(doctor, at(family.sent, 0)), accept(doctor, at(alone.sent, 0))])
      expect(codes(answers)).toEqual(['200', '409 capacity-exhausted'])
      const places = (await acceptedOf(doctor.practitionerId)).reduce((sum, { placesTaken }) => sum + placesTaken, 0)
      expect(places).toBe(2)
      expect(await statusOf(family.row.id)).toBe('proposing')
    }
  })
})

/** One person signs in for many entries in turn: a password costs more to check than the race it prepares. */
let quiet: Promise<Doctor> | undefined
async function aQuietDoctor(places: number): Promise<Doctor> {
  quiet ??= aDoctor(null)
  const doctor = await quiet
  await prepare(tested, async (tx) => {
    await tx.update(proposals).set({ status: 'released' }).where(eq(proposals.practitionerId, doctor.practitionerId))
    await tx
      .update(intakeCapacities)
      .set({ places, period: 1, version: 1, declaredAt: tested.deps.now() })
      .where(eq(intakeCapacities.practitionerId, doctor.practitionerId))
  })
  return doctor
}
