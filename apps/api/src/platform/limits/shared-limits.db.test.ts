import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { SharedLimits } from './shared-limits.ts'

const minute = 60_000
let database: TestDatabase
let now = new Date('2026-03-02T09:00:10Z')
let warnings = 0

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** One process's counting, and how often it asked the database. */
function aProcess(db: Database = database.db, name = 'test') {
  const asked = { times: 0 }
  const counting: Database = {
    ...db,
    global: (work) => {
      asked.times += 1
      return db.global(work)
    },
  }
  const log = {
    warn: () => {
      warnings += 1
    },
  }
  const limits = new SharedLimits({ db: counting, now: () => now, log }, name)
  const count = (key: string, max: number) =>
    new Promise<{ current: number; ttl: number }>((resolve, reject) => {
      limits.incr(key, (error, counted) => (counted ? resolve(counted) : reject(error)), minute, max)
    })
  const passes = async (key: string, max: number) => (await count(key, max)).current <= max
  return { count, passes, asked, limits }
}

const passed = async (answers: Promise<boolean>[]) => (await Promise.all(answers)).filter(Boolean).length

test('a small limit is exact over several processes, however they are asked', async () => {
  const [one, other] = [aProcess(), aProcess()]
  const answers = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : other).passes('small', 10))
  expect(await passed(answers)).toBe(10)
})

test('a large one is never passed, loses at most a share a process, and costs few queries', async () => {
  const [one, other] = [aProcess(), aProcess()]
  const answers = Array.from({ length: 800 }, (_, n) => (n % 3 === 0 ? one : other).passes('large', 300))
  const through = await passed(answers)
  expect(through).toBeLessThanOrEqual(300)
  expect(through).toBeGreaterThan(300 - 15)
  expect(one.asked.times + other.asked.times).toBeLessThanOrEqual(22)
})

test('the count tells what is left, and when the window ends; a new window begins anew', async () => {
  const [one, other] = [aProcess(), aProcess()]
  expect(await one.count('told', 100)).toEqual({ current: 1, ttl: 50_000 })
  expect(await one.count('told', 100)).toEqual({ current: 2, ttl: 50_000 })
  // The other's share is granted, though not spent: it cannot be promised twice.
  expect((await other.count('told', 100)).current).toBe(6)
  for (let turn = 0; turn < 200; turn += 1) await one.passes('told', 100)
  const asked = one.asked.times
  expect((await one.count('told', 100)).current).toBe(101)
  expect(one.asked.times).toBe(asked)
  now = new Date(now.getTime() + minute)
  expect((await one.count('told', 100)).current).toBe(1)
  // A clock that is behind counts in the window that has begun.
  now = new Date(now.getTime() - minute)
  expect((await aProcess().count('told', 100)).current).toBe(6)
  now = new Date(now.getTime() + minute)
})

test('two kinds of requests count the same people apart', async () => {
  const { count } = aProcess()
  expect([(await aProcess(database.db, 'other').count('twice', 5)).current, (await count('twice', 5)).current]).toEqual(
    [1, 1],
  )
})

test('a clock that steps to and fro uses no more than the requests that came', async () => {
  const one = aProcess()
  for (let turn = 0; turn < 30; turn += 1) {
    now = new Date(now.getTime() + (turn % 2 === 0 ? minute : -minute))
    expect(await one.passes('to and fro', 100)).toBe(true)
  }
  expect(one.asked.times).toBeLessThanOrEqual(10)
})

test('no address and no account is kept in clear', async () => {
  await aProcess().passes('203.0.113.7', 10)
  const { rows } = await database.db.global((tx) => tx.execute(sql`select key from rate_limits`))
  expect(rows.length).toBeGreaterThan(0)
  for (const { key } of rows) expect(key).toMatch(/^[\w-]{22}$/)
})

test('the database away, each process counts for itself, and does not ask at every request', async () => {
  const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined })
  const alone = aProcess(away)
  warnings = 0
  expect(await passed(Array.from({ length: 50 }, () => alone.passes('away', 10)))).toBe(10)
  expect(await alone.passes('another', 10)).toBe(true)
  expect([alone.asked.times, warnings]).toEqual([1, 1])
  await away.close()
})

test('what was granted before the database went away still counts', async () => {
  let isThere = true
  const gone = () => Promise.reject(new Error('away'))
  const one = aProcess({ ...database.db, global: (work) => (isThere ? database.db.global(work) : gone()) })
  for (let turn = 0; turn < 4; turn += 1) await one.passes('cut', 10)
  isThere = false
  expect(await passed(Array.from({ length: 20 }, () => one.passes('cut', 10)))).toBe(6)
})
