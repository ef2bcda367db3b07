import { setTimeout as wait } from 'node:timers/promises'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { type AppDeps, buildApp } from '../../app.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { type Notifications, openNotifications } from '../../platform/live/notifications.ts'
import { municipalities } from '../../platform/reference.table.ts'

type Headers = Record<string, string>

let tested: TestApp
/** Another process on the same database, running the same program; it may ask the database nothing, once it has begun. */
let mute: FastifyInstance
let hasBegun = false
/** One that runs another program. */
let newer: FastifyInstance
const opened: { close(): Promise<unknown> }[] = []
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

const listening = (): Notifications => {
  const { url } = tested.database
  return openNotifications({ url, channel: 'maillage_case', onError: () => undefined })
}

async function another(over: Partial<AppDeps>): Promise<FastifyInstance> {
  const notifications = over.notifications ?? listening()
  const app = await buildApp({ ...tested.deps, notifications, ...over })
  opened.push(app, notifications)
  return app
}

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  const closed = () => Promise.reject(new Error('A statement was sent'))
  // A process learns once which sessions have ended; from then on it is told.
  const global: AppDeps['db']['global'] = (work) => (hasBegun ? closed() : tested.deps.db.global(work))
  const db = { ...tested.deps.db, read: closed, transaction: closed, global, gather: closed }
  const { settings } = tested.deps
  mute = await another({ db, settings: { ...settings, build: 'same' } })
  newer = await another({ settings: { ...settings, build: 'newer' } })
  const same = await another({ settings: { ...settings, build: 'same' } })
  Object.assign(tested, { app: same })
})

afterAll(async () => {
  for (const one of opened) await one.close()
  await tested.close()
})

const read = (query = '', headers: Headers = {}, app = tested.app) =>
  app.inject({ url: `/api/v1/worklist${query}`, headers: { ...ana.headers, ...headers } })
const asked = (name: string): Headers => ({ 'if-none-match': name })

/** The name of the page as it is now; the first reader makes the process listen, and gets none. */
async function nameOf(query = '', app = tested.app): Promise<string> {
  for (;;) {
    const { etag } = (await read(query, {}, app)).headers
    if (etag) return String(etag)
    await wait(20)
  }
}

/** Asks until the answer is no longer 304: a change made elsewhere is heard within moments, not at once. */
async function onceChanged(name: string, app = tested.app): Promise<number> {
  for (;;) {
    const { statusCode } = await read('', asked(name), app)
    if (statusCode !== 304) return statusCode
    await wait(20)
  }
}

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  await aGpSearch(tested, cptsId, { ownerId: ana.accountId })
})

describe('a page that was kept', () => {
  test('is confirmed without an answer’s body nor a line in the trail', async () => {
    const name = await nameOf()
    const lines = () => prepare(tested, (tx) => tx.$count(auditEntries, eq(auditEntries.cptsId, cptsId)))
    const before = await lines()
    const answer = await read('', asked(name))
    expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', name])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(await lines()).toBe(before)
  })

  test('is confirmed by another process without a single statement, and by no other program', async () => {
    // They begin to listen, then hear of a change: from there they give the CPTS' state the same name.
    expect((await read('', {}, mute)).statusCode).toBe(500)
    await nameOf('', newer)
    await wait(200)
    hasBegun = true
    await aGpSearch(tested, cptsId)
    await wait(200)
    const name = await nameOf()
    expect((await read('', asked(name), mute)).statusCode).toBe(304)
    expect((await read('?sort=band', asked(name), mute)).statusCode).toBe(500)
    expect((await read('', asked(name), newer)).statusCode).toBe(200)
  })

  test('holds for its reader, their role and what they asked alone', async () => {
    const name = await nameOf()
    const bob = await someoneWho(tested, { cptsId, role: 'coordinator' })
    expect((await read('', { ...asked(name), ...bob.headers })).statusCode).toBe(200)
    expect((await read('?limit=25', asked(name))).statusCode).toBe(200)
    const ward = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
    expect((await read('', { ...asked(name), ...ward.headers })).statusCode).toBe(403)
    expect((await read('', { ...asked(name), authorization: '' })).statusCode).toBe(401)
    for (const forged of ['*', 'W/"none"', `W/"none", ${name}`])
      expect((await read('', asked(forged))).statusCode).toBe(200)
  })

  test.each(['late', 'today', 'week', 'by-friday'])('has no name when the clock narrows it: %s', async (due) => {
    await nameOf()
    expect((await read(`?due=${due}`)).headers.etag).toBeUndefined()
  })
})

describe('a page is read anew', () => {
  const changes: [string, () => Promise<unknown>][] = [
    [
      'a case',
      () => prepare(tested, (tx) => tx.update(cases).set({ liveProposals: 3 }).where(eq(cases.cptsId, cptsId))),
    ],
    ['a new case', () => aGpSearch(tested, cptsId)],
    [
      'a patient’s name',
      () => prepare(tested, (tx) => tx.update(patients).set({ lastName: 'Autre' }).where(eq(patients.cptsId, cptsId))),
    ],
    [
      'the owner’s name',
      () =>
        prepare(tested, (tx) =>
          tx.update(accounts).set({ displayName: 'Autre' }).where(eq(accounts.id, ana.accountId)),
        ),
    ],
    [
      'a commune’s name',
      () =>
        prepare(tested, (tx) =>
          tx.update(municipalities).set({ name: sql`name || ' (bis)'` }).where(eq(municipalities.code, '33063')),
        ),
    ],
  ]
  test.each(changes)('once %s has changed, wherever that was done', async (_what, change) => {
    const name = await nameOf()
    const before = (await read()).body
    await change()
    expect(await onceChanged(name)).toBe(200)
    expect((await read()).body).not.toBe(before)
  })

  test('at once by whoever changed something, even before the database has told of it', async () => {
    const told = listening()
    let delay = 0
    const slow: Notifications = {
      follow: (follower) =>
        told.follow({ ...follower, onMessage: (payload) => void wait(delay).then(() => follower.onMessage(payload)) }),
      confirm: async () => {
        const isHeard = await told.confirm()
        await wait(2 * delay)
        return isHeard
      },
      close: () => told.close(),
    }
    const app = await another({ notifications: slow })
    const row = await aGpSearch(tested, cptsId)
    await nameOf('', app)
    delay = 300
    for (let version = row.version; version < row.version + 3; version += 1) {
      const name = await nameOf('', app)
      const ownerId = (version - row.version) % 2 === 0 ? ana.accountId : null
      const url = `/api/v1/cases/${row.id}/owner`
      const payload = { ownerId, version }
      const moved = await app.inject({ method: 'PUT', url, payload, headers: ana.headers })
      expect(moved.statusCode).toBe(200)
      const answer = await read('', asked(name), app)
      expect(answer.statusCode).toBe(200)
      expect(answer.json().items.find(({ id }: { id: string }) => id === row.id)).toMatchObject({ ownerId })
    }
  })

  test('while the database may not be heard, and after it may have been missed', async () => {
    const name = await nameOf()
    const login = new pg.Client({ connectionString: tested.database.url })
    await login.connect()
    await login.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'maillage-live'`)
    await login.end()
    expect(await onceChanged(name)).toBe(200)
    const later = await nameOf()
    expect(later).not.toBe(name)
    expect((await read('', asked(name))).statusCode).toBe(200)
    expect((await read('', asked(later))).statusCode).toBe(304)
  })
})
