import { type AccountId, AccountId as AccountIds } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { recoveryCodes, rememberedDevices, totpFactors } from '../../kernel/tables/second-factor.table.ts'

let tested: TestApp
let now: Date
let email: string
let accountId: AccountId

beforeAll(async () => {
  now = new Date('2026-03-02T09:00:10Z')
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

beforeEach(async () => {
  // Each test in a step of its own: what one took must not be refused to the next.
  later(10 * 60)
  email = `essai-${Math.random().toString(36).slice(2)}@essai.example`
  accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
  await aMembership(tested, accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
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
const cookieOf = (answer: LightMyRequestResponse, name = 'maillage_refresh'): string =>
  answer.cookies.find((one) => one.name === name)?.value ?? ''
const refresh = (answer: LightMyRequestResponse) =>
  call('POST', '/sessions/refresh', { cookie: `maillage_refresh=${cookieOf(answer)}`, origin: 'http://localhost:3000' })
const codeAt = (secret: string, seconds = 0): string =>
  generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) + seconds })
const worklist = async (headers: Headers) => (await call('GET', '/worklist', headers)).json().code ?? 'let in'

/** Enrols the account of this test: its secret and its recovery codes. A step has passed when it answers. */
async function enrolled(): Promise<{ secret: string; codes: string[] }> {
  const headers = bearer(await signIn())
  const { secret } = (await call('POST', '/me/totp', headers)).json()
  const confirmed = await call('POST', '/me/totp/confirmation', headers, { code: codeAt(secret) })
  later(60)
  return { secret, codes: confirmed.json().recoveryCodes }
}

describe('a new account', () => {
  test('reads nothing before a second factor stands, then takes its role within the same session', async () => {
    const opened = await signIn()
    expect([opened.statusCode, opened.json().mustEnrol]).toEqual([201, true])
    const headers = bearer(opened)
    expect(await worklist(headers)).toBe('second-factor-to-enrol')
    const me = (await call('GET', '/me', headers)).json()
    expect([me.mustEnrol, me.current]).toEqual([true, null])
    const wear = { membershipId: me.memberships[0].id }
    const changed = await call('POST', '/sessions/current/membership', headers, wear)
    expect(changed.json().code).toBe('second-factor-to-enrol')
    const renewed = await refresh(opened)
    expect(await worklist(bearer(renewed))).toBe('second-factor-to-enrol')

    const setup = (await call('POST', '/me/totp', headers)).json()
    expect(setup.uri).toContain(`otpauth://totp/Maillage:${encodeURIComponent(email)}?secret=${setup.secret}`)
    const wrong = await call('POST', '/me/totp/confirmation', headers, { code: '000000' })
    expect(wrong.json().errors).toEqual([{ pointer: '/code', code: 'wrong' }])
    const code = codeAt(setup.secret)
    const confirmed = await call('POST', '/me/totp/confirmation', headers, {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(confirmed.json().recoveryCodes).toHaveLength(10)
    const working = await refresh(renewed)
    expect(working.json().mustEnrol).toBeUndefined()
    expect(await worklist(bearer(working))).toBe('let in')
  })

  test('a secret that was shown and not proved protects nothing, and is replaced by the next', async () => {
    const headers = bearer(await signIn())
    const first = (await call('POST', '/me/totp', headers)).json().secret
    const second = (await call('POST', '/me/totp', headers)).json().secret
    expect(second).not.toBe(first)
    expect((await call('POST', '/me/totp/confirmation', headers, { code: codeAt(first) })).statusCode).toBe(422)
    expect((await signIn()).json().mustEnrol).toBe(true)
  })

  test('whoever knew the password beforehand is shown out when its owner enrols, and can set up nothing', async () => {
    const thief = await signIn()
    const secret = (await call('POST', '/me/totp', bearer(thief))).json().secret
    await enrolled()
    const late = await call('POST', '/me/totp/confirmation', bearer(thief), { code: codeAt(secret) })
    expect(late.statusCode).toBe(401)
    expect((await refresh(thief)).json().code).toBe('session-ended')
  })
})

describe('signing in with a code', () => {
  test('the code is asked for once the password is right, and not before', async () => {
    const { secret } = await enrolled()
    expect((await signIn({ password: 'wrong', code: codeAt(secret) })).json().code).toBe('wrong-credentials')
    expect((await signIn()).json().code).toBe('second-factor-required')
    expect((await signIn({ code: '000000' })).json().code).toBe('wrong-second-factor')
    const opened = await signIn({ code: codeAt(secret) })
    expect([opened.statusCode, await worklist(bearer(opened))]).toEqual([201, 'let in'])
  })

  test('a code serves once, and one step of the clock beside is forgiven', async () => {
    const { secret } = await enrolled()
    const code = codeAt(secret, -30)
    expect((await signIn({ code })).statusCode).toBe(201)
    expect((await signIn({ code })).json().code).toBe('wrong-second-factor')
    expect((await signIn({ code: codeAt(secret, 30) })).statusCode).toBe(201)
    // An earlier step than the last taken is over, though its code was never used.
    expect((await signIn({ code: codeAt(secret) })).json().code).toBe('wrong-second-factor')
    expect((await signIn({ code: codeAt(secret, 90) })).json().code).toBe('wrong-second-factor')
  })

  test('of two who show one code at once, one comes in', async () => {
    const { secret, codes } = await enrolled()
    for (const code of [codeAt(secret), codes[0]]) {
      const answers = await Promise.all([signIn({ code }), signIn({ code }), signIn({ code })])
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401, 401])
    }
  })

  test('who knows the password cannot guess: the wait grows, and holds the right code off as well', async () => {
    const { secret } = await enrolled()
    const answers: number[] = []
    for (let tries = 0; tries < 20; tries += 1) {
      answers.push((await signIn({ code: '000000' })).statusCode)
      // The counts of the e-mail and of the address end long before.
      later(16 * 60)
    }
    expect(answers.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(answers.slice(-2)).toContain(429)
    const blocked = await signIn({ code: codeAt(secret) })
    expect([blocked.statusCode, Number(blocked.headers['retry-after']) > 15 * 60]).toEqual([429, true])
    later(12 * 3600)
    expect((await signIn({ code: codeAt(secret) })).statusCode).toBe(201)
  })

  test('a right password without its code lets nobody go on guessing passwords, nor counts against an office', async () => {
    await enrolled()
    for (let times = 0; times < 60; times += 1) {
      const step = await signIn()
      if (step.statusCode !== 401) expect.fail(`${times}: ${step.body}`)
    }
    for (let times = 0; times < 4; times += 1) await signIn({ password: 'wrong' })
    await signIn()
    await signIn({ password: 'wrong' })
    await signIn({ password: 'wrong' })
    expect((await signIn({ password: 'wrong' })).statusCode).toBe(429)
  })
})

describe('recovery codes', () => {
  test('serve once each, however they are typed; new ones end the old', async () => {
    const { codes } = await enrolled()
    const [first = '', second = '', third = ''] = codes
    const opened = await signIn({ code: first.toLowerCase().replaceAll('-', ' ') })
    expect(opened.statusCode).toBe(201)
    expect((await signIn({ code: first })).json().code).toBe('wrong-second-factor')
    const state = (await call('GET', '/me/second-factor', bearer(opened))).json()
    expect(state.recoveryCodes.left).toBe(9)
    const renewed = (await call('POST', '/me/recovery-codes', bearer(opened))).json().recoveryCodes
    expect((await signIn({ code: second })).statusCode).toBe(401)
    expect(renewed).not.toContain(third)
    expect((await signIn({ code: renewed[0] })).statusCode).toBe(201)
  })

  test('another account’s codes open nothing here', async () => {
    const { codes, secret } = await enrolled()
    const other = `autre-${email}`
    const otherId = await anAccount(tested, { email: other, isSecondFactorExempt: false })
    await prepare(tested, async (tx) => {
      const [own] = await tx.select().from(totpFactors).where(eq(totpFactors.accountId, accountId))
      // A row that was moved by hand in the database: its secret is bound to whom it was made for.
      await tx.insert(totpFactors).values({
        ...own,
        id: crypto.randomUUID(),
        accountId: otherId,
        wrappedSecret: own?.wrappedSecret ?? '',
        createdAt: now,
      })
      const kept = await tx.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
      await tx.insert(recoveryCodes).values(kept.map((row) => ({ ...row, accountId: otherId })))
    })
    const answer = (code?: string) => call('POST', '/sessions', {}, { email: other, password: testPassword, code })
    expect((await answer(codes[0])).json().code).toBe('wrong-second-factor')
    expect((await answer(codeAt(secret))).statusCode).toBe(500)
  })

  test('neither they nor the secret stand in clear in the database', async () => {
    const { secret, codes } = await enrolled()
    const rows = await prepare(tested, async (tx) => [
      await tx.select().from(totpFactors),
      await tx.select().from(recoveryCodes),
    ])
    const kept = JSON.stringify(rows)
    for (const clear of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(kept).not.toContain(clear)
  })
})

describe('a remembered browser', () => {
  const remembered = (answer: LightMyRequestResponse): Headers => ({
    cookie: `maillage_device=${cookieOf(answer, 'maillage_device')}`,
  })

  test('is asked for no code during thirty days, by choice alone', async () => {
    const { secret } = await enrolled()
    const plain = await signIn({ code: codeAt(secret) })
    expect(cookieOf(plain, 'maillage_device')).toBe('')
    later(60)
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    const cookie = opened.cookies.find(({ name }) => name === 'maillage_device')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1' })
    expect((await signIn({}, remembered(opened))).statusCode).toBe(201)
    later(29 * 86_400)
    expect((await signIn({}, remembered(opened))).statusCode).toBe(201)
    later(86_400)
    expect((await signIn({}, remembered(opened))).json().code).toBe('second-factor-required')
  })

  test('not by a recovery code, not for another account, not without the password', async () => {
    const { secret, codes } = await enrolled()
    const recovered = await signIn({ code: codes[0], rememberDevice: true })
    expect(cookieOf(recovered, 'maillage_device')).toBe('')
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    expect((await signIn({ password: 'wrong' }, remembered(opened))).json().code).toBe('wrong-credentials')
    const owner = { email, accountId }
    email = `autre-${email}`
    accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
    await enrolled()
    expect((await signIn({}, remembered(opened))).json().code).toBe('second-factor-required')
    email = owner.email
    const clear = cookieOf(opened, 'maillage_device')
    const rows = await prepare(tested, (tx) => tx.select().from(rememberedDevices))
    expect(JSON.stringify(rows)).not.toContain(clear)
  })

  test('is listed, told apart, and asked again once it was forgotten', async () => {
    const { secret } = await enrolled()
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    const headers = { ...bearer(opened), ...remembered(opened) }
    const [device] = (await call('GET', '/me/second-factor', headers)).json().devices
    expect(device.isThisOne).toBe(true)
    const stranger = bearer(await signIn({ code: codeAt(secret, 30) }))
    expect((await call('DELETE', `/me/devices/${AccountIds.parse(accountId)}`, stranger)).statusCode).toBe(404)
    expect((await call('DELETE', `/me/devices/${device.id}`, stranger)).statusCode).toBe(204)
    expect((await signIn({}, remembered(opened))).json().code).toBe('second-factor-required')
  })
})

describe('a stranger who mistypes the password on purpose', () => {
  const mistype = async (): Promise<void> => {
    for (let left = 7; left > 0; left -= 1) await signIn({ password: 'wrong' })
    expect((await signIn()).statusCode).toBe(429)
  }

  test('keeps neither a remembered browser nor a locked screen out, and these have their own count', async () => {
    const { secret } = await enrolled()
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    const cookie = `maillage_device=${cookieOf(opened, 'maillage_device')}`
    const page = { cookie: `maillage_refresh=${cookieOf(opened)}`, origin: 'http://localhost:3000' }
    await mistype()
    expect((await signIn({}, { cookie })).statusCode).toBe(201)
    expect((await signIn({ password: 'wrong' }, { cookie })).statusCode).toBe(401)
    await call('POST', '/sessions/current/lock', page)
    const back = await call('POST', '/sessions/current/unlock', page, { password: testPassword })
    expect(back.statusCode).toBe(200)
    for (let left = 6; left > 0; left -= 1) await signIn({ password: 'wrong' }, { cookie })
    expect((await signIn({}, { cookie })).statusCode).toBe(429)
  })

  test('is held off with another’s remembered browser too', async () => {
    const { secret } = await enrolled()
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    email = `autre-${email}`
    await anAccount(tested, { email, isSecondFactorExempt: false })
    await mistype()
    const cookie = `maillage_device=${cookieOf(opened, 'maillage_device')}`
    expect((await signIn({}, { cookie })).statusCode).toBe(429)
  })
})

test('another authenticator has every browser asked again', async () => {
  const { secret } = await enrolled()
  const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
  const cookie = `maillage_device=${cookieOf(opened, 'maillage_device')}`
  const { secret: other } = (await call('POST', '/me/totp', bearer(opened))).json()
  expect((await signIn({}, { cookie })).statusCode).toBe(201)
  await call('POST', '/me/totp/confirmation', bearer(opened), { code: codeAt(other) })
  expect((await signIn({}, { cookie })).json().code).toBe('second-factor-required')
})

test('signing out everywhere, or everywhere else, has every browser asked again', async () => {
  const { secret } = await enrolled()
  for (const scope of ['others', 'all']) {
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    const cookie = `maillage_device=${cookieOf(opened, 'maillage_device')}`
    expect((await signIn({}, { cookie })).statusCode).toBe(201)
    expect((await call('DELETE', `/me/sessions?scope=${scope}`, bearer(opened))).statusCode).toBe(204)
    expect((await signIn({}, { cookie })).json().code).toBe('second-factor-required')
    later(60)
  }
})

test('its owner hears by mail of a recovery code and of each change, but not of the first', async () => {
  const { codes, secret } = await enrolled()
  const told = async (): Promise<string[]> =>
    (await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, email)))).map(({ kind }) => kind)
  expect(await told()).toEqual([])
  const headers = bearer(await signIn({ code: codes[0] }))
  await call('POST', '/me/proof', headers, { code: codes[1] })
  expect(await told()).toEqual(['recovery-code-used', 'recovery-code-used'])
  await call('POST', '/me/recovery-codes', headers)
  await signIn({ code: codeAt(secret) })
  expect((await told()).sort()).toEqual(['protection-changed', 'recovery-code-used', 'recovery-code-used'])
})

describe('changing what protects the account', () => {
  test('wants a recent proof: a screen left open is not enough', async () => {
    const { secret } = await enrolled()
    const opened = await signIn({ code: codeAt(secret) })
    later(9 * 60)
    const headers = bearer(opened)
    later(7 * 60)
    const fresh = bearer(await refresh(opened))
    expect(headers.authorization).not.toBe(fresh.authorization)
    for (const [method, path] of [
      ['POST', '/me/totp'],
      ['DELETE', '/me/totp'],
      ['POST', '/me/recovery-codes'],
      ['POST', '/me/passkeys/options'],
    ] as const)
      expect([path, (await call(method, path, fresh)).json().code]).toEqual([path, 'proof-required'])
    expect((await call('POST', '/me/proof', fresh, { password: testPassword })).json().code).toBe('wrong-proof')
    expect((await call('POST', '/me/proof', fresh, { code: '000000' })).json().code).toBe('wrong-proof')
    expect((await call('POST', '/me/proof', fresh, { code: codeAt(secret) })).statusCode).toBe(204)
    expect((await call('POST', '/me/recovery-codes', fresh)).statusCode).toBe(200)
  })

  test('a remembered browser and the password replace no factor: its codes do', async () => {
    const { secret } = await enrolled()
    const opened = await signIn({ code: codeAt(secret), rememberDevice: true })
    const headers = bearer(await signIn({}, { cookie: `maillage_device=${cookieOf(opened, 'maillage_device')}` }))
    expect((await call('POST', '/me/totp', headers)).json().code).toBe('proof-required')
    expect((await call('POST', '/me/proof', headers, { password: testPassword })).json().code).toBe('wrong-proof')
    expect((await call('POST', '/me/totp', headers)).json().code).toBe('proof-required')
    later(60)
    expect((await call('POST', '/me/proof', headers, { code: codeAt(secret) })).statusCode).toBe(204)
    expect((await call('POST', '/me/totp', headers)).statusCode).toBe(200)
  })

  test('before any factor stands, the password proves', async () => {
    const opened = await signIn()
    later(9 * 60)
    later(7 * 60)
    const fresh = bearer(await refresh(opened))
    expect((await call('POST', '/me/totp', fresh)).json().code).toBe('proof-required')
    expect((await call('POST', '/me/proof', fresh, { password: 'wrong' })).json().code).toBe('wrong-proof')
    expect((await call('POST', '/me/proof', fresh, { password: testPassword })).statusCode).toBe(204)
    expect((await call('POST', '/me/totp', fresh)).statusCode).toBe(200)
  })

  test('the last factor stays; another authenticator takes its place, and its codes alone serve', async () => {
    const { secret } = await enrolled()
    const headers = bearer(await signIn({ code: codeAt(secret) }))
    expect((await call('DELETE', '/me/totp', headers)).json().code).toBe('last-second-factor')
    const next = (await call('POST', '/me/totp', headers)).json().secret
    const confirmed = await call('POST', '/me/totp/confirmation', headers, { code: codeAt(next) })
    expect(confirmed.json()).toEqual({ recoveryCodes: null })
    later(60)
    expect((await signIn({ code: codeAt(secret) })).statusCode).toBe(401)
    expect((await signIn({ code: codeAt(next) })).statusCode).toBe(201)
  })

  test('the shared accounts of a demo have nothing to set up', async () => {
    email = `demo-${email}`
    await anAccount(tested, { email })
    const opened = await signIn()
    expect(opened.json().mustEnrol).toBeUndefined()
    expect((await call('POST', '/me/totp', bearer(opened))).statusCode).toBe(404)
  })
})
