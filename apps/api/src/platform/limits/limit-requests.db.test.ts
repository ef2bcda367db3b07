import type { InjectOptions } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { aBrowser } from '../../../test/a-browser.ts'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho, testPassword } from '../../../test/builders/accounts.ts'
import { countingStatements } from '../../../test/counted-statements.ts'
import { buildApp } from '../../app.ts'
import type { DoorSettings } from '../http/door-settings.ts'
import { limitClasses, limitNameOf } from './limit-classes.ts'

let tested: TestApp
let cptsId: Awaited<ReturnType<typeof aCpts>>
let headers: Record<string, string>
// Windows stand on the clock: each test has one of its own.
let now = new Date('2026-03-02T09:00:10Z')
const doors: { close(): Promise<unknown> }[] = []

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
})
beforeEach(async () => {
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterEach(async () => {
  now = new Date(now.getTime() + 3_600_000)
  for (const door of doors.splice(0)) await door.close()
})
afterAll(() => tested.close())

/** A process with these limits. */
async function aProcess(over: Partial<DoorSettings>, deps: Partial<typeof tested.deps> = {}) {
  const app = await buildApp({ ...tested.deps, ...deps, settings: { ...tested.deps.settings, ...over } })
  doors.push(app)
  const ask = async (options: InjectOptions) => {
    const answer = await app.inject(options)
    return { status: answer.statusCode, code: answer.statusCode === 429 ? answer.json().code : '', answer }
  }
  return { app, ask }
}
type Ask = Awaited<ReturnType<typeof aProcess>>['ask']
async function through(ask: Ask, options: InjectOptions, times: number): Promise<number> {
  let passed = 0
  for (let turn = 0; turn < times; turn += 1) if ((await ask(options)).status !== 429) passed += 1
  return passed
}
const search = (): InjectOptions => ({ method: 'POST', url: '/api/v1/worklist/search', headers, payload: { q: 'x' } })
const signIn = (over: Record<string, string> = {}, email = 'nulle@essai.example'): InjectOptions => ({
  method: 'POST',
  url: '/api/v1/sessions',
  headers: over,
  payload: { email, password: testPassword },
})

test('each kind is refused beyond its own number, and the other kinds go on', async () => {
  const { ask } = await aProcess({ limits: { search: 4 } })
  expect(await through(ask, search(), 6)).toBe(4)
  const { code, answer } = await ask(search())
  expect(code).toBe('too-many-requests')
  expect(Number(answer.headers['retry-after'])).toBe(50)
  expect((await ask({ url: '/api/v1/me', headers })).status).toBe(200)
  const other = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  expect((await ask({ ...search(), headers: other })).status).not.toBe(429)
})

test('two processes count a kind together', async () => {
  const one = await aProcess({ limits: { search: 10 } })
  const other = await aProcess({ limits: { search: 10 } })
  const answers = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : other).ask(search()))
  expect((await Promise.all(answers)).filter(({ status }) => status !== 429)).toHaveLength(10)
})

test('passwords are tried few times from one address, whatever the account, and whatever it says of itself', async () => {
  const { ask } = await aProcess({ limits: { 'sign-in': 5 } })
  let passed = 0
  for (let turn = 0; turn < 9; turn += 1) {
    const forged = {
      'x-forwarded-for': `198.51.100.${turn}`,
      'x-real-ip': `198.51.100.${turn}`,
      forwarded: `for=198.51.100.${turn}`,
    }
    if ((await ask(signIn(forged, `essai${turn}@essai.example`))).status !== 429) passed += 1
  }
  expect(passed).toBe(5)
})

test('behind proxies the address is what these saw, not what the caller wrote', async () => {
  for (const proxies of [1, 2]) {
    const { ask } = await aProcess({ limits: { 'sign-in': 2 }, trustProxy: proxies })
    const inner = proxies === 2 ? ', 10.0.0.1' : ''
    const from = (seen: string, written: string) => ({ 'x-forwarded-for': `${written}, ${seen}${inner}` })
    const tries: number[] = []
    for (let turn = 0; turn < 4; turn += 1)
      tries.push((await ask(signIn(from('203.0.113.7', `198.51.100.${turn}`), `proxy${turn}@essai.example`))).status)
    expect(tries).toEqual([401, 401, 429, 429])
    expect((await ask(signIn(from('203.0.113.8', '198.51.100.1'), 'proxy9@essai.example'))).status).toBe(401)
    now = new Date(now.getTime() + 3_600_000)
  }
})

test('a network of IPv6 is one caller', async () => {
  const { ask } = await aProcess({ limits: { 'sign-in': 2 }, trustProxy: 1 })
  const tries: number[] = []
  for (let turn = 1; turn < 5; turn += 1)
    tries.push((await ask(signIn({ 'x-forwarded-for': `2001:db8:1:2::${turn}` }, `six${turn}@essai.example`))).status)
  expect(tries).toEqual([401, 401, 429, 429])
})

test('tokens are not tried without end, and addresses that lead nowhere are counted', async () => {
  const { ask } = await aProcess({ rateLimitMax: 4 })
  const forged = { authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.e30.AA' }
  expect(await through(ask, { url: '/api/v1/me', headers: forged }, 6)).toBe(4)
  expect((await ask({ url: '/api/v1/nulle-part' })).status).toBe(429)
  expect((await ask({ url: '/api/v1/me', headers })).status).toBe(200)
  expect((await ask({ url: '/livez' })).status).toBe(200)
})

test('a form that costs a message is sent few times an hour, and says so in words', async () => {
  const { app } = await aProcess({ limits: { link: 2 } })
  const browser = aBrowser({ app })
  await browser.get('/suivi/lien-perdu')
  for (let turn = 0; turn < 2; turn += 1) expect((await browser.post('/suivi/lien-perdu')).status).toBe(422)
  const refused = await browser.post('/suivi/lien-perdu')
  expect([refused.status, refused.html]).toEqual([429, expect.stringContaining('Trop d’essais à la suite')])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
  // Another thing to do has its own count.
  expect((await browser.post('/demande/confirmation/inconnu')).status).toBe(404)
})

test('reading asks the database for nothing more than its share', async () => {
  let asked = 0
  const global: typeof tested.deps.db.global = (work) => {
    asked += 1
    return tested.deps.db.global(work)
  }
  const { db } = countingStatements(tested.deps.db)
  const { ask } = await aProcess({ rateLimitMax: 1200 }, { db: { ...db, global } })
  await ask({ url: '/api/v1/municipalities?q=li', headers })
  const before = asked
  for (let turn = 0; turn < 50; turn += 1) await ask({ url: '/api/v1/nulle-part' })
  expect(asked - before).toBeLessThanOrEqual(1)
})

test('every route has a kind of its own accord: none that changes something goes uncounted', () => {
  const kinds = tested.app.declaredAccess.map(({ method, url }) => [
    method,
    limitNameOf({ method, url, handler: () => undefined } as never),
  ])
  expect(kinds.filter(([method, name]) => !['GET', 'HEAD'].includes(String(method)) && name === undefined)).toEqual([])
  for (const { part } of Object.values(limitClasses)) expect(part).toBeGreaterThan(0)
})
