import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { buildApp } from '../../app.ts'
import { openDatabase } from '../db/database.ts'

let tested: TestApp
let headers: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  headers = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
})

afterAll(async () => {
  await tested.close()
})

test('too many requests are told how long to wait, and the probes are not counted', async () => {
  const app = await buildApp({ ...tested.deps, settings: { ...tested.deps.settings, rateLimitMax: 3 } })
  const answers: number[] = []
  for (let turn = 0; turn < 4; turn += 1) answers.push((await app.inject({ url: '/api/v1/instance' })).statusCode)
  expect(answers).toEqual([200, 200, 200, 429])
  const refused = await app.inject({ url: '/api/v1/instance' })
  expect(refused.json().code).toBe('too-many-requests')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await app.inject({ url: '/livez' })).statusCode).toBe(200)
  // Somebody signed in is counted alone, not with everyone behind the same address.
  expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200)
  await app.close()
})

test('a database that does not answer is a moment to wait, not a failure', async () => {
  const db = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined })
  const app = await buildApp({ ...tested.deps, db, readyChecks: { database: () => db.global(async () => undefined) } })
  const answer = await app.inject({ url: '/api/v1/territory', headers })
  expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'not-ready', '1'])
  expect((await app.inject({ url: '/readyz' })).statusCode).toBe(503)
  expect((await app.inject({ url: '/livez' })).statusCode).toBe(200)
  await app.close()
  await db.close()
})

test('a lock that is held too long is one as well', async () => {
  const app = await buildApp(tested.deps)
  app.get('/slow', { config: { access: 'public' } }, () =>
    tested.deps.db.global(async (tx) => {
      await tx.execute("set local statement_timeout = '20ms'")
      await tx.execute('select pg_sleep(1)')
    }),
  )
  app.get('/broken', { config: { access: 'public' } }, () => tested.deps.db.global((tx) => tx.execute('select 1/0')))
  expect((await app.inject({ url: '/slow' })).statusCode).toBe(503)
  const broken = await app.inject({ url: '/broken' })
  expect(Object.keys(broken.json())).toEqual(['type', 'status', 'title', 'code', 'instance'])
  expect([broken.statusCode, broken.json().code]).toEqual([500, 'internal-error'])
  await app.close()
})
