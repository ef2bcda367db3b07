import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { openDatabase } from '../../platform/db/database.ts'
import type { CaseRow } from '../tables/case.table.ts'
import { findCountDrift } from './case-count-drift.store.ts'
import { type CaseFigure, readCaseFigures, sumOf } from './case-figures.store.ts'

let tested: TestApp
let here: CptsId
let there: CptsId
// Monday 2 March 2026, ten in the morning in Paris: inside a span, as is the end of that day.
const monday = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
  here = await aCpts(tested)
  there = await aCpts(tested)
})
afterAll(() => tested.close())

const drift = () => prepare(tested, (tx) => findCountDrift(tx))

/** The figures as the cases themselves give them, by statements that read all of them. */
async function slowFigures(cptsId: CptsId, now: Date): Promise<Record<string, unknown> | undefined> {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(sql`
      with moment as (select ${now.toISOString()}::timestamptz as now,
        (date_trunc('day', ${now.toISOString()}::timestamptz at time zone 'Europe/Paris') + interval '1 day') at time zone 'Europe/Paris' as tonight)
      select count(*) filter (where is_open)::int as open,
        count(*) filter (where is_open and queue_at < m.now)::int as late,
        count(*) filter (where is_open and queue_at >= m.now and queue_at < m.tonight)::int as "dueToday",
        count(*) filter (where is_open and escalated_at is not null)::int as escalated,
        count(*) filter (where is_open and owner_id is null and status = 'submitted')::int as unowned,
        count(*) filter (where kind = 'unscheduled-care' and status = 'closed_no_solution')::int as unmet,
        count(*) filter (where kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at >= m.now - interval '30 days')::int as "unmetRecent"
      from cases, moment m where cpts_id = ${cptsId}`),
  )
  return rows[0]
}

async function figures(cptsId: CptsId, now: Date): Promise<Record<string, unknown>> {
  const recently = new Date(now.getTime() - 30 * 86_400_000)
  const all = await tested.deps.db.read(cptsId, (db) => readCaseFigures(db, cptsId, { now, recently }))
  const isOpen = ({ status }: CaseFigure) => status !== 'closed_no_solution'
  return {
    open: sumOf(all, 'cases', isOpen),
    late: sumOf(all, 'late'),
    dueToday: sumOf(all, 'dueToday'),
    escalated: sumOf(all, 'escalated', isOpen),
    unowned: sumOf(all, 'unowned', ({ status }) => status === 'submitted'),
    unmet: sumOf(all, 'cases', (figure) => !isOpen(figure)),
    unmetRecent: sumOf(all, 'unmetRecent'),
  }
}

/** Invented, yet the same at each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

test('a storm of writes from many connections leaves every figure exact, and nobody waits for ever', {
  timeout: 120_000,
}, async () => {
  const patients = { [here]: await aPatient(tested, here), [there]: await aPatient(tested, there) }
  const rows: CaseRow[] = []
  for (let count = 0; count < 30; count += 1) {
    const cptsId = count % 2 ? here : there
    rows.push(await aGpSearch(tested, cptsId, { patientId: patients[cptsId]?.id }))
  }
  const storm = openDatabase({
    url: tested.database.url,
    poolSize: 12,
    onError: () => undefined,
    synchronousCommit: false,
  })
  const roll = dice(7)
  const change = (cptsId: CptsId, id: string) => {
    const at = new Date(monday.getTime() + (roll(2000) - 1000) * 1_800_000).toISOString()
    return [
      sql`update cases set queue_at = ${at}::timestamptz where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set status = 'eligible', band_rank = ${1 + roll(4)} where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set status = 'closed', is_open = false, queue_at = 'infinity' where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set status = 'submitted', is_open = true, queue_at = ${at}::timestamptz where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set kind = 'unscheduled-care', status = 'closed_no_solution', is_open = false, closed_at = ${at}::timestamptz
        where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set kind = 'hospital-discharge', escalated_at = ${at}::timestamptz, owner_id = null where cpts_id = ${cptsId} and id = ${id}`,
      sql`update cases set live_proposals = live_proposals + 1 where cpts_id = ${cptsId} and id = ${id}`,
    ][roll(7)]
  }
  // Many rows at once, as an import or a job does. Last in its transaction: one that holds seven cases and then waits for an
  // eighth would meet another that does the same, over the cases themselves, whatever the counters do.
  const changeMany = (cptsId: CptsId) => sql`
    update cases set queue_at = queue_at + interval '3 hours' where cpts_id = ${cptsId} and id in (
      select id from cases where cpts_id = ${cptsId} order by id limit 7 for update skip locked)`
  const once = async (turn: number): Promise<void> => {
    const row = rows[roll(rows.length)]
    if (!row) return
    const work = storm.transaction(row.cptsId, async (tx) => {
      for (let left = 1 + roll(3); left > 0; left -= 1) {
        const statement = change(row.cptsId, row.id)
        if (statement) await tx.execute(statement)
      }
      if (roll(4) === 0) await tx.execute(changeMany(row.cptsId))
      if (turn % 6 === 0) throw new Error('undone')
    })
    await work.catch((error: Error) => {
      if (error.message !== 'undone') throw error
    })
  }
  await Promise.all(
    Array.from({ length: 12 }, async (_, hand) => {
      for (let turn = 0; turn < 50; turn += 1) await once(turn + hand)
    }),
  )
  await storm.close()
  await prepare(tested, (tx) => tx.execute(sql`update cases set band_rank = 1 + (band_rank % 4), escalated_at = now()`))
  expect(await drift()).toEqual([])
  for (const cptsId of [here, there]) {
    for (const hours of [-300, -3, 0, 0.5, 5, 13, 300]) {
      const now = new Date(monday.getTime() + hours * 3_600_000)
      expect(await figures(cptsId, now), now.toISOString()).toEqual(await slowFigures(cptsId, now))
    }
  }
})

test('rows that go away are counted no more', async () => {
  const { id } = await aGpSearch(tested, here, { queueAt: monday.toISOString() })
  await prepare(tested, async (tx) => {
    await tx.execute(sql`delete from gp_searches where case_id = ${id}`)
    await tx.execute(sql`delete from cases where id = ${id}`)
  })
  expect(await drift()).toEqual([])
})

test('the API reads the counters and cannot write them', async () => {
  const forge = tested.deps.db.transaction(here, (tx) => tx.execute(sql`update case_counts set cases = 0`))
  await expect(forge).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('three thousand cases in one place are one line, and not three thousand', async () => {
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into cases (cpts_id, id, kind, reference, status, band_rank, priority, queue_at, opened_at, registered_at,
        status_since, clock_started_at, patient_id, municipality_code, channel, updated_at)
      select cpts_id, gen_random_uuid(), kind, 'X-' || n, 'submitted', band_rank, priority, ${monday.toISOString()}::timestamptz - interval '90 days',
        opened_at, registered_at, status_since, clock_started_at, patient_id, municipality_code, channel, updated_at
      from (select * from cases where cpts_id = ${here} limit 1) one, generate_series(1, 3000) n`),
  )
  await prepare(tested, (tx) => tx.execute(sql`analyze cases`))
  const before = await figures(here, monday)
  expect(before).toEqual(await slowFigures(here, monday))
  const touched = await prepare(tested, async (tx) => {
    const { rows } = await tx.execute(sql`select count(*)::int as spans from case_time_counts where cpts_id = ${here}`)
    return Number(rows[0]?.spans)
  })
  expect(touched).toBeLessThan(1000)
})
