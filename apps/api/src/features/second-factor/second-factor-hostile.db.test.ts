import type { AccountId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { codeOf as codeShown, enrolledAccount, firstSignIn } from '../../../test/builders/enrolled.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { sessions } from '../../platform/session.table.ts'

// What is tried against the second factor of somebody else, or from a session that should be worth less than it was.

let tested: TestApp
let now = new Date('2026-03-02T09:00:10Z')
let email: string

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(() => {
  later(600)
  email = `hostile-${Math.random().toString(36).slice(2)}@essai.example`
})

const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000)
}
type Headers = Record<string, string>
const call = (method: 'GET' | 'POST' | 'DELETE', path: string, headers: Headers = {}, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, payload })
const signIn = (typed: object = {}, headers: Headers = {}) =>
  call('POST', '/sessions', headers, { email, password: testPassword, ...typed })
const bearer = (answer: LightMyRequestResponse): Headers => ({ authorization: `Bearer ${answer.json().accessToken}` })
const cookieOf = (answer: LightMyRequestResponse, name: string): string =>
  answer.cookies.find((one) => one.name === name)?.value ?? ''
const refresh = (answer: LightMyRequestResponse) =>
  call('POST', '/sessions/refresh', {
    cookie: `maillage_refresh=${cookieOf(answer, 'maillage_refresh')}`,
    origin: tested.deps.settings.publicUrl,
  })
const codeOf = (answer: LightMyRequestResponse): unknown =>
  answer.statusCode < 300 ? answer.statusCode : answer.json().code
const shown = (secret: string): string => codeShown(tested, secret)
async function somebody(isSecondFactorExempt = false): Promise<AccountId> {
  const accountId = await anAccount(tested, { email, isSecondFactorExempt })
  await aMembership(tested, accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
  return accountId
}
/** The codes of so many tries at once, none of them right. */
async function afterTries(attempt: () => Promise<LightMyRequestResponse>): Promise<unknown> {
  const codes: unknown[] = []
  for (let left = 7; left > 0; left -= 1) codes.push(codeOf(await attempt()))
  return codes.at(-1)
}

test('the code that set an authenticator up is spent', async () => {
  await somebody()
  const { secret } = await firstSignIn(tested, { email })
  expect(codeOf(await signIn({ code: shown(secret) }))).toBe('wrong-second-factor')
  later(60)
  expect(codeOf(await signIn({ code: shown(secret) }))).toBe(201)
})

test('setting one’s authenticator up leaves those of others', async () => {
  const { secret } = await enrolledAccount(tested, `collegue-${email}`)
  await somebody()
  await firstSignIn(tested, { email })
  later(60)
  const theirs = await signIn({ email: `collegue-${email}`, code: shown(secret) })
  expect([codeOf(theirs), theirs.json().mustEnrol]).toEqual([201, undefined])
})

test('somebody else’s browser is not forgotten, nor said to be there', async () => {
  await somebody()
  const { secret } = await firstSignIn(tested, { email })
  later(60)
  const opened = await signIn({ code: shown(secret), rememberDevice: true })
  const [device] = (await call('GET', '/me/second-factor', bearer(opened))).json().devices
  const stranger = await enrolledAccount(tested, `autre-${email}`)
  expect(codeOf(await call('DELETE', `/me/devices/${device.id}`, stranger.headers))).toBe('not-found')
  const cookie = `maillage_device=${cookieOf(opened, 'maillage_device')}`
  expect(codeOf(await signIn({}, { cookie }))).toBe(201)
})

test('codes and passwords are not guessed from an open session either', async () => {
  await somebody()
  const opened = await signIn()
  await call('POST', '/me/totp', bearer(opened))
  const confirm = () => call('POST', '/me/totp/confirmation', bearer(opened), { code: '000000' })
  expect(await afterTries(confirm)).toBe('too-many-requests')
  expect(await afterTries(() => call('POST', '/me/proof', bearer(opened), { password: 'wrong' }))).toBe(
    'too-many-requests',
  )
  expect(codeOf(await call('POST', '/me/proof', bearer(opened), { password: testPassword }))).toBe('too-many-requests')
})

test('what was begun in time is not finished on a proof of long ago', async () => {
  const accountId = await somebody()
  const opened = await signIn()
  const { secret } = (await call('POST', '/me/totp', bearer(opened))).json()
  await prepare(tested, (tx) =>
    tx
      .update(sessions)
      .set({ openedAt: new Date(now.getTime() - 16 * 60_000) })
      .where(eq(sessions.accountId, accountId)),
  )
  const confirmed = await call('POST', '/me/totp/confirmation', bearer(opened), { code: shown(secret) })
  expect(codeOf(confirmed)).toBe('proof-required')
  expect((await signIn()).json().mustEnrol).toBe(true)
})

test('recovery codes are given to nobody who has nothing to recover', async () => {
  await somebody()
  expect(codeOf(await call('POST', '/me/recovery-codes', bearer(await signIn())))).toBe('second-factor-to-enrol')
})

test('a session that was excused from a second factor ends with its excuse', async () => {
  const accountId = await somebody(true)
  const opened = await signIn()
  const renewed = await refresh(opened)
  expect(codeOf(renewed)).toBe(200)
  await prepare(tested, (tx) =>
    tx.update(accounts).set({ isSecondFactorExempt: false }).where(eq(accounts.id, accountId)),
  )
  expect(codeOf(await refresh(renewed))).toBe('session-ended')
  expect((await signIn()).json().mustEnrol).toBe(true)
})

test('nobody whom an address reaches is excused, not even by the owner of the database', async () => {
  const accountId = await anAccount(tested, {
    email: 'une.vraie.personne@cpts-garrigue.fr',
    isSecondFactorExempt: false,
  })
  const excuse = prepare(tested, (tx) =>
    tx.update(accounts).set({ isSecondFactorExempt: true }).where(eq(accounts.id, accountId)),
  )
  await expect(excuse).rejects.toMatchObject({ cause: { constraint: 'accounts_exempt_are_invented' } })
})
