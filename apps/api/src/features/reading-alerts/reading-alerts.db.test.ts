import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { aSlot } from '../../../test/builders/some-slots.ts'
import { watchReadings } from './watch-readings.ts'

type Headers = { authorization: string }

let tested: TestApp
// A Tuesday, ten in Paris.
const now = new Date('2026-03-10T09:00:00.000Z')
let cptsId: CptsId
let admin: Headers
let adminId: AccountId
let reader: AccountId
let practitionerId: PractitionerId

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  const administrator = await someoneWho(tested, { cptsId, role: 'administrator' })
  admin = administrator.headers
  adminId = administrator.accountId
  practitionerId = await aPractitioner(tested, cptsId)
  reader = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })).accountId
})

const owner = { transaction: <T>(work: Parameters<typeof prepare<T>>[1]) => prepare(tested, work) }
/** Goes through the trail as the job does, once every line of it has settled. */
const watch = async () => {
  await prepare(tested, (tx) =>
    tx.execute(sql`update audit_entries set recorded_at = '2026-01-01' where cpts_id = ${cptsId}`),
  )
  await watchReadings({ owner, now: () => now }, cptsId)
}
/** Lines of the trail: so many patients, one a second. */
const opened = (count: number, from: string, action = 'gp-search.read') =>
  prepare(tested, (tx) =>
    tx.execute(sql`insert into audit_entries (cpts_id, id, at, actor_id, role, action, patient_id, outcome)
      select ${cptsId}, gen_random_uuid(), ${from}::timestamptz + n * interval '1 second', ${reader}, 'practitioner',
        ${action}, gen_random_uuid(), 'done' from generate_series(1, ${count}) n`),
  )
/** Pages of a list: one every ten seconds, each showing the people of these numbers. */
const listed = (pages: readonly (readonly [from: number, to: number])[], at = '2026-03-10T08:00:00Z') =>
  prepare(tested, async (tx) => {
    for (const [index, [from, to]] of pages.entries())
      await tx.execute(sql`insert into audit_entries (cpts_id, id, at, actor_id, role, action, outcome, shown)
        select ${cptsId}, gen_random_uuid(), ${at}::timestamptz + ${index * 10} * interval '1 second', ${reader},
          'practitioner', 'worklist.read', 'done', array(select md5(${cptsId} || n)::uuid from generate_series(${from}::int, ${to}::int) n)`)
  })
const put = (name: string, value: number) =>
  tested.app.inject({
    method: 'PUT',
    url: `/api/v1/settings/${name}`,
    headers: admin,
    payload: { value, version: 0 },
  })
const list = async (status = 'open', headers = admin) => {
  const answer = await tested.app.inject({ url: `/api/v1/reading-alerts?status=${status}`, headers })
  return answer.json().items ?? answer.json().code
}
const explain = (id: string, payload: object, headers = admin) =>
  tested.app.inject({ method: 'PUT', url: `/api/v1/reading-alerts/${id}/explanation`, headers, payload })
const notices = async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ account_id: string }>(
      sql`select account_id from notices where cpts_id = ${cptsId} and kind = 'unusual-reading'`,
    ),
  )
  return rows.map(({ account_id }) => account_id)
}

test('the sixtieth file of an hour is told once to whoever runs the CPTS, the fifty-ninth is not', async () => {
  await opened(59, '2026-03-10T08:00:00Z')
  await watch()
  expect([await list(), await notices()]).toEqual([[], []])
  await opened(1, '2026-03-10T08:30:00Z')
  await watch()
  expect(await list()).toMatchObject([
    {
      role: 'practitioner',
      day: '2026-03-10',
      reasons: [
        {
          rule: 'hour',
          files: 60,
          threshold: 60,
          firstAt: '2026-03-10T08:00:01.000Z',
          lastAt: '2026-03-10T08:30:01.000Z',
        },
      ],
      explainedAt: null,
      version: 1,
    },
  ])
  expect(await notices()).toEqual([adminId])
  await opened(3, '2026-03-10T08:40:00Z')
  await watch()
  expect(await list()).toMatchObject([{ reasons: [{ files: 63 }], version: 2 }])
  expect(await notices()).toHaveLength(1)
})

test('two jobs at once tell it once, and nothing is judged twice', async () => {
  await opened(70, '2026-03-10T08:00:00Z')
  await Promise.all([watch(), watch(), watch()])
  expect(await list()).toMatchObject([{ reasons: [{ files: 70 }], version: 1 }])
  expect(await notices()).toHaveLength(1)
})

test('lists, searches and what others open are no opening; a print is one', async () => {
  await opened(300, '2026-03-10T08:00:00Z', 'patient.search')
  await opened(300, '2026-03-10T08:00:00Z', 'proposal.contact-listed')
  await opened(300, '2026-03-10T08:00:00Z', 'gp-search.qualify')
  await opened(40, '2026-03-10T08:00:00Z', 'gp-search.print')
  await watch()
  expect(await list()).toEqual([])
  await opened(20, '2026-03-10T08:10:00Z', 'gp-search.print')
  await watch()
  expect(await list()).toMatchObject([{ reasons: [{ rule: 'hour', files: 60 }] }])
})

test('a list gone through whole is told, one that stays open all day is not', async () => {
  await listed(Array.from({ length: 500 }, () => [1, 250] as const))
  await watch()
  await listed(
    [
      [1, 200],
      [201, 400],
      [401, 600],
      [601, 800],
      [801, 1000],
      [1001, 1200],
      [1201, 1499],
    ],
    '2026-03-10T10:00:00Z',
  )
  await watch()
  expect(await list()).toEqual([])
  await listed([[1500, 1500]], '2026-03-10T11:00:00Z')
  await watch()
  const listedOnce = {
    rule: 'listed',
    files: 1500,
    threshold: 1500,
    firstAt: '2026-03-10T08:00:00.000Z',
    lastAt: '2026-03-10T11:00:00.000Z',
  }
  expect(await list()).toMatchObject([{ day: '2026-03-10', reasons: [listedOnce] }])
  expect(await notices()).toEqual([adminId])
})

test('whom a list names is a person, whichever of their cases; its threshold is the CPTS’s, nought keeps nothing', async () => {
  const kept = async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ people: number }>(
        sql`select count(*)::int as people from recent_listings where cpts_id = ${cptsId}`,
      ),
    )
    return rows[0]?.people
  }
  const row = await aGpSearch(tested, cptsId)
  const other = await aGpSearch(tested, cptsId, { patientId: row.patientId, status: 'closed', closedAt: now })
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into audit_entries (cpts_id, id, at, actor_id, role, action, outcome, shown)
      values (${cptsId}, gen_random_uuid(), '2026-03-10T08:00:00Z', ${reader}, 'practitioner', 'worklist.search',
        'done', array[${row.id}, ${other.id}, ${row.patientId}]::uuid[])`),
  )
  await watch()
  expect(await kept()).toBe(1)
  await put('reading-alert-day-listed', 300)
  await listed([[1, 299]])
  await watch()
  expect(await list()).toMatchObject([{ reasons: [{ rule: 'listed', files: 300, threshold: 300 }] }])

  const silent = await aCpts(tested)
  cptsId = silent
  admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
  await put('reading-alert-day-listed', 0)
  await listed([[1, 2000]])
  await watch()
  expect([await list(), await kept()]).toEqual([[], 0])
})

test('who was refused, and a patient by their own link, were shown no list', async () => {
  await put('reading-alert-day-listed', 10)
  await listed([[1, 50]])
  await prepare(tested, (tx) =>
    tx.execute(
      sql`update audit_entries set outcome = 'refused', action = 'role-may-not GET /worklist' where cpts_id = ${cptsId}`,
    ),
  )
  await watch()
  expect(await list()).toEqual([])
})

test('one event that several rules tell is one alert, told once, with each reason', async () => {
  await put('reading-alert-day-files', 80)
  await opened(60, '2026-03-10T21:00:00Z')
  await watch()
  expect(await list()).toMatchObject([
    {
      day: '2026-03-10',
      version: 1,
      reasons: [
        { rule: 'night', files: 60 },
        { rule: 'hour', files: 60 },
      ],
    },
  ])
  await opened(20, '2026-03-10T21:30:00Z')
  await watch()
  const reasons = [
    { rule: 'night', files: 80 },
    { rule: 'hour', files: 80 },
    { rule: 'day', files: 80 },
  ]
  expect(await list()).toMatchObject([{ version: 2, reasons }])
  expect(await notices()).toEqual([adminId])
})

test('an explanation holds for what it explained: another reason brings the alert back', async () => {
  await opened(60, '2026-03-10T08:00:00Z')
  await watch()
  const [alert] = await list()
  await explain(alert.id, { note: 'Revalidation de la liste.', version: 1 })
  await opened(5, '2026-03-10T21:00:00Z')
  await watch()
  expect(await list()).toMatchObject([
    {
      id: alert.id,
      note: 'Revalidation de la liste.',
      version: 3,
      reasons: [{ rule: 'night', files: 5 }, { rule: 'hour' }],
    },
  ])
  expect(await notices()).toEqual([adminId, adminId])
})

test('the night is told, a published duty is not', async () => {
  await opened(5, '2026-03-09T22:00:00Z')
  await watch()
  expect(await list()).toMatchObject([{ day: '2026-03-09', reasons: [{ rule: 'night', files: 5, threshold: 5 }] }])
  await aSlot(tested, cptsId, practitionerId, new Date('2026-03-10T22:00:00Z'))
  await opened(9, '2026-03-10T21:30:00Z')
  await watch()
  expect(await list()).toHaveLength(1)
})

test('what a CPTS set is what counts; nought tells nothing', async () => {
  await put('reading-alert-hour-files', 0)
  await put('reading-alert-night-files', 2)
  await opened(150, '2026-03-10T08:00:00Z')
  await opened(2, '2026-03-09T22:00:00Z')
  await watch()
  expect(await list()).toMatchObject([{ reasons: [{ rule: 'night', files: 2, threshold: 2 }] }])
})

test('hours and closed days are those of the CPTS: its clock, the holidays of its zone, its own days', async () => {
  const days = async () =>
    (await list()).map(({ day, reasons }: { day: string; reasons: { rule: string }[] }) => [day, reasons[0]?.rule])
  // A Friday at nine there, four in the morning in Paris; and the abolition of slavery, a holiday of that island alone.
  const island = sql`update cpts set time_zone = 'Indian/Reunion', holiday_zone = 'la-reunion' where id = ${cptsId}`
  await prepare(tested, (tx) => tx.execute(island))
  await opened(15, '2025-12-19T05:00:00Z')
  await opened(15, '2025-12-19T22:00:00Z')
  await watch()
  expect(await days()).toEqual([['2025-12-19', 'night']])
  await prepare(tested, (tx) =>
    tx.execute(sql`update cpts set opening_hours =
    '{"mon":[],"tue":[[480,1200]],"wed":[],"thu":[],"fri":[],"sat":[[480,1200]],"sun":[]}' where id = ${cptsId}`),
  )
  await opened(15, '2025-12-20T06:00:00Z')
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into closed_days (cpts_id, day, label) values (${cptsId}, '2026-03-10', 'Pont')`),
  )
  await opened(15, '2026-03-10T06:00:00Z')
  await opened(15, '2026-03-17T06:00:00Z')
  await watch()
  expect(await days()).toContainEqual(['2025-12-20', 'closed-day'])
  expect(await days()).toContainEqual(['2026-03-10', 'closed-day'])
  expect(await days()).toHaveLength(3)
})

test('an explanation is kept, taken back, refused when stale; twice as much comes back', async () => {
  await opened(60, '2026-03-10T08:00:00Z')
  await watch()
  const [alert] = await list()
  expect((await explain(alert.id, { note: ' ', version: 1 })).statusCode).toBe(422)
  const kept = await explain(alert.id, { note: 'Revalidation de la liste.', version: 1 })
  expect(kept.json()).toMatchObject({ note: 'Revalidation de la liste.', version: 2 })
  expect([await list(), (await list('explained')).length]).toEqual([[], 1])
  expect((await explain(alert.id, { note: 'Autre.', version: 1 })).json().code).toBe('version-stale')
  expect((await explain(alert.id, { note: null, version: 2 })).json()).toMatchObject({ explainedAt: null, note: null })
  await explain(alert.id, { note: 'Revalidation de la liste.', version: 3 })
  await opened(40, '2026-03-10T08:20:00Z')
  await watch()
  expect(await list()).toEqual([])
  await opened(40, '2026-03-10T08:30:00Z')
  await watch()
  expect(await list()).toMatchObject([{ reasons: [{ files: 140 }], note: 'Revalidation de la liste.' }])
  expect(await notices()).toHaveLength(2)
})

test('only whoever runs this CPTS reads it', async () => {
  await opened(60, '2026-03-10T08:00:00Z')
  await watch()
  const [alert] = await list()
  const ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  expect(await list('open', ana.headers)).toBe('role-may-not')
  const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
  expect(await list('open', elsewhere.headers)).toEqual([])
  expect((await explain(alert.id, { note: 'Non.', version: 1 }, elsewhere.headers)).statusCode).toBe(404)
  const { db } = tested.deps
  await expect(
    db.transaction(cptsId, (tx) => tx.execute(sql`update reading_alerts set reasons = '[]'`)),
  ).rejects.toThrow()
  await expect(db.transaction(cptsId, (tx) => tx.execute(sql`delete from reading_alerts`))).rejects.toThrow()
  await expect(db.read(cptsId, (tx) => tx.execute(sql`select * from recent_openings`))).rejects.toThrow()
  await expect(db.read(cptsId, (tx) => tx.execute(sql`select * from recent_listings`))).rejects.toThrow()
})

const Parameter = z.object({ name: z.string(), in: z.string() })
const Operation = z.object({ tags: z.array(z.string()).default([]), parameters: z.array(Parameter).default([]) })
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation.loose())) })

test('no route of the trail counts, ranks or looks up a person', async () => {
  const { paths } = Document.parse((await tested.app.inject({ url: '/api/openapi.json' })).json())
  const trail = Object.values(paths).flatMap((methods) =>
    Object.values(methods).filter(({ tags }) => tags.includes('audit')),
  )
  expect(trail.length).toBeGreaterThanOrEqual(4)
  const asked = new Set(trail.flatMap(({ parameters }) => parameters.map(({ name }) => name)))
  // A case, a page, whether it was explained: no account, no role, no order, no period.
  expect([...asked].sort()).toEqual(['caseId', 'cursor', 'id', 'limit', 'lists', 'of', 'reference', 'status'])
  expect(JSON.stringify(trail)).not.toMatch(/"(total|count|rank|score|average|byAccount|byPerson)"/)
})
