import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { aBrowser } from './a-browser.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, aMembership, anAccount, someoneWho, testPassword } from './builders/accounts.ts'

// A page of another site makes somebody's browser send a request: their cookies go along by themselves.

const own = 'http://localhost:3000'
const evil = 'https://piege.example'
let tested: TestApp
let headers: Record<string, string>
let refresh: string

beforeAll(async () => {
  tested = await buildTestApp()
  const cptsId = await aCpts(tested)
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  await aMembership(tested, await anAccount(tested, { email: 'visee@essai.example' }), { cptsId, role: 'coordinator' })
})
afterAll(() => tested.close())

const send = (options: InjectOptions) => tested.app.inject({ method: 'POST', ...options })
const credentials = { email: 'visee@essai.example', password: testPassword }
const signIn = (over: Record<string, string> = {}) =>
  send({ url: '/api/v1/sessions', payload: credentials, headers: over })
/** Asks with the cookie of somebody who signed in, and with what a browser says beside it. */
async function renew(over: Record<string, string>) {
  refresh ??= String((await signIn()).headers['set-cookie']).split(';')[0] ?? ''
  const answer = await send({ url: '/api/v1/sessions/refresh', headers: { cookie: refresh, ...over } })
  const next = answer.headers['set-cookie']
  if (next) refresh = String(next).split(';')[0] ?? ''
  return [answer.statusCode, answer.json().code]
}
const reading = ['GET', 'HEAD', 'OPTIONS']
const sayings = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', origin: own },
  { origin: evil },
  { origin: 'null' },
  { origin: `${own}.piege.example` },
  { origin: 'https://localhost:3000' },
]

test('every route that changes something refuses what another site sends, whoever is asked', async () => {
  const writes = tested.app.declaredAccess.filter(({ method }) => !reading.includes(method))
  expect(writes.length).toBeGreaterThan(120)
  for (const { method, url } of writes)
    for (const said of sayings) {
      const answer = await tested.app.inject({ method: method as 'POST', url, headers: { ...headers, ...said } })
      expect([method, url, said, answer.statusCode]).toEqual([method, url, said, 403])
    }
})

describe('a session', () => {
  test('is not renewed nor ended by another site, nor where nothing says who asks', async () => {
    for (const said of [...sayings, {}]) expect([said, await renew(said)]).toEqual([said, [403, 'from-elsewhere']])
    const out = await send({ method: 'DELETE', url: '/api/v1/sessions/current', headers: { cookie: refresh } })
    expect([out.statusCode, out.headers['set-cookie']]).toEqual([403, undefined])
  })

  test('is renewed by our own page, on every browser and under each of its names', async () => {
    expect(await renew({ 'sec-fetch-site': 'same-origin' })).toEqual([200, undefined])
    expect(await renew({ origin: own })).toEqual([200, undefined])
    expect(await renew({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toEqual([200, undefined])
  })

  test('is not opened for somebody else by a page that they visit', async () => {
    const payload = JSON.stringify(credentials)
    const form = `email=${encodeURIComponent(credentials.email)}&password=${testPassword}`
    // The three types that a form can send without the browser asking first.
    const simple = { 'text/plain': payload, 'application/x-www-form-urlencoded': form, 'multipart/form-data': payload }
    for (const [type, body] of Object.entries(simple)) {
      const url = '/api/v1/sessions'
      const asked = await send({ url, payload: body, headers: { 'content-type': type } })
      expect([type, asked.statusCode, asked.headers['set-cookie']]).toEqual([type, 415, undefined])
      const crossed = await send({ url, payload: body, headers: { 'content-type': type, origin: evil } })
      expect([type, crossed.statusCode]).toEqual([type, 403])
    }
    const without = await send({ url: '/api/v1/sessions', payload: Buffer.from(payload) })
    expect(without.statusCode).toBe(415)
    expect((await signIn({ origin: evil })).statusCode).toBe(403)
    expect((await signIn({ cookie: refresh })).statusCode).toBe(201)
  })

  test('lets no other site ask what it may send, nor read an answer', async () => {
    const asking = { origin: evil, 'access-control-request-method': 'POST' }
    const asked = await send({ method: 'OPTIONS', url: '/api/v1/sessions', headers: asking })
    const read = await send({ method: 'GET', url: '/api/v1/me', headers: { ...headers, origin: evil } })
    for (const answer of [asked, read]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })
})

test('a program with a token goes on: it sends no such header and no cookie', async () => {
  const payload = { kind: 'msp', name: 'Maison sans navigateur', municipality: '33063', members: [] }
  expect((await send({ url: '/api/v1/teams', headers, payload })).statusCode).toBe(201)
  expect((await send({ url: '/api/v1/teams', headers: { ...headers, cookie: refresh }, payload })).json().code).toBe(
    'already-exists',
  )
})

test('a form of the public pages is refused in words, on a page without a frame', async () => {
  const browser = aBrowser(tested)
  await browser.get('/suivi/lien-perdu')
  const page = await browser.post('/suivi/lien-perdu', {}, { 'sec-fetch-site': 'cross-site' })
  expect([page.status, page.html]).toEqual([403, expect.stringContaining('Cette page n’est plus valable')])
  expect(String(page.headers['content-security-policy'])).toContain("frame-ancestors 'none'")
  // Who says neither is asked for the word of the page.
  expect((await browser.post('/suivi/lien-perdu', { formToken: 'x' })).status).toBe(400)
  expect((await browser.post('/suivi/lien-perdu', {})).status).toBe(422)
})

test('behind https only the address of PUBLIC_URL is our own', async () => {
  const settings = { ...tested.deps.settings, publicUrl: 'https://maillage.example', cookieSecure: true }
  const app = await buildApp({ ...tested.deps, settings })
  const ask = (origin: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: credentials,
      headers: { origin, host: new URL(origin).host },
    })
  expect((await ask('https://maillage.example')).statusCode).toBe(201)
  expect((await ask('http://maillage.example')).statusCode).toBe(403)
  expect((await ask('https://intra.maillage.example')).statusCode).toBe(403)
  await app.close()
})
