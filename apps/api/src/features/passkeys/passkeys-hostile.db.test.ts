import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aVirtualKey, type VirtualKey } from '../../../test/builders/a-virtual-key.ts'
import { aCpts, aMembership, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { codeOf as codeShown, enrolledAccount } from '../../../test/builders/enrolled.ts'
import { passkeys } from '../../kernel/tables/second-factor.table.ts'
import { sessions } from '../../platform/session.table.ts'

// What somebody tries who sits at an open screen, or holds a copy of a key.

let tested: TestApp
let now = new Date('2026-03-02T09:00:00Z')
let own: Awaited<ReturnType<typeof enrolledAccount>>
let email: string

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  now = new Date(now.getTime() + 600_000)
  email = `cle-volee-${Math.random().toString(36).slice(2)}@essai.example`
  own = await enrolledAccount(tested, email)
  await aMembership(tested, own.accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
})

type Headers = Record<string, string>
const call = (method: 'POST' | 'DELETE', path: string, headers: Headers = {}, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, payload })
const toMake = async (headers: Headers = own.headers) => (await call('POST', '/me/passkeys/options', headers)).json()
const add = (made: object, headers: Headers = own.headers) =>
  call('POST', '/me/passkeys', headers, { name: 'Clé d’essai', made })
const enter = async (key: VirtualKey, counter: number) =>
  call(
    'POST',
    '/sessions/passkey',
    {},
    { signed: key.sign((await call('POST', '/sessions/passkey/options')).json(), { counter }) },
  )
async function registered(): Promise<VirtualKey & { id: string }> {
  const key = aVirtualKey()
  return { ...key, id: (await add(key.make(await toMake()))).json().passkey.id }
}
const longAgo = () =>
  prepare(tested, (tx) =>
    tx
      .update(sessions)
      .set({ openedAt: new Date(now.getTime() - 16 * 60_000), provedAt: null })
      .where(eq(sessions.accountId, own.accountId)),
  )

test('a challenge of one session registers nothing in another of the same person', async () => {
  now = new Date(now.getTime() + 60_000)
  const code = codeShown(tested, own.secret)
  const opened = await call('POST', '/sessions', {}, { email, password: testPassword, code })
  const other = { authorization: `Bearer ${opened.json().accessToken}` }
  const refused = await add(aVirtualKey().make(await toMake()), other)
  expect(refused.json().errors).toEqual([{ pointer: '/made', code: 'wrong' }])
  expect((await add(aVirtualKey().make(await toMake(other)), other)).statusCode).toBe(201)
})

test('a proof of long ago neither adds a key to what was begun in time, nor takes one away', async () => {
  const key = await registered()
  const begun = await toMake()
  await longAgo()
  expect((await add(aVirtualKey().make(begun))).json().code).toBe('proof-required')
  expect((await call('DELETE', `/me/passkeys/${key.id}`, own.headers)).json().code).toBe('proof-required')
})

test('a copied key is no way left: the last good one stays', async () => {
  const [copied, good] = [await registered(), await registered()]
  await enter(copied, 9)
  expect((await enter(copied, 9)).json().code).toBe('passkey-refused')
  expect((await call('DELETE', '/me/totp', own.headers)).statusCode).toBe(204)
  expect((await call('DELETE', `/me/passkeys/${good.id}`, own.headers)).json().code).toBe('last-second-factor')
})

test('nobody fills the table with keys', async () => {
  const { id } = await registered()
  await prepare(tested, async (tx) => {
    const [row] = await tx.select().from(passkeys).where(eq(passkeys.id, id))
    if (!row) throw new Error('no key was kept')
    const copies = Array.from({ length: 19 }, (_, n) => ({
      ...row,
      id: crypto.randomUUID(),
      credentialId: `${id}${n}`,
    }))
    await tx.insert(passkeys).values(copies)
  })
  const refused = await add(aVirtualKey().make(await toMake()))
  expect(refused.json().errors).toEqual([{ pointer: '/made', code: 'too-many' }])
})
