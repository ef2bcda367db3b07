import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
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
const watch = () => watchReadings({ owner, now: () => now }, cptsId)
/** Lines of the trail, long settled: so many patients, one a second. */
const opened = (count: number, from: string, action = 'gp-search.read') =>
  prepare(tested, (tx) =>
    tx.execute(sql`insert into audit_entries (cpts_id, id, at, recorded_at, actor_id, role, action, patient_id, outcome)
      select ${cptsId}, gen_random_uuid(), ${from}::timestamptz + n * interval '1 second', '2026-01-01', ${reader}, 'practitioner',
        ${action}, gen_random_uuid(), 'done' from generate_series(1, ${count}) n`),
  )
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
    { rule: 'hour', role: 'practitioner', day: '2026-03-10', files: 60, threshold: 60, explainedAt: null, version: 1 },
  ])
  expect(await notices()).toEqual([adminId])
  await opened(3, '2026-03-10T08:40:00Z')
  await watch()
  expect(await list()).toMatchObject([{ files: 63, version: 2 }])
  expect(await notices()).toHaveLength(1)
})

test('two jobs at once tell it once, and nothing is judged twice', async () => {
  await opened(70, '2026-03-10T08:00:00Z')
  await Promise.all([watch(), watch(), watch()])
  expect(await list()).toMatchObject([{ files: 70, version: 1 }])
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
  expect(await list()).toMatchObject([{ rule: 'hour', files: 60 }])
})

test('the night is told, a published duty is not', async () => {
  await opened(5, '2026-03-09T22:00:00Z')
  await watch()
  expect(await list()).toMatchObject([{ rule: 'night', day: '2026-03-09', files: 5, threshold: 5 }])
  await aSlot(tested, cptsId, practitionerId, new Date('2026-03-10T22:00:00Z'))
  await opened(9, '2026-03-10T21:30:00Z')
  await watch()
  expect(await list()).toHaveLength(1)
})

test('what a CPTS set is what counts; nought tells nothing', async () => {
  const put = (name: string, value: number) =>
    tested.app.inject({
      method: 'PUT',
      url: `/api/v1/settings/${name}`,
      headers: admin,
      payload: { value, version: 0 },
    })
  await put('reading-alert-hour-files', 0)
  await put('reading-alert-night-files', 2)
  await opened(150, '2026-03-10T08:00:00Z')
  await opened(2, '2026-03-09T22:00:00Z')
  await watch()
  expect(await list()).toMatchObject([{ rule: 'night', files: 2, threshold: 2 }])
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
  expect(await list()).toMatchObject([{ files: 140, note: 'Revalidation de la liste.' }])
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
  await expect(db.transaction(cptsId, (tx) => tx.execute(sql`update reading_alerts set files = 1`))).rejects.toThrow()
  await expect(db.transaction(cptsId, (tx) => tx.execute(sql`delete from reading_alerts`))).rejects.toThrow()
  await expect(db.read(cptsId, (tx) => tx.execute(sql`select * from recent_openings`))).rejects.toThrow()
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
