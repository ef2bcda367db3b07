import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aVirtualKey, type Lie, type VirtualKey } from '../../../test/builders/a-virtual-key.ts'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { codeOf, type Enrolled, enrolledAccount } from '../../../test/builders/enrolled.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { passkeys } from '../../kernel/tables/second-factor.table.ts'
import { sessions } from '../../platform/session.table.ts'

let tested: TestApp
let now = new Date('2026-03-02T09:00:10Z')
let email: string
let own: Awaited<ReturnType<typeof enrolledAccount>>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000)
}
beforeEach(async () => {
  later(600)
  email = `cle-${Math.random().toString(36).slice(2)}@essai.example`
  own = await enrolledAccount(tested, email)
  await aMembership(tested, own.accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
})

type Headers = Record<string, string>
const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers: Headers = {}, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, payload })
const optionsToMake = async (headers: Headers = own.headers) =>
  (await call('POST', '/me/passkeys/options', headers)).json()
const optionsToSign = async () => (await call('POST', '/sessions/passkey/options')).json()
const add = (made: object, headers: Headers = own.headers, name = 'Clé d’essai') =>
  call('POST', '/me/passkeys', headers, { name, made })
const enter = (signed: object) => call('POST', '/sessions/passkey', {}, { signed })
const signIn = async (key: VirtualKey, lie?: Lie) => enter(key.sign(await optionsToSign(), lie))
const bearer = (answer: Awaited<ReturnType<typeof signIn>>): Headers => ({
  authorization: `Bearer ${answer.json().accessToken}`,
})

async function registered(options?: { counts?: boolean }): Promise<VirtualKey & { id: string }> {
  const key = aVirtualKey(options)
  const added = await add(key.make(await optionsToMake()))
  expect(added.statusCode).toBe(201)
  return { ...key, id: added.json().passkey.id }
}

describe('adding a key', () => {
  test('asks for one that is found without an address and verifies its owner, under a handle that says nothing', async () => {
    const options = await optionsToMake()
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
    expect(options.rp).toEqual({ id: 'localhost', name: 'Maillage' })
    const handle = Buffer.from(options.user.id, 'base64url')
    expect(handle).toHaveLength(32)
    expect([own.accountId, email].some((clear) => handle.toString('latin1').includes(clear))).toBe(false)
    const first = await registered()
    const again = await optionsToMake()
    expect(again.excludeCredentials).toMatchObject([{ id: first.credentialId }])
    expect((await optionsToMake()).user.id).toBe(again.user.id)
  })

  test.each<[string, Lie]>([
    ['made on the page of another site', { origin: 'https://maillage.example' }],
    ['made for another site', { rpId: 'maillage.example' }],
    ['that verified nobody', { userVerified: false }],
    ['that signs instead of being made', { type: 'webauthn.get' }],
  ])('refuses one %s', async (_what, lie) => {
    const answer = await add(aVirtualKey().make(await optionsToMake(), lie))
    expect(answer.json().errors).toEqual([{ pointer: '/made', code: 'wrong' }])
  })

  test('a challenge serves once, for five minutes, in the session that asked for it, and to nothing else', async () => {
    const options = await optionsToMake()
    const key = aVirtualKey()
    expect((await add(key.make(options))).statusCode).toBe(201)
    expect((await add(aVirtualKey().make(options))).statusCode).toBe(422)
    const old = await optionsToMake()
    later(301)
    expect((await add(aVirtualKey().make(old))).statusCode).toBe(422)
    const theirs = await optionsToMake()
    const other = await enrolledAccount(tested, `autre-${email}`)
    expect((await add(aVirtualKey().make(theirs), other.headers)).statusCode).toBe(422)
    const toSign = await optionsToSign()
    expect((await add(aVirtualKey().make({ ...toSign, user: { id: '' } }))).statusCode).toBe(422)
    expect((await enter(key.sign(await optionsToMake()))).json().code).toBe('passkey-refused')
  })

  test('one key belongs to one account', async () => {
    const key = await registered()
    const other = await enrolledAccount(tested, `autre-${email}`)
    expect((await add(key.make(await optionsToMake(other.headers)), other.headers)).json().code).toBe('already-exists')
  })
})

describe('signing in', () => {
  test('by the key alone, which counts as both factors', async () => {
    const key = await registered()
    const opened = await signIn(key)
    expect([opened.statusCode, opened.json().account.email]).toEqual([201, email])
    expect((await call('GET', '/worklist', bearer(opened))).statusCode).toBe(200)
    const listed = (await call('GET', '/me/second-factor', bearer(opened))).json().passkeys
    expect(listed).toMatchObject([{ id: key.id, lastUsedAt: now.toISOString(), isSuspected: false }])
    expect(JSON.stringify(listed)).not.toContain(key.credentialId)
  })

  test('names nobody’s keys beforehand', async () => {
    await registered()
    expect(Object.keys(await optionsToSign()).sort()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
  })

  test.each<[string, Lie]>([
    ['on the page of another site', { origin: 'https://maillage.example' }],
    ['on another host of the same trial', { origin: 'http://127.0.0.1:3000' }],
    ['for another site', { rpId: 'maillage.example' }],
    ['without verifying its owner', { userVerified: false }],
    ['as if it were being made', { type: 'webauthn.create' }],
    ['under another handle', { userHandle: Buffer.alloc(32).toString('base64url') }],
    ['under no handle', { userHandle: '' }],
    ['under an unknown name', { credentialId: 'aW5jb25udWU' }],
  ])('a key that signs %s opens nothing', async (_what, lie) => {
    const key = await registered()
    const answer = await signIn(key, lie)
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'passkey-refused'])
    expect(answer.cookies).toEqual([])
    // It was not the key's fault: it still opens its owner's account.
    expect((await signIn(key)).statusCode).toBe(201)
  })

  test('one key under the name of another opens nobody’s account', async () => {
    const key = await registered()
    const thief = aVirtualKey()
    const options = await optionsToMake()
    thief.make(options)
    expect((await signIn(thief, { credentialId: key.credentialId })).json().code).toBe('passkey-refused')
  })

  test('an answer serves once, even to two at the same moment', async () => {
    const key = await registered({ counts: false })
    const signed = key.sign(await optionsToSign())
    const answers = await Promise.all([enter(signed), enter(signed), enter(signed)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401, 401])
    expect((await enter(signed)).statusCode).toBe(401)
    const old = await optionsToSign()
    later(301)
    expect((await enter(key.sign(old))).statusCode).toBe(401)
  })

  test('a counter that goes back betrays a copy: the key opens nothing more, and the trail says so', async () => {
    const key = await registered()
    expect((await signIn(key, { counter: 9 })).statusCode).toBe(201)
    expect((await signIn(key, { counter: 9 })).json().code).toBe('passkey-refused')
    expect((await signIn(key, { counter: 50 })).json().code).toBe('passkey-refused')
    const state = await call('GET', '/me/second-factor', own.headers)
    expect(state.json().passkeys).toMatchObject([{ isSuspected: true }])
    expect(await actions()).toContain('second-factor.suspected')
    // Their owner hears of the key, then of the copy.
    const told = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, email)))
    expect(told.map(({ kind }) => kind)).toEqual(['protection-changed', 'protection-changed'])
  })

  test('a forged answer accuses no key', async () => {
    const key = await registered()
    await signIn(key, { counter: 9 })
    const forged = aVirtualKey()
    forged.make(await optionsToMake())
    await signIn(forged, { credentialId: key.credentialId, counter: 1 })
    expect((await signIn(key, { counter: 10 })).statusCode).toBe(201)
  })

  test('refusals of a known key leave a line, once they were answered', async () => {
    const key = await registered()
    await signIn(key, { userVerified: false })
    await vi.waitFor(async () => expect(await actions()).toContain('session.refused'))
  })
})

describe('proving again', () => {
  const prove = async (key: VirtualKey, lie?: Lie, headers = own.headers) =>
    call('POST', '/me/proof/passkey', headers, { signed: key.sign(await optionsToSign(), lie) })
  const isFresh = async (): Promise<boolean> =>
    (await call('POST', '/me/passkeys/options', own.headers)).statusCode === 200
  const isLongAgo = () =>
    prepare(tested, (tx) =>
      tx
        .update(sessions)
        .set({ openedAt: new Date(now.getTime() - 16 * 60_000), provedAt: null })
        .where(eq(sessions.accountId, own.accountId)),
    )

  test('by a key of the account, within the session: no other opens', async () => {
    const key = await registered()
    await isLongAgo()
    expect(await isFresh()).toBe(false)
    const answer = await prove(key)
    expect([answer.statusCode, answer.cookies]).toEqual([204, []])
    expect(await isFresh()).toBe(true)
  })

  test('neither a colleague’s key, nor a forged or replayed answer, proves anything', async () => {
    const key = await registered()
    const other = await enrolledAccount(tested, `autre-${email}`)
    const theirs = aVirtualKey()
    await add(theirs.make(await optionsToMake(other.headers)), other.headers)
    const signed = key.sign(await optionsToSign())
    expect((await enter(signed)).statusCode).toBe(201)
    await isLongAgo()
    const replayed = await call('POST', '/me/proof/passkey', own.headers, { signed })
    const lies = [await prove(theirs), await prove(key, { userVerified: false }), replayed]
    for (const answer of lies) expect([answer.statusCode, answer.json().code]).toEqual([403, 'wrong-proof'])
    expect(await isFresh()).toBe(false)
    expect((await call('POST', '/me/proof/passkey', {}, { signed })).statusCode).toBe(401)
  })

  test('a copied key proves nothing, and is not believed again', async () => {
    const key = await registered()
    await signIn(key, { counter: 9 })
    await isLongAgo()
    expect((await prove(key, { counter: 9 })).json().code).toBe('wrong-proof')
    expect((await prove(key, { counter: 50 })).json().code).toBe('wrong-proof')
    expect(await actions()).toContain('second-factor.suspected')
    expect(await isFresh()).toBe(false)
  })
})

const actions = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) =>
    tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(and(eq(auditEntries.actorId, own.accountId), eq(auditEntries.outcome, 'refused'))),
  )
  return rows.map(({ action }) => action)
}

describe('one’s keys', () => {
  test('are renamed and taken away by their owner alone', async () => {
    const key = await registered()
    const other: Enrolled = await enrolledAccount(tested, `autre-${email}`)
    expect((await call('PUT', `/me/passkeys/${key.id}`, other.headers, { name: 'À moi' })).statusCode).toBe(404)
    expect((await call('DELETE', `/me/passkeys/${key.id}`, other.headers)).statusCode).toBe(404)
    const renamed = await call('PUT', `/me/passkeys/${key.id}`, own.headers, { name: ' Téléphone 📱 ' })
    expect(renamed.json().name).toBe('Téléphone 📱')
    expect((await call('DELETE', `/me/passkeys/${key.id}`, own.headers)).statusCode).toBe(204)
    expect((await signIn(key)).statusCode).toBe(401)
  })

  test('may be the first factor, and then the last one stays', async () => {
    const address = `seule-${email}`
    await anAccount(tested, { email: address, isSecondFactorExempt: false })
    const opened = await call('POST', '/sessions', {}, { email: address, password: testPassword })
    const key = aVirtualKey()
    const added = (await add(key.make(await optionsToMake(bearer(opened))), bearer(opened))).json()
    expect(added.recoveryCodes).toHaveLength(10)
    const plain = await call('POST', '/sessions', {}, { email: address, password: testPassword })
    expect(plain.json().code).toBe('second-factor-required')
    const session = bearer(await signIn(key))
    const dropped = await call('DELETE', `/me/passkeys/${added.passkey.id}`, session)
    expect(dropped.json().code).toBe('last-second-factor')
    const second = await add(aVirtualKey().make(await optionsToMake(session)), session)
    const both = await Promise.all(
      [added.passkey.id, second.json().passkey.id].map((id) => call('DELETE', `/me/passkeys/${id}`, session)),
    )
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409])
  })

  test('a key lets the authenticator go, and a suspected one does not', async () => {
    const key = await registered()
    await prepare(tested, (tx) => tx.update(passkeys).set({ suspectedAt: now }).where(eq(passkeys.id, key.id)))
    expect((await call('DELETE', '/me/totp', own.headers)).json().code).toBe('last-second-factor')
    await prepare(tested, (tx) => tx.update(passkeys).set({ suspectedAt: null }).where(eq(passkeys.id, key.id)))
    expect((await call('DELETE', '/me/totp', own.headers)).statusCode).toBe(204)
    const code = codeOf(tested, own.secret)
    const answer = await call('POST', '/sessions', {}, { email, password: testPassword, code })
    expect(answer.json().code).toBe('wrong-second-factor')
    expect((await signIn(key)).statusCode).toBe(201)
  })
})

test('whose account was closed comes in by no key', async () => {
  const key = await registered()
  await prepare(tested, (tx) => tx.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, own.accountId)))
  expect((await signIn(key)).json().code).toBe('passkey-refused')
})
