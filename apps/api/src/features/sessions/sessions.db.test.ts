import { AccountId } from '@maillage/contracts/kit/ids'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aVirtualKey } from '../../../test/builders/a-virtual-key.ts'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { codeOf as codeShown, firstSignIn } from '../../../test/builders/enrolled.ts'
import { readLive } from '../../../test/listening-reader.ts'
import { buildApp } from '../../app.ts'
import { findAccountByEmail } from '../../kernel/accounts/account.store.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { type Notifications, openNotifications } from '../../platform/live/notifications.ts'
import { endSessionsOf } from '../../platform/session/open-sessions.ts'
import { refreshTokens, sessions } from '../../platform/session.table.ts'

// Whoever watches the door of every process: a session that ended or was locked opens nothing from then on.

let tested: TestApp
/** Another process on the same database. */
let other: FastifyInstance
let otherNotifications: Notifications
let base: string
let count = 0
let now = new Date('2026-03-02T09:00:00Z')

const notificationsAt = (url: string): Notifications =>
  openNotifications({ url, channel: 'maillage_case', onError: () => undefined })

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  otherNotifications = notificationsAt(tested.database.url)
  other = await buildApp({ ...tested.deps, notifications: otherNotifications })
  await other.ready()
  base = await tested.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await other.close()
  await otherNotifications.close()
  await tested.close()
})

async function somebody(isSecondFactorExempt = true): Promise<string> {
  count += 1
  const email = `session${count}@essai.example`
  const account = await anAccount(tested, { email, isSecondFactorExempt })
  await aMembership(tested, account, { cptsId: await aCpts(tested), role: 'coordinator' })
  return email
}

interface Opened {
  readonly headers: { authorization: string }
  readonly cookie: OwnPage
}
/** What a page of Maillage sends; another site's is refused before anything is read. */
interface OwnPage {
  cookie: string
  'sec-fetch-site': string
}
const cookieOf = (answer: LightMyRequestResponse): OwnPage => ({
  'sec-fetch-site': 'same-origin',
  cookie: `maillage_refresh=${answer.cookies.find(({ name }) => name === 'maillage_refresh')?.value ?? ''}`,
})
const openedBy = (answer: LightMyRequestResponse): Opened => ({
  headers: { authorization: `Bearer ${answer.json().accessToken}` },
  cookie: cookieOf(answer),
})
async function open(email: string, agent = 'Mozilla/5.0 (Windows NT 10.0) Firefox/141.0'): Promise<Opened> {
  const payload = { email, password: testPassword }
  const headers = { 'user-agent': agent }
  const answer = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload, headers })
  expect(answer.statusCode).toBe(201)
  return openedBy(answer)
}
const ask = (app: FastifyInstance, method: 'GET' | 'POST' | 'DELETE', url: string, headers: object, payload?: object) =>
  app.inject({ method, url: `/api/v1${url}`, headers: { ...headers }, payload })
const me = (app: FastifyInstance, { headers }: Opened) => ask(app, 'GET', '/me', headers)
const codeOf = async (answer: Promise<LightMyRequestResponse>): Promise<unknown> => {
  const { statusCode, json } = await answer
  return statusCode < 300 ? statusCode : json().code
}
const sessionsOf = async ({ headers }: Opened) => (await ask(tested.app, 'GET', '/me/sessions', headers)).json().items
const actions = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) => tx.select({ action: auditEntries.action }).from(auditEntries))
  return rows.map(({ action }) => action)
}

describe('one’s sessions', () => {
  test('each says on what and how it was opened, and which one asks', async () => {
    const email = await somebody()
    await open(email, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1')
    const here = await open(email)
    const listed = await sessionsOf(here)
    expect(listed).toHaveLength(2)
    expect(listed.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toMatchObject({
      device: 'Firefox, Windows',
      method: 'password',
      openedAt: now.toISOString(),
      isLocked: false,
    })
  })

  test('one that was ended opens nothing any more, at once and in no process', async () => {
    const email = await somebody()
    const there = await open(email)
    const here = await open(email)
    expect((await me(other, there)).statusCode).toBe(200)
    const [{ id }] = (await sessionsOf(here)).filter(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
    expect((await ask(tested.app, 'DELETE', `/me/sessions/${id}`, here.headers)).statusCode).toBe(204)
    expect(await codeOf(me(tested.app, there))).toBe('session-ended')
    await vi.waitFor(async () => expect(await codeOf(me(other, there))).toBe('session-ended'))
    expect(await codeOf(ask(other, 'POST', '/sessions/refresh', there.cookie))).toBe('session-ended')
    expect((await me(other, here)).statusCode).toBe(200)
    expect(await actions()).toContain('session.revoked')
    expect(await codeOf(ask(tested.app, 'DELETE', `/me/sessions/${id}`, here.headers))).toBe('not-found')
  })

  test('somebody else’s is not found, and goes on', async () => {
    const ana = await open(await somebody())
    const samira = await open(await somebody())
    const [{ id }] = await sessionsOf(ana)
    expect(await codeOf(ask(tested.app, 'DELETE', `/me/sessions/${id}`, samira.headers))).toBe('not-found')
    expect((await me(tested.app, ana)).statusCode).toBe(200)
  })

  test('signing out everywhere else keeps this one; everywhere, none', async () => {
    const email = await somebody()
    const there = await open(email)
    const here = await open(email)
    await ask(tested.app, 'DELETE', '/me/sessions?scope=others', here.headers)
    expect([await codeOf(me(tested.app, there)), await codeOf(me(tested.app, here))]).toEqual(['session-ended', 200])
    const out = await ask(tested.app, 'DELETE', '/me/sessions?scope=all', here.headers)
    expect(cookieOf(out).cookie).toBe('maillage_refresh=')
    expect(await codeOf(me(tested.app, here))).toBe('session-ended')
  })

  test('signing out, or a cookie used twice, ends the access tokens with the session', async () => {
    const email = await somebody()
    const out = await open(email)
    await ask(tested.app, 'DELETE', '/sessions/current', out.cookie)
    expect(await codeOf(me(tested.app, out))).toBe('session-ended')
    const stolen = await open(email)
    await ask(tested.app, 'POST', '/sessions/refresh', stolen.cookie)
    now = new Date(now.getTime() + 11_000)
    await ask(tested.app, 'POST', '/sessions/refresh', stolen.cookie)
    await vi.waitFor(async () => expect(await codeOf(me(tested.app, stolen))).toBe('session-ended'))
  })

  test('ending all of them waits for no renewal that waits for it', async () => {
    const email = await somebody()
    await open(email)
    const { db } = tested.deps
    const account = await db.global((tx) => findAccountByEmail(tx, email))
    const accountId = account?.id ?? AccountId.parse('')
    let ending: Promise<number> | undefined
    // A renewal holds its token, then writes its session.
    await db.global(async (tx) => {
      await tx.select().from(refreshTokens).where(eq(refreshTokens.accountId, accountId)).for('update')
      ending = db.global((other) => endSessionsOf(other, accountId, now))
      await vi.waitFor(async () => {
        const held = await tx.execute(sql`select pid from pg_locks
          where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`)
        expect(held.rows).toHaveLength(1)
      }, 10_000)
      await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.accountId, accountId))
    })
    expect(await ending).toBe(1)
  })

  test('what listens to changes stops with its session', async () => {
    const email = await somebody()
    const there = await open(email)
    const here = await open(email)
    const reader = await readLive(base, there.headers)
    await ask(other, 'DELETE', '/me/sessions?scope=others', here.headers)
    await reader.over
    await expect(readLive(base, there.headers)).rejects.toThrow('401')
  })
})

describe('a locked screen', () => {
  const lock = (opened: Opened) => ask(tested.app, 'POST', '/sessions/current/lock', opened.cookie)
  const unlock = (opened: Opened, password: string, app = tested.app) =>
    ask(app, 'POST', '/sessions/current/unlock', opened.cookie, { password })

  test('cookie and tokens are worth nothing until the password is shown; then both serve again', async () => {
    const here = await open(await somebody())
    expect((await lock(here)).statusCode).toBe(204)
    expect(await codeOf(me(tested.app, here))).toBe('session-locked')
    await vi.waitFor(async () => expect(await codeOf(me(other, here))).toBe('session-locked'))
    expect(await codeOf(ask(tested.app, 'POST', '/sessions/refresh', here.cookie))).toBe('session-locked')
    expect(await codeOf(unlock(here, 'not this one at all'))).toBe('wrong-credentials')
    expect(await codeOf(me(tested.app, here))).toBe('session-locked')
    const unlocked = await unlock(here, testPassword)
    expect(unlocked.statusCode).toBe(200)
    expect((await me(tested.app, openedBy(unlocked))).statusCode).toBe(200)
    expect((await me(tested.app, here)).statusCode).toBe(200)
    await vi.waitFor(async () => expect(await codeOf(me(other, here))).toBe(200))
    expect((await ask(tested.app, 'POST', '/sessions/refresh', cookieOf(unlocked))).statusCode).toBe(200)
    expect(await actions()).toEqual(expect.arrayContaining(['session.locked', 'session.unlocked']))
  })

  test('what listens to changes stops at the lock', async () => {
    const here = await open(await somebody())
    const reader = await readLive(base, here.headers)
    await lock(here)
    await reader.over
  })

  test('wrong passwords slow down, as at the door', async () => {
    const here = await open(await somebody())
    await lock(here)
    const codes: unknown[] = []
    for (let left = 7; left > 0; left -= 1) codes.push(await codeOf(unlock(here, 'never this one')))
    expect(codes.at(-1)).toBe('too-many-requests')
    expect(await codeOf(unlock(here, testPassword))).toBe('too-many-requests')
  })

  test('a session that ended is not unlocked; one without cookie neither locks nor unlocks', async () => {
    const here = await open(await somebody())
    await lock(here)
    await ask(tested.app, 'DELETE', '/sessions/current', here.cookie)
    expect(await codeOf(unlock(here, testPassword))).toBe('session-ended')
    const nobody = { headers: { authorization: '' }, cookie: { cookie: '', 'sec-fetch-site': 'same-origin' } }
    expect([await codeOf(lock(nobody)), await codeOf(unlock(nobody, testPassword))]).toEqual([204, 'session-ended'])
  })

  test('of two who unlock at once with one cookie, one goes on', async () => {
    const email = await somebody()
    const here = await open(email)
    await lock(here)
    const both = await Promise.all([unlock(here, testPassword), unlock(here, testPassword, other)])
    expect(both.some(({ statusCode }) => statusCode === 200)).toBe(true)
    const account = await tested.deps.db.global((tx) => findAccountByEmail(tx, email))
    const own = eq(refreshTokens.accountId, account?.id ?? AccountId.parse(''))
    const living = and(own, isNull(refreshTokens.usedAt), isNull(refreshTokens.endedAt))
    expect(await tested.deps.db.global((tx) => tx.$count(refreshTokens, living))).toBe(1)
  })
})

describe('a locked screen whose owner has an authenticator or a key', () => {
  const call = (opened: Opened, method: 'GET' | 'POST', url: string, payload?: object) =>
    ask(tested.app, method, `/sessions/current/${url}`, opened.cookie, payload)
  const unlockBy = (opened: Opened, code: string) => call(opened, 'POST', 'unlock', { code })
  /** Signed in with an authenticator, and locked; each code is of a later minute, for each serves once. */
  async function lockedWithCode() {
    const email = await somebody(false)
    const { secret } = await firstSignIn(tested, { email })
    const shown = (): string => {
      now = new Date(now.getTime() + 60_000)
      return codeShown(tested, secret)
    }
    const payload = { email, password: testPassword, code: shown() }
    const here = openedBy(await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload }))
    await call(here, 'POST', 'lock')
    return { email, here, shown, secret }
  }

  test('a code opens it, once; another’s, or one of long ago, does not', async () => {
    const { here, shown } = await lockedWithCode()
    const { shown: another } = await lockedWithCode()
    expect((await call(here, 'GET', 'lock')).json()).toEqual({ code: true, passkey: false, provider: null })
    expect(await codeOf(unlockBy(here, another()))).toBe('wrong-second-factor')
    const code = shown()
    const unlocked = await unlockBy(here, code)
    expect(unlocked.statusCode).toBe(200)
    const again = openedBy(unlocked)
    expect((await me(tested.app, again)).statusCode).toBe(200)
    await call(again, 'POST', 'lock')
    expect(await codeOf(unlockBy(again, code))).toBe('wrong-second-factor')
  })

  test('the account’s tries are counted: the right code must wait too', async () => {
    const { here, shown, secret } = await lockedWithCode()
    const wrong = shown() === '000000' ? '000001' : '000000'
    const codes: unknown[] = []
    for (let left = 7; left > 0; left -= 1) codes.push(await codeOf(unlockBy(here, wrong)))
    expect(codes.at(-1)).toBe('too-many-requests')
    expect(await codeOf(unlockBy(here, codeShown(tested, secret)))).toBe('too-many-requests')
  })

  test('neither a recovery code nor an authenticator that is being set up opens it', async () => {
    const email = await somebody()
    const here = await open(email)
    const bare = await open(await somebody(false))
    const { secret } = (await ask(tested.app, 'POST', '/me/totp', bare.headers)).json()
    for (const opened of [here, bare]) await call(opened, 'POST', 'lock')
    expect((await call(bare, 'GET', 'lock')).json()).toMatchObject({ code: false })
    expect(await codeOf(unlockBy(bare, codeShown(tested, secret)))).toBe('wrong-second-factor')
    expect(await codeOf(unlockBy(here, '123456'))).toBe('wrong-second-factor')
    expect((await unlockBy(here, '7Q4M-2VXA-9KTP')).statusCode).toBe(422)
    const both = await call(here, 'POST', 'unlock', { password: testPassword, code: '123456' })
    expect(both.statusCode).toBe(422)
    expect(await codeOf(me(tested.app, here))).toBe('session-locked')
  })

  test('a key opens another session in its place; somebody else’s leaves it locked', async () => {
    const keyOf = async ({ headers }: Opened) => {
      const key = aVirtualKey()
      const options = (await ask(tested.app, 'POST', '/me/passkeys/options', headers)).json()
      const made = { name: 'Clé', made: key.make(options) }
      expect((await ask(tested.app, 'POST', '/me/passkeys', headers, made)).statusCode).toBe(201)
      return async (cookie: OwnPage) => {
        const challenge = (await ask(tested.app, 'POST', '/sessions/passkey/options', cookie)).json()
        return await ask(tested.app, 'POST', '/sessions/passkey', cookie, { signed: key.sign(challenge) })
      }
    }
    const here = await open(await somebody(false))
    const other = await open(await somebody(false))
    const [signs, otherSigns] = [await keyOf(here), await keyOf(other)]
    await call(here, 'POST', 'lock')
    expect((await call(here, 'GET', 'lock')).json()).toMatchObject({ passkey: true })
    expect((await otherSigns(here.cookie)).statusCode).toBe(201)
    expect(await codeOf(me(tested.app, here))).toBe('session-locked')
    const again = await signs(here.cookie)
    expect((await me(tested.app, openedBy(again))).statusCode).toBe(200)
    await vi.waitFor(async () => expect(await codeOf(me(tested.app, here))).toBe('session-ended'))
  })

  test('who has no session is told nothing', async () => {
    const cookie = { cookie: 'maillage_refresh=invented', 'sec-fetch-site': 'same-origin' }
    expect(await codeOf(ask(tested.app, 'GET', '/sessions/current/lock', cookie))).toBe('session-ended')
  })
})

describe('without the database’s notifications', () => {
  test('the table is read, and an ended session is refused all the same', async () => {
    const deaf = notificationsAt('postgres://nobody@127.0.0.1:1/none')
    const app = await buildApp({ ...tested.deps, notifications: deaf })
    try {
      const email = await somebody()
      const there = await open(email)
      const here = await open(email)
      expect((await me(app, there)).statusCode).toBe(200)
      await ask(tested.app, 'DELETE', '/me/sessions?scope=others', here.headers)
      await vi.waitFor(async () => expect(await codeOf(me(app, there))).toBe('session-ended'), 10_000)
      expect((await me(app, here)).statusCode).toBe(200)
    } finally {
      await app.close()
      await deaf.close()
    }
  })

  test('a cut line is made up for: what ended meanwhile is read when it comes back', async () => {
    const email = await somebody()
    const there = await open(email)
    const here = await open(email)
    expect((await me(other, there)).statusCode).toBe(200)
    const login = new pg.Client({ connectionString: tested.database.url })
    await login.connect()
    const { rowCount } = await login.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'maillage-live' and datname = current_database()`)
    await login.end()
    expect(rowCount).toBe(2)
    await ask(tested.app, 'DELETE', '/me/sessions?scope=others', here.headers)
    expect(await codeOf(me(tested.app, there))).toBe('session-ended')
    await vi.waitFor(async () => expect(await codeOf(me(other, there))).toBe('session-ended'), 10_000)
  })

  test('with neither notifications nor tables nobody is let in', async () => {
    const here = await open(await somebody())
    const url = 'postgres://nobody@127.0.0.1:1/none'
    const away = openDatabase({ url, onError: () => undefined })
    const deaf = notificationsAt(url)
    const app = await buildApp({ ...tested.deps, db: { ...tested.deps.db, global: away.global }, notifications: deaf })
    try {
      expect(await codeOf(me(app, here))).toBe('not-ready')
    } finally {
      await app.close()
      await deaf.close()
      await away.close()
    }
  })

  test('what ended long ago is forgotten: its tokens have expired by themselves', async () => {
    const here = await open(await somebody())
    await ask(tested.app, 'DELETE', '/sessions/current', here.cookie)
    now = new Date(now.getTime() + 11 * 60_000)
    expect(await codeOf(me(tested.app, here))).toBe('not-signed-in')
  })
})
