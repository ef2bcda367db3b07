import { newId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../test/build-test-app.ts'
import { aCpts, someoneWho } from '../test/builders/accounts.ts'
import { prepare } from '../test/builders/as-owner.ts'
import { caseKindsOf } from './case-kinds.ts'
import { tasksOf, timetable } from './jobs.ts'
import { type Owner, openOwner } from './platform/jobs/owner.ts'

let tested: TestApp
let owner: Owner

beforeAll(async () => {
  tested = await buildTestApp()
  owner = openOwner(tested.database.ownerUrl, () => undefined)
})
afterAll(async () => {
  await owner.close()
  await tested.close()
})

/** A list that a process left running; without its file, going on with it fails. */
async function leftRunning(content: string | null) {
  const cptsId = await aCpts(tested)
  const { accountId } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const id = newId(WaitingListImportId)
  const bytes = content === null ? null : Buffer.from(content)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into waiting_list_imports (cpts_id, id, file_name, content, sheet, status, lines, counts, created_by, created_at)
      values (${cptsId}, ${id}, 'liste.csv', ${bytes}, '', 'running', 1, '{}', ${accountId}, now())`),
  )
  const status = async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ status: string }>(sql`select status from waiting_list_imports where id = ${id}`),
    )
    return rows[0]?.status
  }
  return { cptsId, importId: id, status }
}

const tasks = () => {
  const mailer = { describe: '', send: () => Promise.resolve(), close: () => undefined }
  const texter = { describe: '', send: () => Promise.resolve() }
  const now = () => new Date(Date.now())
  const deps = { db: tested.deps.db, now, kinds: caseKindsOf(), mailer, texter, secureMailer: undefined, publicUrl: '' }
  return tasksOf({ ...deps, owner, onProgress: () => undefined })
}
// Of the runner's own tools, the tasks use one at most: being told to stop.
const run = async (name: string, payload?: unknown): Promise<void> => {
  await tasks()[name]?.(payload, {} as never)
}

test('every task of the timetable exists, and runs on a database where nothing is due', async () => {
  for (const { task } of timetable) await run(task)
  expect(Object.keys(tasks())).toEqual(expect.arrayContaining(timetable.map(({ task }) => task)))
})

test('a list that a process left is queued again, and one that fails holds up no other', async () => {
  const list = 'Nom;Prénom;Né(e) le;Sexe;Code postal;Ville\r\nVALMORIN;Lucette;12/03/1944;F;33000;Bordeaux'
  const lost = await leftRunning(null)
  const sound = await leftRunning(list)
  await run('tend-cases')
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ cpts_id: string; payload: { importId: string } }>(
      sql`select cpts_id, payload from outbox where topic = 'run-waiting-list-import' order by id`,
    ),
  )
  const queued = rows.map(({ cpts_id: cptsId, payload }) => ({ cptsId, ...payload }))
  expect(new Set(queued.map(({ importId }) => importId))).toEqual(new Set([lost.importId, sound.importId]))
  for (const one of queued) await run('run-waiting-list-import', one).catch(() => undefined)
  expect(await Promise.all([lost.status(), sound.status()])).toEqual(['interrupted', 'done'])
})

test('of two processes one does a job, and its place is free once it ended or died', async () => {
  const other = openOwner(tested.database.ownerUrl, () => undefined)
  let inside = 0
  const work = async () => {
    inside += 1
    expect(await other.alone('a-job', () => Promise.reject(new Error('never run')))).toBe(false)
  }
  expect(await owner.alone('a-job', work)).toBe(true)
  await expect(owner.alone('a-job', () => Promise.reject(new Error('the work failed')))).rejects.toThrow('failed')
  expect(await other.alone('a-job', async () => undefined)).toBe(true)
  expect(inside).toBe(1)
  await other.close()
})

test('a span of the counters that is over and empty is forgotten, unless an act is writing it', async () => {
  const cptsId = await aCpts(tested)
  const slots = async (): Promise<number[]> => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ slot: number }>(sql`select slot from case_time_counts where cpts_id = ${cptsId} order by slot`),
    )
    return rows.map(({ slot }) => slot)
  }
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into case_time_counts (cpts_id, what, span, kind, slot, cases)
      select ${cptsId}, 'due', now() + days * interval '1 day', 'gp-search', slot, cases
      from (values (1, -2, 0), (2, -2, 1), (3, -2, -1), (4, 0, 0), (5, 2, 0), (6, -2, 0)) as spans (slot, days, cases)`),
  )
  await prepare(tested, async (tx) => {
    await tx.execute(sql`select from case_time_counts where cpts_id = ${cptsId} and slot = 6 for update`)
    await run('clean-up')
  })
  expect(await slots()).toEqual([2, 3, 4, 5, 6])
  await run('clean-up')
  expect(await slots()).toEqual([2, 3, 4, 5])
})

test('what is kept for a time only is swept part by part, and nothing else', async () => {
  const cptsId = await aCpts(tested)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into outbox (cpts_id, topic, payload, created_at, taken_at)
      select ${cptsId}, 'swept', jsonb_build_object('filler', repeat('x', 500)), now(), now() - make_interval(days => n % 10)
      from generate_series(0, 19999) n`),
  )
  await run('clean-up')
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from outbox where topic = 'swept'`),
  )
  // Those taken for less than seven days stay: seven parts of ten.
  expect(rows).toEqual([{ n: 14_000 }])
})
