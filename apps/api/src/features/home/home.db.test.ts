import { type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHospitalDischarge, aNeed } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { coordinatorAbsences } from '../../kernel/tables/coordinator-absence.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
// Monday 2 March 2026, ten in the morning in Paris.
const monday = new Date('2026-03-02T09:00:00Z')
let now = monday

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(async () => {
  await tested.close()
})
beforeEach(async () => {
  now = monday
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000)
const get = (url: string, headers = ana.headers) => tested.app.inject({ url: `/api/v1${url}`, headers })
const home = async (headers = ana.headers) => (await get('/home', headers)).json()
const countOf = async (query: string): Promise<number> =>
  (await get(`/worklist?limit=200&${query}`)).json().items.length
/** As PostgreSQL writes it: no thousandths when there are none. */
const instantOf = (at: Date): string => at.toISOString().replace('.000Z', 'Z')
const queued = (at: Date) => ({ queueAt: at.toISOString(), dueAt: at })

describe('the four figures', () => {
  test('each is what the queue lists under the filters of its link', async () => {
    await aGpSearch(tested, cptsId, { ...queued(hours(-30)), status: 'eligible', ownerId: ana.accountId })
    await aGpSearch(tested, cptsId, { ...queued(hours(-1)), ownerId: ana.accountId })
    await aGpSearch(tested, cptsId, queued(hours(3)))
    await aGpSearch(tested, cptsId, { ...queued(hours(30)), status: 'eligible' })
    const closed = { status: 'closed_no_solution', kind: 'unscheduled-care', isOpen: false } as const
    await aGpSearch(tested, cptsId, { ...closed, closedAt: hours(-24) })
    await aGpSearch(tested, cptsId, { ...closed, closedAt: hours(-24 * 40) })
    const { figures } = await home()
    expect(figures).toEqual({
      late: await countOf('due=late'),
      oldestLateAt: instantOf(hours(-30)),
      dueToday: await countOf('due=today'),
      new: await countOf('status=submitted'),
      newUnowned: await countOf('status=submitted&owner=none'),
      unmet: await countOf('status=closed_no_solution'),
      unmetRecent: 1,
    })
    expect(figures).toMatchObject({ late: 2, dueToday: 1, new: 2, newUnowned: 1, unmet: 2 })
    const counts = (await get('/worklist/counts')).json()
    expect([counts.late, counts.dueToday]).toEqual([figures.late, figures.dueToday])
  })

  test('nothing of another CPTS is counted nor listed', async () => {
    const other = await aCpts(tested)
    await aGpSearch(tested, other, { ...queued(hours(-1)), bandRank: 1 })
    expect(await home()).toMatchObject({ figures: { late: 0, new: 0 }, alerts: { total: 0 }, answers: { total: 0 } })
  })

  test.each(['practitioner', 'requester', 'hospital_staff', 'administrator'] as const)(
    'a %s has no such page',
    async (role) => {
      const { headers } = await someoneWho(tested, { cptsId, role })
      for (const url of ['/home', '/home/late']) expect((await get(url, headers)).statusCode).toBe(403)
    },
  )
})

describe('what came in', () => {
  const answered = async (status: 'accepted' | 'declined' | 'expired' | 'withdrawn', answeredAt: Date) => {
    const row = await aGpSearch(tested, cptsId)
    const [one] = await aRound(tested, cptsId, row.id, [await aPractitioner(tested, cptsId)])
    await prepare(tested, (tx) =>
      tx
        .update(proposals)
        .set({ status, answeredAt })
        .where(eq(proposals.id, one?.id as NonNullable<typeof one>['id'])),
    )
    return row
  }

  test('answers and silences since the last visit, the latest first; a withdrawal is no answer', async () => {
    await answered('accepted', hours(-2))
    const silent = await answered('expired', hours(-1))
    await answered('withdrawn', hours(-1))
    await answered('declined', hours(-25))
    const { answers } = await home()
    expect(answers.items.map(({ status }: { status: string }) => status)).toEqual(['expired', 'accepted'])
    expect(answers.items[0].case.reference).toBe(silent.reference)
  })

  test('they stay while the visit lasts, and are no longer news at the next', async () => {
    await answered('accepted', hours(-2))
    const visit = () => tested.app.inject({ method: 'POST', url: '/api/v1/home/visits', headers: ana.headers })
    expect((await visit()).statusCode).toBe(204)
    now = hours(0.2)
    expect((await home(await signedIn(tested, ana.accountId))).answers.total).toBe(1)
    now = hours(2)
    expect((await home(await signedIn(tested, ana.accountId))).answers.total).toBe(0)
  })

  test('a discharge within 48 hours stands there until its needs are covered', async () => {
    const { unitId } = await aUnit(tested, cptsId)
    const near = await aHospitalDischarge(tested, cptsId, unitId, { details: { hoursLeft: 30 } })
    await aHospitalDischarge(tested, cptsId, unitId, {
      details: { hoursLeft: 30 },
      needs: [{ ...aNeed(), status: 'covered' }],
    })
    await aHospitalDischarge(tested, cptsId, unitId, { details: { hoursLeft: 60 } })
    const { departures } = await home()
    expect(departures.items.map((line: { case: { id: string } }) => line.case.id)).toEqual([near.row.id])
  })
})

describe('alerts', () => {
  test('a P1 that no coordinator opened is an alert; opening it takes it away', async () => {
    const row = await aGpSearch(tested, cptsId, { bandRank: 1 })
    await aGpSearch(tested, cptsId, { bandRank: 2 })
    expect((await home()).alerts).toMatchObject({ total: 1, items: [{ reason: 'first-band', case: { id: row.id } }] })
    await get(`/gp-searches/${row.id}`)
    expect((await home()).alerts.total).toBe(0)
  })

  test('what somebody else reads does not count', async () => {
    const row = await aGpSearch(tested, cptsId, { bandRank: 1 })
    const doctor = await someoneWho(tested, { cptsId, role: 'practitioner' })
    const actor = { cptsId, role: 'practitioner', accountId: doctor.accountId, requestId: null } as Parameters<
      typeof recordAudit
    >[1]
    await prepare(tested, (tx) => recordAudit(tx, actor, { action: 'gp-search.read', at: now, caseId: row.id }))
    expect((await home()).alerts.total).toBe(1)
  })
})

describe('a colleague who is away', () => {
  const away = (accountId: typeof ana.accountId, from: string, until: string) =>
    prepare(tested, (tx) =>
      tx.insert(coordinatorAbsences).values({
        cptsId,
        id: newRowId(),
        accountId,
        deputyId: ana.accountId,
        fromDay: from as never,
        untilDay: until as never,
        createdAt: now,
      }),
    )

  test('leaves what is late, the callbacks and the alerts to the deputy, and takes them back', async () => {
    const bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
    await aGpSearch(tested, cptsId, { ...queued(hours(-1)), bandRank: 1, ownerId: bea.accountId })
    const known = await aGpSearch(tested, cptsId, { ownerId: bea.accountId })
    await tested.app.inject({
      method: 'POST',
      url: `/api/v1/cases/${known.id}/reminders`,
      payload: { dueAt: hours(1).toISOString(), text: 'Rappeler.' },
      headers: bea.headers,
    })
    const lateForAna = async () => (await get('/home/late')).json().late
    expect(await lateForAna()).toBe(0)
    await away(bea.accountId, '2026-03-01', '2026-03-06')
    expect((await home()).standIns).toEqual([
      {
        colleague: { id: bea.accountId, displayName: expect.any(String) },
        until: '2026-03-06',
        late: 1,
        callbacks: 1,
        alerts: 1,
      },
    ])
    expect(await lateForAna()).toBe(1)
    expect((await get('/reminders')).json().items).toHaveLength(1)
    now = new Date('2026-03-07T09:00:00Z')
    const headers = await signedIn(tested, ana.accountId)
    expect((await home(headers)).standIns).toEqual([])
    expect((await get('/reminders', headers)).json().items).toHaveLength(0)
  })
})
