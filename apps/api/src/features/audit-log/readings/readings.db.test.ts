import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aGpSearch } from '../../../../test/builders/a-gp-search.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import { subjectReadings } from './readings.table.ts'
import { tellReadings } from './tell-readings.ts'

type Headers = { authorization: string }

let tested: TestApp
const now = new Date('2026-03-10T09:00:00.000Z')
let cptsId: CptsId
let ana: Headers
let admin: Headers
let row: CaseRow

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
  row = await aGpSearch(tested, cptsId)
})

const get = async (path: string, headers = ana) => {
  const answer = await tested.app.inject({ url: `/api/v1${path}`, headers })
  return { status: answer.statusCode, body: answer.json() }
}
/** Opens the case, at another moment than that of the session: a token does not outlive it. */
const open = async (at: Date | string = now) => {
  await get(`/gp-searches/${row.id}`)
  await prepare(tested, (tx) =>
    tx.execute(sql`update audit_entries set at = ${new Date(at).toISOString()}::timestamptz
      where position = (select max(position) from audit_entries)`),
  )
}
const readings = (headers = admin, more = '') => get(`/readings?reference=${row.reference}${more}`, headers)
const ways = (items: readonly { way: string; times: number }[]) => items.map(({ way, times }) => [way, times])

/** Goes through the trail as the job does, once its lines have settled. */
const owner = { transaction: <T>(work: Parameters<typeof prepare<T>>[1]) => prepare(tested, work) }
const tell = async () => {
  await prepare(tested, (tx) =>
    tx.execute(sql`update audit_entries set recorded_at = ${now.toISOString()}::timestamptz`),
  )
  await tellReadings({ owner, now: () => new Date(now.getTime() + 120_000) }, cptsId)
}

test('who opened a case is told at once, then by the job, the same', async () => {
  await open()
  await get(`/cases/${row.id}/timeline`)
  await open('2026-03-10T10:30:00.000Z')
  const atOnce = (await readings()).body
  expect(atOnce).toMatchObject({ reference: row.reference, kind: 'gp-search', keptMonths: 36, next: null })
  expect(atOnce.items).toMatchObject([
    {
      day: '2026-03-10',
      way: 'opened',
      role: 'coordinator',
      times: 2,
      firstAt: '2026-03-10T09:00:00Z',
      lastAt: '2026-03-10T10:30:00Z',
    },
  ])
  await tell()
  const [opened, traced] = (await readings()).body.items.toSorted((one: { way: string }) =>
    one.way === 'opened' ? -1 : 1,
  )
  expect(opened).toEqual(atOnce.items[0])
  // Whoever asks is told of as well.
  expect(traced).toMatchObject({ way: 'traced', role: 'administrator', times: 1 })
  await tell()
  await tell()
  expect((await readings()).body.items.find(({ way }: { way: string }) => way === 'opened').times).toBe(2)
})

test('lists are told when they are asked for, searches always', async () => {
  await get('/worklist')
  await get('/worklist')
  await tested.app.inject({
    method: 'POST',
    url: '/api/v1/worklist/search',
    headers: ana,
    payload: { q: row.reference },
  })
  await tell()
  await get('/worklist')
  expect(ways((await readings()).body.items)).toEqual([['found', 1]])
  const all = ways((await readings(admin, '&lists=shown')).body.items)
  expect(all).toContainEqual(['listed', 3])
  expect(all).toContainEqual(['found', 1])
})

test('a refusal is told, and whoever may not ask is refused', async () => {
  const nurse = await someoneWho(tested, { cptsId, role: 'requester' })
  expect((await get(`/gp-searches/${row.id}`, nurse.headers)).status).toBe(404)
  expect(ways((await readings()).body.items)).toEqual([['refused', 1]])
  expect((await readings(nurse.headers)).status).toBe(403)
  const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
  expect((await readings(elsewhere.headers)).status).toBe(404)
  expect((await get('/readings?reference=MT-2026-9999', admin)).status).toBe(404)
  expect((await readings(admin, '&cursor=bm9wZQ')).status).toBe(422)
})

test('of a person, all their cases and the household among which they seek', async () => {
  const other = await aGpSearch(tested, cptsId, { patientId: row.patientId, status: 'closed', closedAt: now })
  const household = await aGpSearch(tested, cptsId)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into gp_search_members (cpts_id, case_id, patient_id, details)
      values (${cptsId}, ${household.id}, ${row.patientId}, '{}')`),
  )
  await get(`/gp-searches/${other.id}`)
  expect((await readings()).body.items).toEqual([])
  expect(ways((await readings(admin, '&of=patient')).body.items).sort()).toEqual([
    ['opened', 1],
    ['traced', 1],
  ])
  await get(`/gp-searches/${household.id}`)
  expect(ways((await readings()).body.items)).toContainEqual(['opened', 1])
  await tell()
  expect(ways((await readings()).body.items)).toContainEqual(['opened', 1])
})

test('pages follow one another, and no name of a patient is in them', async () => {
  for (const day of ['01', '02', '03', '04', '05']) {
    await open(`2026-03-${day}T09:00:00.000Z`)
  }
  await tell()
  const days: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = await get(`/readings?reference=${row.reference}&limit=2${next ? `&cursor=${next}` : ''}`)
    expect(JSON.stringify(page.body)).not.toMatch(/Exemple|Camille/)
    days.push(
      ...page.body.items.filter(({ way }: { way: string }) => way === 'opened').map(({ day }: { day: string }) => day),
    )
    next = page.body.next
  }
  expect(days).toEqual(['2026-03-05', '2026-03-04', '2026-03-03', '2026-03-02', '2026-03-01'])
})

test('a day is that of the CPTS, also when clocks change', async () => {
  for (const at of [
    '2026-03-28T22:59:59.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T21:59:59.000Z',
    '2026-03-29T22:00:00.000Z',
  ]) {
    await open(at)
  }
  await tell()
  expect((await readings()).body.items.map(({ day, times }: { day: string; times: number }) => [day, times])).toEqual([
    ['2026-03-30', 1],
    ['2026-03-29', 2],
    ['2026-03-28', 1],
  ])
})

test('the API neither writes nor removes what the job told', async () => {
  await open()
  await tell()
  const { db } = tested.deps
  await expect(db.transaction(cptsId, (tx) => tx.delete(subjectReadings))).rejects.toThrow()
  await expect(db.transaction(cptsId, (tx) => tx.update(subjectReadings).set({ times: 0 }))).rejects.toThrow()
  const kept = await db.read(cptsId, (tx) =>
    tx.select().from(subjectReadings).where(eq(subjectReadings.subjectId, row.id)),
  )
  expect(kept).toHaveLength(1)
})
