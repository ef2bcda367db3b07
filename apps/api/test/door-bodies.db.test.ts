import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'

// Bodies made to break what reads them, sent to every kind of route.

let tested: TestApp
let headers: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  headers = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
})
afterAll(() => tested.close())

const json = 'application/json'
const routes = [
  ['POST', '/api/v1/sessions'],
  ['POST', '/api/v1/sessions/refresh'],
  ['PUT', '/api/v1/drafts/gp-search'],
  ['POST', '/api/v1/gp-searches'],
  ['POST', '/api/v1/patients/search'],
  ['POST', '/api/v1/teams'],
  ['PUT', '/api/v1/saved-views/0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'],
] as const
const deep = (open: string, close: string, times: number) => `${open.repeat(times)}1${close.repeat(times)}`
const bodies: Record<string, string> = {
  'nested arrays': deep('[', ']', 30_000),
  'nested objects': deep('{"a":', '}', 10_000),
  'nesting in a known field': `{"content":${deep('{"a":', '}', 10_000)},"details":${deep('[', ']', 5_000)}}`,
  'an array of numbers': `[${'1,'.repeat(30_000)}1]`,
  'arrays in known fields': `{"members":[${'{},'.repeat(15_000)}{}],"patient":[${'0,'.repeat(8_000)}0]}`,
  'thousands of fields': `{${Array.from({ length: 4_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
  'a huge number': `{"version":1${'0'.repeat(60_000)}}`,
  'a long key': `{"${'k'.repeat(60_000)}":1}`,
  'a prototype': '{"__proto__":{"isAdmin":true},"content":{}}',
  'a prototype further in': '{"content":{"a":{"__proto__":{"isAdmin":true}}},"details":{"__proto__":[]}}',
  'a constructor': '{"constructor":{"prototype":{"isAdmin":true}}}',
  'an escaped prototype': '{"\\u005f_proto__":{"isAdmin":true}}',
}

const send = (method: string, url: string, payload: string | Buffer, over: Record<string, string> = {}) =>
  tested.app.inject({
    method: method as InjectOptions['method'] & string,
    url,
    payload,
    headers: { ...headers, 'content-type': json, origin: 'http://localhost:3000', ...over },
  } as InjectOptions)

test.each(Object.keys(bodies))('%s is refused, or kept as it is, by every route', async (name) => {
  for (const [method, url] of routes) {
    const answer = await send(method, url, bodies[name] ?? '')
    expect([url, answer.statusCode < 500]).toEqual([url, true])
    // Who sends a thousand faults is not answered with a thousand lines.
    expect([url, answer.statusCode < 300 || answer.body.length < 20_000]).toEqual([url, true])
  }
  expect(Object.prototype).not.toHaveProperty('isAdmin')
  const { body } = await tested.app.inject({ url: '/api/v1/drafts/gp-search', headers })
  expect(body).not.toContain('isAdmin":true')
})

test('a body as deep as it is long breaks nobody who signed in either', async () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const)
    for (const [method, url] of routes.slice(2)) {
      const { statusCode } = await send(method, url, `{"content":${deep(open, close, 900_000 / (open.length + 1))}}`)
      expect([url, statusCode >= 400 && statusCode < 500]).toEqual([url, true])
    }
})

test('a compressed body is not unfolded', async () => {
  const bomb = Buffer.alloc(5_000_000, ' ')
  for (const [method, url] of [
    ...routes,
    ['POST', '/api/v1/waiting-list-imports'],
    ['POST', '/suivi/lien-perdu'],
  ] as const)
    for (const [encoding, payload] of [
      ['gzip', gzipSync(bomb)],
      ['br', brotliCompressSync(bomb)],
      ['deflate, gzip', gzipSync(bomb)],
    ] as const) {
      const answer = await send(method, url, payload, { 'content-encoding': encoding })
      expect([url, encoding, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([url, encoding, true])
    }
})

test('parts, forms and texts are read by no route of the API', async () => {
  const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n'
  const many = {
    'multipart/form-data; boundary=x': `${part.repeat(1_000)}--x--`,
    'text/plain': '{}',
    'application/x-www-form-urlencoded': 'a=1',
  }
  for (const { method, url } of tested.app.declaredAccess) {
    if (['GET', 'HEAD'].includes(method) || !url.startsWith('/api/')) continue
    for (const [type, body] of Object.entries(many)) {
      const { statusCode } = await send(method, url, body, { 'content-type': type })
      // Whoever may not call a route is told that first.
      expect([method, url, type, [415, 403].includes(statusCode)]).toEqual([method, url, type, true])
    }
  }
})

test('a stranger may send a few fields, and whoever signed in a whole case', async () => {
  const large = JSON.stringify({ content: { text: 'x'.repeat(100_000) } })
  expect((await send('POST', '/api/v1/sessions', large)).statusCode).toBe(413)
  expect((await send('POST', '/api/v1/sessions/refresh', large)).statusCode).toBe(413)
  expect((await send('PUT', '/api/v1/drafts/gp-search', large)).statusCode).toBe(200)
})
