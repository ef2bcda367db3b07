import type { AccountId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { findAccount } from '../../kernel/accounts/account.store.ts'
import { nameOfTotp } from '../../kernel/accounts/check-code.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { outbox } from '../../kernel/tables/outbox.table.ts'
import { rememberedDevices, totpFactors } from '../../kernel/tables/second-factor.table.ts'
import { wrap } from '../../platform/session/key-wrap.ts'
import { passwordResets } from '../../platform/session.table.ts'
import { sendReset } from './ask-reset.ts'
import { setPassword } from './change-password.ts'

let tested: TestApp
let now: Date
let email: string
let accountId: AccountId
let cptsId: Awaited<ReturnType<typeof aCpts>>
let count = 0
const better = 'trois mirabelles sur le toit'

beforeAll(async () => {
  now = new Date('2026-03-02T09:00:00Z')
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())
beforeEach(async () => {
  count += 1
  email = `mot-de-passe${count}@essai.example`
  accountId = await anAccount(tested, { email, displayName: 'Camille Dupré' })
  await aMembership(tested, accountId, { cptsId, role: 'coordinator' })
})

const send = (method: 'POST' | 'PUT' | 'GET', path: string, payload?: object, headers = {}) =>
  tested.app.inject({ method, url: `/api/v1${path}`, payload, headers, remoteAddress: `10.9.0.${count}` })
const signIn = (password: string) => send('POST', '/sessions', { email, password })
const bearerOf = (answer: LightMyRequestResponse) => ({ authorization: `Bearer ${answer.json().accessToken}` })
const codeOf = (answer: LightMyRequestResponse) => (answer.statusCode < 300 ? answer.statusCode : answer.json().code)
const told = async (to: string): Promise<string[]> => {
  const rows = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, to)))
  return rows.map(({ kind }) => kind)
}
const runJobs = async (): Promise<void> => {
  const waiting = await prepare(tested, (tx) => tx.select().from(outbox).where(eq(outbox.topic, 'send-password-reset')))
  for (const { payload } of waiting) await sendReset(tested.deps, payload)
}
const aLink = (minutes = 30): Promise<string> =>
  tested.deps.db.transaction(cptsId, (tx) =>
    issueLink(tx, {
      cptsId,
      purpose: 'password-reset',
      subjectId: accountId,
      expiresAt: new Date(now.getTime() + minutes * 60_000),
      now,
    }),
  )
const redeem = (token: string, password = better, code?: string) =>
  send('POST', '/password-resets/redemption', { token, password, code })

describe('changing one’s password', () => {
  test('asks the present one, ends other sessions and remembered browsers, and tells its owner', async () => {
    const there = bearerOf(await signIn(testPassword))
    const here = bearerOf(await signIn(testPassword))
    await prepare(tested, (tx) =>
      tx.insert(rememberedDevices).values({
        id: crypto.randomUUID(),
        accountId,
        tokenHash: crypto.randomUUID(),
        device: 'Firefox',
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
      }),
    )
    expect(codeOf(await send('PUT', '/me/password', { present: 'not this one', next: better }, here))).toBe(
      'wrong-proof',
    )
    expect(codeOf(await send('PUT', '/me/password', { present: testPassword, next: better }, here))).toBe(204)
    expect(codeOf(await send('GET', '/me', undefined, there))).toBe('session-ended')
    expect(codeOf(await send('GET', '/me', undefined, here))).toBe(200)
    expect(codeOf(await signIn(testPassword))).toBe('wrong-credentials')
    expect(codeOf(await signIn(better))).toBe(201)
    const left = await prepare(tested, (tx) =>
      tx.select().from(rememberedDevices).where(eq(rememberedDevices.accountId, accountId)),
    )
    expect(left).toEqual([])
    expect(await told(email)).toEqual(['password-changed'])
    const trail = await prepare(tested, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.actorId, accountId)),
    )
    expect(trail.map(({ action }) => action)).toContain('password.changed')
  })

  test('the present one is not guessed: the right one too must wait', async () => {
    const here = bearerOf(await signIn(testPassword))
    const change = (present: string) => send('PUT', '/me/password', { present, next: better }, here)
    for (let left = 7; left > 0; left -= 1) await change('not this one')
    expect(codeOf(await change(testPassword))).toBe('too-many-requests')
  })

  test.each([
    ['court', 'too-short'],
    ['motdepasse2026', 'too-common'],
    ['camille-dupre-34', 'holds-identity'],
  ])('%s is refused', async (next, fault) => {
    const here = bearerOf(await signIn(testPassword))
    const refused = await send('PUT', '/me/password', { present: testPassword, next }, here)
    expect(refused.json().errors).toEqual([{ pointer: '/next', code: fault }])
  })
})

test('of two who set a password at once, who read the account before the other loses', async () => {
  const { db } = tested.deps
  const read = await db.global((tx) => findAccount(tx, accountId))
  expect(codeOf(await redeem(await aLink()))).toBe(204)
  const set = read && (await db.global((tx) => setPassword(tx, read, { hash: 'of a thief', now })))
  expect(set).toBe(false)
  expect(codeOf(await signIn(better))).toBe(201)
})

describe('asking for a link', () => {
  test('answers a known and an unknown address alike, and looks nobody up before it answers', async () => {
    const known = await send('POST', '/password-resets', { email: email.toUpperCase() })
    const unknown = await send('POST', '/password-resets', { email: `personne${count}@essai.example` })
    expect([known.statusCode, known.body]).toEqual([202, unknown.body])
    expect(await told(email)).toEqual([])
    const rows = await prepare(tested, (tx) => tx.select().from(passwordResets))
    expect(rows.map((row) => row.email)).toEqual(expect.arrayContaining([email, `personne${count}@essai.example`]))
    await runJobs()
    expect(await told(email)).toEqual(['password-reset'])
    expect(await told(`personne${count}@essai.example`)).toEqual([])
    // The mailbox is read by others later: the link is worth nothing by then.
    const [sent] = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, email)))
    expect(sent?.link).toEqual({ purpose: 'password-reset', subjectId: accountId, days: 30 / (24 * 60) })
    // Run twice, the job writes once.
    await runJobs()
    expect(await told(email)).toEqual(['password-reset'])
  })

  test('fills nobody’s mailbox, and slows down whoever asks again and again', async () => {
    const codes: unknown[] = []
    for (let left = 7; left > 0; left -= 1) codes.push(codeOf(await send('POST', '/password-resets', { email })))
    expect(codes.slice(0, 5)).toEqual([202, 202, 202, 202, 202])
    expect(codes.at(-1)).toBe('too-many-requests')
    await runJobs()
    expect((await told(email)).length).toBeLessThanOrEqual(3)
  })

  test('a closed account gets nothing', async () => {
    await prepare(tested, (tx) => tx.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, accountId)))
    expect((await send('POST', '/password-resets', { email })).statusCode).toBe(202)
    await runJobs()
    expect(await told(email)).toEqual([])
    expect(codeOf(await redeem(await aLink()))).toBe('not-found')
  })
})

describe('choosing another password by a link', () => {
  test('serves once, ends every session, and tells the owner', async () => {
    const there = bearerOf(await signIn(testPassword))
    const token = await aLink()
    expect(codeOf(await redeem(token, 'court'))).toBe('invalid-field')
    expect(codeOf(await redeem(token))).toBe(204)
    expect(codeOf(await send('GET', '/me', undefined, there))).toBe('session-ended')
    expect(codeOf(await signIn(better))).toBe(201)
    expect(codeOf(await redeem(token, 'quatre mirabelles sur le toit'))).toBe('not-found')
    expect(await told(email)).toEqual(['password-changed'])
  })

  test('of two at once with one link, one gets through', async () => {
    const token = await aLink()
    const both = await Promise.all([redeem(token), redeem(token, 'quatre mirabelles sur le toit')])
    expect(both.map(codeOf).map(String).sort()).toEqual(['204', 'not-found'])
  })

  test('an old link, a forged one, and another link once one has served, open nothing', async () => {
    const other = await aLink()
    const token = await aLink()
    expect(codeOf(await redeem('x'.repeat(64)))).toBe('not-found')
    expect(codeOf(await redeem(token.slice(0, -4).padEnd(64, 'A')))).toBe('not-found')
    expect(codeOf(await redeem(token))).toBe(204)
    expect(codeOf(await redeem(other))).toBe('not-found')
    const late = await aLink(30)
    now = new Date(now.getTime() + 31 * 60_000)
    expect(codeOf(await redeem(late))).toBe('not-found')
  })

  test('a mailbox is not enough where a second factor is set up', async () => {
    await prepare(tested, async (tx) => {
      await tx.update(accounts).set({ isSecondFactorExempt: false }).where(eq(accounts.id, accountId))
      const wrappedSecret = wrap(tested.deps.masterKey, 'of an authenticator', nameOfTotp(accountId))
      const factor = { id: crypto.randomUUID(), accountId, wrappedSecret, createdAt: now, confirmedAt: now }
      await tx.insert(totpFactors).values(factor)
    })
    const token = await aLink()
    expect(codeOf(await redeem(token))).toBe('second-factor-required')
    expect(codeOf(await redeem(token, better, 'AAAA-AAAA-AAAA-AAAA'))).toBe('wrong-second-factor')
    expect(codeOf(await signIn(better))).toBe('wrong-credentials')
  })
})
