import { roles } from '@maillage/contracts/roles'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSessionsOf } from '../src/platform/session/open-sessions.ts'
import { sessions } from '../src/platform/session.table.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, aMembership, anAccount, signedIn, someoneWho } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'

// A token that is whole and signed by us, but worth nothing any more or nothing yet, is tried at every door.

let tested: TestApp
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

// Read by a person: nothing here tells of a patient, nor of anybody else.
const ownAccount = [
  'DELETE /me/devices/:id',
  'DELETE /me/passkeys/:id',
  'DELETE /me/sessions',
  'DELETE /me/sessions/:id',
  'DELETE /me/totp',
  'GET /me',
  'GET /me/second-factor',
  'GET /me/sessions',
  'POST /me/passkeys',
  'POST /me/passkeys/options',
  'POST /me/proof',
  'POST /me/proof/passkey',
  'POST /me/totp',
  'POST /me/totp/confirmation',
  'POST /sessions/current/membership',
  'PUT /me/passkeys/:id',
  'PUT /me/password',
  'PUT /me/preferences',
]

/** Every closed route with what it answers to this bearer. */
async function everywhere(headers: object): Promise<{ route: string; isOwn: boolean; code: unknown }[]> {
  const routes = tested.app.declaredAccess.filter(({ method, access }) => method !== 'HEAD' && access !== 'public')
  const answers: { route: string; isOwn: boolean; code: unknown }[] = []
  for (const { method, url, access } of routes) {
    // A stream that lets nobody in answers at once.
    const answer = await tested.app.inject({
      // Fastify gives back the methods that it was given.
      method: method as 'GET',
      url: url.replaceAll(/:\w+/g, 'none'),
      headers: { ...headers },
      ...(['POST', 'PUT'].includes(method) ? { payload: {} } : {}),
    })
    const code: unknown = answer.statusCode >= 400 ? answer.json().code : answer.statusCode
    answers.push({ route: `${method} ${url}`, isOwn: access === 'signed-in', code })
  }
  expect(answers.length).toBeGreaterThan(200)
  return answers
}
const others = (answers: Awaited<ReturnType<typeof everywhere>>, code: string) =>
  answers.filter((answer) => answer.code !== code)

test.each(roles)(
  'who wears the role %s and has no second factor yet is let in nowhere but to their own account',
  async (role) => {
    const accountId = await anAccount(tested, { isSecondFactorExempt: false })
    await aMembership(tested, accountId, { cptsId: await aCpts(tested), role })
    const answers = await everywhere(await signedIn(tested, accountId))
    expect(
      others(
        answers.filter(({ isOwn }) => !isOwn),
        'second-factor-to-enrol',
      ),
    ).toEqual([])
    const own = answers.filter(({ isOwn, code }) => isOwn && code !== 'second-factor-to-enrol')
    expect(own.map(({ route }) => route.replace('/api/v1', '')).sort()).toEqual(ownAccount)
  },
)

test('a session that ended is refused at every door', async () => {
  const { accountId, headers } = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  await tested.deps.db.global((tx) => endSessionsOf(tx, accountId, now))
  await expect.poll(async () => (await tested.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
  expect(others(await everywhere(headers), 'session-ended')).toEqual([])
})

test('a locked one too', async () => {
  const { accountId, headers } = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  await prepare(tested, (tx) => tx.update(sessions).set({ lockedAt: now }).where(eq(sessions.accountId, accountId)))
  await expect.poll(async () => (await tested.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
  expect(others(await everywhere(headers), 'session-locked')).toEqual([])
})

test('a token of eleven minutes ago too, and one whose last letter was changed', async () => {
  const { headers } = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  const { authorization } = headers
  const middle = authorization.length - 20
  const letter = authorization.charAt(middle) === 'A' ? 'B' : 'A'
  const forged = { authorization: `${authorization.slice(0, middle)}${letter}${authorization.slice(middle + 1)}` }
  expect(others(await everywhere(forged), 'not-signed-in')).toEqual([])
  now = new Date(now.getTime() + 11 * 60_000)
  expect(others(await everywhere(headers), 'not-signed-in')).toEqual([])
})
