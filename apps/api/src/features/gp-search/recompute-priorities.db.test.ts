import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { countingStatements } from '../../../test/counted-statements.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import type { Pace } from '../../platform/jobs/pace.ts'
import { recomputePriorities } from './recompute-priorities.ts'

const opened = new Date('2026-03-02T09:00:00Z')
const later = new Date('2026-04-20T09:00:00Z')
const inAll = 450
let tested: TestApp
let cptsId: CptsId

beforeAll(async () => {
  tested = await buildTestApp({ now: () => opened })
})
afterAll(() => tested.close())

/** One search, and as many like it as it takes: one in five about to change band, the others to gain points. */
beforeEach(async () => {
  cptsId = await aCpts(tested)
  const one = await aGpSearch(tested, cptsId, { score: 0, details: { hasLongTermCondition: true, livesAlone: true } })
  await prepare(tested, async (tx) => {
    await tx.execute(sql`
      insert into cases (cpts_id, id, kind, reference, status, band_rank, score, priority, opened_at, registered_at,
        status_since, clock_started_at, patient_id, municipality_code, channel, updated_at)
      select c.cpts_id, gen_random_uuid(), c.kind, 'MT-2026-' || (n + 9000), c.status, c.band_rank, c.score, c.priority,
        c.opened_at, c.registered_at, c.status_since, c.clock_started_at, c.patient_id, c.municipality_code, c.channel, c.updated_at
      from cases c, generate_series(2, ${inAll}) n where c.cpts_id = ${cptsId} and c.id = ${one.id}`)
    await tx.execute(sql`
      insert into gp_searches (cpts_id, case_id, details)
      select c.cpts_id, c.id, s.details from cases c
      join gp_searches s on s.cpts_id = c.cpts_id and s.case_id = ${one.id}
      where c.cpts_id = ${cptsId} and c.id <> ${one.id}`)
    await tx.execute(sql`
      update cases set band_rank = 4, priority = priority || '{"band": "P4"}'
      where cpts_id = ${cptsId} and right(reference, 1) in ('0', '5')`)
  })
})

const recompute = (now: Date, pace?: Pace, db = tested.deps.db) =>
  recomputePriorities({ db, now: () => now, kinds: caseKindsOf() }, cptsId, pace ? { pace } : {})

const read = async (query: ReturnType<typeof sql>) => {
  const { rows } = await prepare(tested, (tx) => tx.execute<{ n: number }>(query))
  return rows[0]?.n
}
const wrong = () =>
  read(
    sql`select count(*)::int as n from cases where cpts_id = ${cptsId} and (score < 35 or priority ->> 'score' <> score::text)`,
  )
const events = () =>
  read(sql`select count(*)::int as n from case_events where cpts_id = ${cptsId} and action = 'recompute'`)
const audits = () =>
  read(sql`select count(*)::int as n from audit_entries where cpts_id = ${cptsId} and action = 'gp-search.recompute'`)

test('every search is recomputed once, and written only where something changed', async () => {
  expect(await recompute(later)).toEqual({ seen: inAll, changed: inAll, left: 0 })
  expect(await wrong()).toBe(0)
  const banded = await read(sql`select count(*)::int as n from cases where cpts_id = ${cptsId} and version = 2`)
  expect([await events(), await audits()]).toEqual([banded, banded])
  expect(banded).toBeGreaterThan(0)
  expect(await recompute(later)).toEqual({ seen: inAll, changed: 0, left: 0 })
  expect(await events()).toBe(banded)
})

test('a batch runs the same few statements whatever the number of its searches that change', async () => {
  const { db, counts } = countingStatements(tested.deps.db)
  await recompute(later, undefined, db)
  // Three batches, each: calendar, place, searches, points, clocks, bands, stories, trail.
  expect(counts).toEqual([counts[0], counts[0], counts[0]])
  expect(counts[0]).toBeLessThanOrEqual(8)
  counts.length = 0
  await recompute(later, undefined, db)
  expect(counts).toEqual([counts[0], counts[0], counts[0]])
  expect(counts[0]).toBeLessThanOrEqual(3)
})

test('stopped after a batch, the next run does what is left and nothing twice', async () => {
  let batches = 0
  const stopping: Pace = {
    isStopped: () => batches > 0,
    rest: async () => {
      batches += 1
    },
  }
  const first = await recompute(later, stopping)
  expect(first.seen).toBe(200)
  const second = await recompute(later)
  expect(second.seen).toBe(inAll)
  expect(first.changed + second.changed).toBe(inAll)
  expect(await events()).toBe(await audits())
  expect(await wrong()).toBe(0)
})

test('two processes at once change each search once', async () => {
  const [one, other] = await Promise.all([recompute(later), recompute(later)])
  expect(one.changed + other.changed).toBe(inAll)
  expect(await wrong()).toBe(0)
  expect(await events()).toBe(await audits())
})

test('a search that somebody holds waits for the end of the run, and nobody waits for it', async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ id: string }>(sql`select id from cases where cpts_id = ${cptsId} order by id limit 1`),
  )
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  let held: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  const holding = tested.deps.db.transaction(cptsId, async (tx) => {
    await tx.execute(sql`select from cases where id = ${rows[0]?.id} for update`)
    held()
    await ended
  })
  await isHeld
  let seen = 0
  const pace: Pace = {
    isStopped: () => false,
    rest: async () => {
      seen += 1
      if (seen === 2) {
        end()
        await holding
      }
    },
  }
  expect(await recompute(later, pace)).toEqual({ seen: inAll, changed: inAll, left: 0 })
  expect(await wrong()).toBe(0)
})
