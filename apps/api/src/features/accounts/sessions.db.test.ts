import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, someoneWho, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { findAccountByEmail } from '../../kernel/accounts/account.store.ts'
import { openSession } from '../../kernel/accounts/session-opening.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { refreshTokens } from '../../platform/session.table.ts'

let tested: TestApp
let now: Date
let email: string
const password = testPassword

beforeAll(async () => {
  now = new Date('2026-03-02T09:00:00Z')
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
})

beforeEach(() => {
  email = `essai-${Math.random().toString(36).slice(2)}@essai.example`
})

const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const post = (path: string, payload?: object, headers: Record<string, string> = {}) =>
  tested.app.inject({ method: 'POST', url: `/api/v1${path}`, payload, headers })
const signIn = (typed: object = {}, remoteAddress = '10.0.0.1') =>
  tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { email, password, ...typed }, remoteAddress })
const cookieOf = (answer: LightMyRequestResponse): string =>
  answer.cookies.find(({ name }) => name === 'maillage_refresh')?.value ?? ''
const own = (cookie: string) => ({ cookie: `maillage_refresh=${cookie}`, origin: 'http://localhost:3000' })
const refresh = (cookie: string) => post('/sessions/refresh', undefined, own(cookie))
const unlock = (cookie: string) => post('/sessions/current/unlock', { password }, own(cookie))
const me = (answer: LightMyRequestResponse) =>
  tested.app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${answer.json().accessToken}` } })

async function aCoordinator(): Promise<AccountId> {
  const account = await anAccount(tested, { email })
  await aMembership(tested, account, { cptsId: await aCpts(tested), role: 'coordinator' })
  return account
}
const trailOf = async (accountId: AccountId): Promise<string[]> => {
  const own = eq(auditEntries.actorId, accountId)
  const rows = await prepare(tested, (tx) => tx.select().from(auditEntries).where(own).orderBy(asc(auditEntries.id)))
  return rows.map(({ action, outcome }) => `${action} ${outcome}`)
}

describe('signing in', () => {
  test('gives a token, and a cookie that no script reads and no other site sends', async () => {
    await aCoordinator()
    const answer = await signIn({ email: email.toUpperCase() })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ account: { email }, expiresAt: '2026-03-02T09:10:00.000Z' })
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/sessions' })
    expect((await me(answer)).json()).toMatchObject({ current: { role: 'coordinator' } })
  })

  test('an unknown e-mail and a wrong password answer alike', async () => {
    await aCoordinator()
    const wrong = await signIn({ password: 'not this one' })
    const unknown = await signIn({ email: 'personne@nulle-part.example' })
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'wrong-credentials'])
    expect({ ...unknown.json(), instance: '' }).toEqual({ ...wrong.json(), instance: '' })
  })

  test('without membership nothing but the account itself answers', async () => {
    await anAccount(tested, { email })
    const answer = await signIn()
    expect((await me(answer)).json()).toMatchObject({ memberships: [], current: null })
    const headers = { authorization: `Bearer ${answer.json().accessToken}` }
    const refused = await tested.app.inject({ url: '/api/v1/gp-searches', headers })
    expect(refused.json().code).toBe('role-may-not')
  })

  test('a token is refused after ten minutes, and one with a changed letter at once', async () => {
    await aCoordinator()
    const answer = await signIn()
    // Known from here on, and no longer for that.
    expect((await me(answer)).statusCode).toBe(200)
    const forged = `${answer.json().accessToken.slice(0, -3)}abc`
    const headers = { authorization: `Bearer ${forged}` }
    expect((await tested.app.inject({ url: '/api/v1/me', headers })).json().code).toBe('not-signed-in')
    later(11)
    expect((await me(answer)).json().code).toBe('not-signed-in')
  })
})

test('a password that was changed while it was being looked at opens nothing', async () => {
  await aCoordinator()
  const read = await tested.deps.db.global((tx) => findAccountByEmail(tx, email))
  const proof = { method: 'password', secondFactor: 'exempt', device: '' } as const
  const headers = { authorization: `Bearer ${(await signIn()).json().accessToken}` }
  const payload = { present: password, next: 'trois mirabelles sur le toit' }
  const changed = await tested.app.inject({ method: 'PUT', url: '/api/v1/me/password', headers, payload })
  expect([read?.email, changed.statusCode]).toEqual([email, 204])
  if (read) await expect(openSession(tested.deps, read, proof)).rejects.toMatchObject({ code: 'wrong-credentials' })
})

describe('failed tries slow down', () => {
  const tries = async (count: number, address: string): Promise<LightMyRequestResponse[]> => {
    const answers: LightMyRequestResponse[] = []
    for (let left = count; left > 0; left -= 1) answers.push(await signIn({ password: 'wrong' }, address))
    return answers
  }

  test.each(['known', 'unknown'])('the same for an e-mail that is %s', async (kind) => {
    if (kind === 'known') await aCoordinator()
    const answers = await tries(7, '10.0.1.1')
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 401, 429])
    expect(Number(answers[6]?.headers['retry-after'])).toBeGreaterThan(0)
    // The right password waits as well: else a guess would tell.
    expect((await signIn({}, '10.0.1.1')).statusCode).toBe(429)
  })

  test('the wait ends, and a success starts the count anew', async () => {
    await aCoordinator()
    await tries(6, '10.0.1.2')
    later(1)
    expect((await signIn({}, '10.0.1.2')).statusCode).toBe(201)
    expect((await tries(5, '10.0.1.2')).every(({ statusCode }) => statusCode === 401)).toBe(true)
  })

  test('from the many addresses of one network they are one caller’s', async () => {
    let refused = 0
    for (let address = 1; address <= 42 && refused === 0; address += 1) {
      email = `essai-${Math.random().toString(36).slice(2)}@essai.example`
      const answer = await signIn({ password: 'wrong' }, `2001:db8:7:7::${address.toString(16)}`)
      if (answer.statusCode === 429) refused = address
    }
    expect(refused).toBe(42)
    expect((await signIn({ password: 'wrong' }, '2001:db8:7:8::1')).statusCode).toBe(401)
  })

  test('tries sent at once are counted too', async () => {
    await aCoordinator()
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn({ password: 'wrong' }, '10.0.1.3')))
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(6)
  })
})

describe('renewing', () => {
  test('the cookie changes at each use', async () => {
    await aCoordinator()
    const first = cookieOf(await signIn())
    const renewed = await refresh(first)
    expect(renewed.statusCode).toBe(200)
    expect(cookieOf(renewed)).not.toBe(first)
    expect((await refresh(cookieOf(renewed))).statusCode).toBe(200)
  })

  test('a cookie used twice ends the whole session', async () => {
    const accountId = await aCoordinator()
    const stolen = cookieOf(await signIn())
    const next = cookieOf(await refresh(stolen))
    later(1)
    expect((await refresh(stolen)).json().code).toBe('session-ended')
    expect((await refresh(next)).json().code).toBe('session-ended')
    await refresh(stolen)
    expect(await trailOf(accountId)).toEqual(['session.open done', 'session.reused refused'])
  })

  test('a page that was left before its answer came asks again, and only the last answer serves', async () => {
    const accountId = await aCoordinator()
    const cookie = cookieOf(await signIn())
    const overtaken = cookieOf(await refresh(cookie))
    const again = await refresh(cookie)
    expect(again.statusCode).toBe(200)
    later(1)
    const next = await refresh(cookieOf(again))
    expect(next.statusCode).toBe(200)
    expect((await refresh(overtaken)).json().code).toBe('session-ended')
    expect((await refresh(cookieOf(next))).json().code).toBe('session-ended')
    expect(await trailOf(accountId)).toEqual(['session.open done', 'session.reused refused'])
  })

  test('a page loaded several times at once goes on', async () => {
    const accountId = await aCoordinator()
    const cookie = cookieOf(await signIn())
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(cookie)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200])
    const living = and(
      eq(refreshTokens.accountId, accountId),
      isNull(refreshTokens.usedAt),
      isNull(refreshTokens.endedAt),
    )
    expect(await prepare(tested, (tx) => tx.$count(refreshTokens, living))).toBe(1)
  })

  test('a browser that was shut finds its screen locked, whatever it says itself', async () => {
    const accountId = await aCoordinator()
    const used = await refresh(cookieOf(await signIn()))
    later(25)
    const still = await refresh(cookieOf(used))
    expect(still.statusCode).toBe(200)
    later(26)
    expect((await refresh(cookieOf(still))).json().code).toBe('session-locked')
    expect((await refresh(cookieOf(still))).json().code).toBe('session-locked')
    expect(await trailOf(accountId)).toEqual(['session.open done', 'session.locked done'])
    const back = await unlock(cookieOf(still))
    expect([back.statusCode, (await refresh(cookieOf(back))).statusCode]).toEqual([200, 200])
  })

  test('a session ends after twelve idle hours, and after seven days at most', async () => {
    await aCoordinator()
    const idle = cookieOf(await signIn())
    later(12 * 60 + 1)
    expect((await unlock(idle)).json().code).toBe('session-ended')
    const opened = await signIn()
    const headers = { authorization: `Bearer ${opened.json().accessToken}` }
    expect((await tested.app.inject({ url: '/api/v1/me/sessions', headers })).json().items).toHaveLength(1)
    let cookie = cookieOf(opened)
    const answers: number[] = []
    for (let hours = 0; hours < 7 * 24 + 11; hours += 11) {
      later(11 * 60)
      const answer = await unlock(cookie)
      answers.push(answer.statusCode)
      cookie = cookieOf(answer)
    }
    expect(answers.at(-1)).toBe(401)
    expect(answers.slice(0, 15).every((status) => status === 200)).toBe(true)
  })

  test('signing out ends it, takes the cookie away and leaves a line, once', async () => {
    const accountId = await aCoordinator()
    const cookie = cookieOf(await signIn())
    const headers = own(cookie)
    const out = await tested.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers })
    expect([out.statusCode, out.body, cookieOf(out)]).toEqual([204, '', ''])
    expect((await refresh(cookie)).json().code).toBe('session-ended')
    await tested.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers })
    expect(await trailOf(accountId)).toEqual(['session.open done', 'session.end done'])
  })
})

describe('changing hats', () => {
  test('the oldest role is worn first; another holds at once, after the next renewal and at the next sign-in', async () => {
    const account = await anAccount(tested, { email })
    const cptsId = await aCpts(tested)
    await aMembership(tested, account, { cptsId, role: 'coordinator' })
    const { membershipId } = await aMembership(tested, account, { cptsId, role: 'administrator' })
    const opened = await signIn()
    expect((await me(opened)).json().current.role).toBe('coordinator')
    const headers = { authorization: `Bearer ${opened.json().accessToken}` }
    const changed = await post('/sessions/current/membership', { membershipId }, headers)
    expect((await me(changed)).json().current.role).toBe('administrator')
    expect((await me(await refresh(cookieOf(opened)))).json().current.role).toBe('administrator')
    expect((await me(await signIn())).json().current.role).toBe('administrator')
  })

  test('somebody else’s membership cannot be worn', async () => {
    const cptsId = await aCpts(tested)
    const other = await someoneWho(tested, { cptsId, role: 'administrator' })
    const { headers } = await someoneWho(tested, { cptsId, role: 'requester' })
    const refused = await post('/sessions/current/membership', { membershipId: other.membershipId }, headers)
    expect(refused.json().errors).toEqual([{ pointer: '/membershipId', code: 'unknown' }])
  })
})
