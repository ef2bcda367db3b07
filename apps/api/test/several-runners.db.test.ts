import { parseCronItems, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { runJobs } from '../src/platform/jobs/run-jobs.ts'
import { openTestDatabase, type TestDatabase } from './test-db.ts'

const Ticked = z.object({ _cron: z.object({ ts: z.string() }) })
const minutes = 20
const crontab = [{ task: 'tick', match: '* * * * *', options: { backfillPeriod: minutes * 60_000, maxAttempts: 1 } }]
const log = { error: () => undefined, warn: () => undefined }

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** As if the timetable had been known for an hour, and nobody had kept it since. */
async function forgetTheLastHour(): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 1 })
  const rethrow = (error: Error): never => {
    throw error
  }
  pool.on('error', rethrow).on('connect', (client) => client.on('error', rethrow))
  await runMigrations({ pgPool: pool })
  const identifier = parseCronItems([...crontab])[0]?.identifier
  await pool.query(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
     values ($1, now() - interval '1 hour', now() - interval '1 hour')`,
    [identifier],
  )
  await pool.end()
}

test('three processes that keep one timetable run each minute of it once, between them', async () => {
  await forgetTheLastHour()
  const ticks: string[] = []
  const tasks = { tick: async (payload: unknown) => void ticks.push(Ticked.parse(payload)._cron.ts) }
  const ownerUrl = database.ownerUrl
  const runners = await Promise.all([1, 2, 3].map(() => runJobs({ ownerUrl, log, tasks, crontab })))
  await expect.poll(() => ticks.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(minutes)
  // Whatever was asked for twice would come now.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  for (const runner of runners) await runner.stop()
  expect(new Set(ticks).size).toBe(ticks.length)
})
