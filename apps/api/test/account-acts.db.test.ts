import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nameOfTotp } from '../src/kernel/accounts/check-code.ts'
import { issueLink } from '../src/kernel/links/links.ts'
import { auditEntries } from '../src/kernel/tables/audit.table.ts'
import { accounts } from '../src/kernel/tables/cpts.table.ts'
import { totpFactors } from '../src/kernel/tables/second-factor.table.ts'
import { type Notifications, openNotifications } from '../src/platform/live/notifications.ts'
import { wrap } from '../src/platform/session/key-wrap.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aVirtualKey } from './builders/a-virtual-key.ts'
import { aCpts, aMembership, anAccount, someoneWho, testPassword } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'
import { codeOf as codeShown, firstSignIn } from './builders/enrolled.ts'

// Whatever ends or locks a session does so before it answers, even where no message of the database comes in; and whatever
// is done to an account stands in the trail, with its outcome.

type Someone = Awaited<ReturnType<typeof someoneWho>>
interface Opened {
  readonly headers: { authorization: string }
  readonly own: { cookie: string; 'sec-fetch-site': string }
}

let tested: TestApp
let deaf: Notifications
let now = new Date('2026-03-02T09:00:00Z')
let cptsId: CptsId
let ana: Someone
let bob: Someone
let eva: Someone & { email: string }
let here: Opened
let there: Opened
let count = 0

beforeAll(async () => {
  deaf = openNotifications({
    url: 'postgres://nobody@127.0.0.1:1/none',
    channel: 'maillage_case',
    onError: () => undefined,
  })
  tested = await buildTestApp({ now: () => now, notifications: deaf })
})
afterAll(async () => {
  await tested.close()
  await deaf.close()
})
beforeEach(async () => {
  count += 1
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'administrator' })
  bob = await someoneWho(tested, { cptsId, role: 'administrator' })
  const email = `actes${count}@essai.example`
  const accountId = await anAccount(tested, { email })
  const { membershipId } = await aMembership(tested, accountId, { cptsId, role: 'coordinator' })
  there = opened(await call('POST', '/sessions', {}, { email, password: testPassword }))
  here = opened(await call('POST', '/sessions', {}, { email, password: testPassword }))
  eva = { accountId, membershipId, email, headers: here.headers }
})

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers: object = {}, payload?: object) =>
  tested.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers },
    payload,
    remoteAddress: `10.12.${count}.1`,
  })
const opened = (answer: LightMyRequestResponse): Opened => ({
  headers: { authorization: `Bearer ${answer.json().accessToken}` },
  own: {
    cookie: `maillage_refresh=${answer.cookies.find(({ name }) => name === 'maillage_refresh')?.value ?? ''}`,
    'sec-fetch-site': 'same-origin',
  },
})
const codeOf = ({ statusCode, json }: LightMyRequestResponse): unknown => (statusCode < 300 ? statusCode : json().code)
const me = async ({ headers }: Opened): Promise<unknown> => codeOf(await call('GET', '/me', headers))
const trail = async (of = cptsId): Promise<string[]> => {
  const rows = await prepare(tested, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.cptsId, of)).orderBy(auditEntries.position),
  )
  return rows.map(({ action, outcome, actorId }) => `${action} ${outcome} by ${actorId}`)
}
const better = 'trois mirabelles sur le toit'

const lock = ({ own }: Opened) => call('POST', '/sessions/current/lock', own)
const unlock = ({ own }: Opened, password: string) => call('POST', '/sessions/current/unlock', own, { password })
async function byLink(): Promise<LightMyRequestResponse> {
  const expiresAt = new Date(now.getTime() + 60_000)
  const link = { cptsId, purpose: 'password-reset', subjectId: eva.accountId, expiresAt, now } as const
  const token = await tested.deps.db.transaction(cptsId, (tx) => issueLink(tx, link))
  return await call('POST', '/password-resets/redemption', {}, { token, password: better })
}
async function byTwo(): Promise<LightMyRequestResponse> {
  await prepare(tested, async (tx) => {
    const { accountId } = eva
    await tx.update(accounts).set({ isSecondFactorExempt: false }).where(eq(accounts.id, accountId))
    const wrappedSecret = wrap(tested.deps.masterKey, 'of an authenticator', nameOfTotp(accountId))
    await tx
      .insert(totpFactors)
      .values({ id: crypto.randomUUID(), accountId, wrappedSecret, createdAt: now, confirmedAt: now })
  })
  const { id } = (await call('POST', `/members/${eva.accountId}/second-factor-resets`, ana.headers)).json()
  return await call('POST', `/second-factor-resets/${id}/confirmation`, bob.headers)
}
async function oneOfMine(): Promise<LightMyRequestResponse> {
  const { items } = (await call('GET', '/me/sessions', here.headers)).json()
  const other = items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
  return await call('DELETE', `/me/sessions/${other.id}`, here.headers)
}

/** What ends `there`, the line that it leaves, and by whom. */
const ends: Record<string, [act: () => Promise<LightMyRequestResponse>, line: () => string]> = {
  'signing out': [() => call('DELETE', '/sessions/current', there.own), () => `session.end done by ${eva.accountId}`],
  'ending one of one’s sessions': [oneOfMine, () => `session.revoked done by ${eva.accountId}`],
  'ending all others': [
    () => call('DELETE', '/me/sessions?scope=others', here.headers),
    () => `session.revoked done by ${eva.accountId}`,
  ],
  'another password': [
    () => call('PUT', '/me/password', here.headers, { present: testPassword, next: better }),
    () => `password.changed done by ${eva.accountId}`,
  ],
  'another password by a link': [byLink, () => `password.changed done by ${eva.accountId}`],
  'an administrator who disconnects': [
    () => call('DELETE', `/members/${eva.accountId}/sessions`, ana.headers),
    () => `session.revoked ${eva.accountId} done by ${ana.accountId}`,
  ],
  'a role that is taken away': [
    () => call('POST', `/memberships/${eva.membershipId}/close`, ana.headers),
    () => `membership.closed ${eva.accountId} done by ${ana.accountId}`,
  ],
  'a second factor that two people take away': [
    byTwo,
    () => `second-factor.reset ${eva.accountId} done by ${bob.accountId}`,
  ],
}

test.each(Object.keys(ends))('%s ends a session at once where no message comes in, and leaves a line', async (what) => {
  const [act, line] = ends[what] ?? []
  if (!act || !line) throw new Error('Nothing to do')
  expect(await me(there)).toBe(200)
  expect((await act()).statusCode).toBe(204)
  expect(await me(there)).toBe('session-ended')
  expect(await trail()).toContain(line())
})

test('a lock holds at once, its tries are told, and who unlocks is let in at once', async () => {
  const lines = async () => (await trail()).filter((line) => /session\.(un)?locked/.test(line))
  expect(await me(there)).toBe(200)
  expect((await lock(there)).statusCode).toBe(204)
  expect(await me(there)).toBe('session-locked')
  const by = `by ${eva.accountId}`
  expect(await lines()).toEqual([`session.locked done ${by}`])
  expect(codeOf(await unlock(there, 'not this one'))).toBe('wrong-credentials')
  expect(await lines()).toEqual([`session.locked done ${by}`, `session.unlocked refused ${by}`])
  const again = await unlock(there, testPassword)
  expect(await me(opened(again))).toBe(200)
  expect((await lines()).at(-1)).toBe(`session.unlocked done ${by}`)
})

test('a session that opens stands in the trail of the CPTS that it works in, another password in that of each', async () => {
  const second = await aCpts(tested)
  await aMembership(tested, eva.accountId, { cptsId: second, role: 'coordinator' })
  expect((await trail()).filter((line) => line === `session.open done by ${eva.accountId}`)).toHaveLength(2)
  expect(await trail(second)).toEqual([])
  await call('PUT', '/me/password', here.headers, { present: testPassword, next: better })
  for (const one of [cptsId, second]) expect(await trail(one)).toContain(`password.changed done by ${eva.accountId}`)
})

test('a role that is given back leaves a line', async () => {
  await call('POST', `/memberships/${eva.membershipId}/close`, ana.headers)
  expect(codeOf(await call('POST', `/memberships/${eva.membershipId}/reopen`, bob.headers))).toBe(204)
  expect(await trail()).toContain(`membership.reopened ${eva.accountId} done by ${bob.accountId}`)
})

describe('what protects an account', () => {
  test('leaves a line whenever it changes', async () => {
    const email = `protege${count}@essai.example`
    const accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
    await aMembership(tested, accountId, { cptsId, role: 'coordinator' })
    const lines = async () =>
      (await trail()).flatMap((line) => (line.endsWith(accountId) ? [line.split(' ').slice(0, 2).join(' ')] : []))
    const { secret } = await firstSignIn(tested, { email })
    expect((await lines()).at(-1)).toBe('second-factor.enrolled done')
    now = new Date(now.getTime() + 60_000)
    const typed = { email, password: testPassword, code: codeShown(tested, secret) }
    const { headers } = opened(await call('POST', '/sessions', {}, typed))
    expect(codeOf(await call('POST', '/me/recovery-codes', headers))).toBe(200)
    expect((await lines()).at(-1)).toBe('recovery-codes.renewed done')
    const key = aVirtualKey()
    const made = key.make((await call('POST', '/me/passkeys/options', headers)).json())
    expect(codeOf(await call('POST', '/me/passkeys', headers, { name: 'Clé', made }))).toBe(201)
    expect((await lines()).at(-1)).toBe('second-factor.enrolled done')
    expect(codeOf(await call('DELETE', '/me/totp', headers))).toBe(204)
    expect((await lines()).at(-1)).toBe('second-factor.removed done')
  })
})
