import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let headers: Record<string, string>
let admin: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  const cptsId = await aCpts(tested)
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
})

afterAll(async () => {
  await tested.close()
})

const url = '/api/v1/drafts/gp-search'
/** What an administrator may never read: who is waiting. */
const closed = '/api/v1/worklist'
const json = 'application/json'
const put = (payload: string | object, type = json) =>
  tested.app.inject({ method: 'PUT', url, payload, headers: { ...headers, 'content-type': type } })

test.each([
  ['malformed JSON', '{ "content": ', json, 400, 'malformed-request'],
  ['an empty body', '', json, 400, 'malformed-request'],
  ['a poisoned prototype', '{"__proto__": {"x": 1}}', json, 400, 'malformed-request'],
  ['a body of 10 MB', JSON.stringify({ content: { a: 'x'.repeat(10_000_000) } }), json, 413, 'too-large'],
  ['another media type', '<a/>', 'application/xml', 415, 'unsupported-media-type'],
  ['null', 'null', json, 422, 'invalid-field'],
  ['an array', '[]', json, 422, 'invalid-field'],
])('%s is refused', async (_, payload, type, status, code) => {
  const answer = await put(payload, type)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
})

test('an unknown field and a missing one are pointed at', async () => {
  const answer = await put({ 'sur/prise~': 1 })
  expect(answer.json().errors).toEqual(
    expect.arrayContaining([
      { pointer: '/content', code: 'required' },
      { pointer: '/sur~1prise~0', code: 'unknown-field' },
    ]),
  )
})

test('emoji and any script come back as they went', async () => {
  const content = { text: '👩🏽‍⚕️ Œuvre – ﷽ – 𝕏' }
  expect((await put({ content })).json().content).toEqual(content)
  expect((await tested.app.inject({ url, headers })).json().content).toEqual(content)
})

test.each([
  ['NUL', { content: { deep: ['x', 'a\u0000b'] } }, '/content/deep/1'],
  ['half a surrogate pair', { content: { text: '\ud800' } }, ''],
])('%s is the caller’s fault, not a failure', async (_, payload, pointer) => {
  const answer = await put(payload)
  expect([answer.statusCode, answer.json().errors]).toEqual([422, [{ pointer, code: 'invalid-character' }]])
})

test('a query is pointed at as well', async () => {
  const answer = await tested.app.inject({ url: '/api/v1/audit-entries?limit=0&cursor=%00', headers })
  expect(answer.json().errors).toEqual([{ pointer: '/query/limit', code: 'too-small' }])
  const cursor = await tested.app.inject({ url: '/api/v1/audit-entries?cursor=bm9wZQ', headers })
  expect(cursor.json().errors).toEqual([{ pointer: '/query/cursor', code: 'invalid-cursor' }])
  const nul = await tested.app.inject({ url: '/api/v1/municipalities?q=ab%00', headers })
  expect(nul.statusCode).toBeLessThan(500)
})

test('an identifier that is none is not found, and a form that is none as well', async () => {
  expect((await tested.app.inject({ url: '/api/v1/drafts/other', headers })).json().code).toBe('not-found')
})

test('a refusal leaves a trace with its code and its route, never what was typed', async () => {
  const refused = await tested.app.inject({ url: closed, headers: admin })
  expect(refused.statusCode).toBe(403)
  const { items } = (await tested.app.inject({ url: '/api/v1/audit-entries', headers: admin })).json()
  expect(items[0]).toMatchObject({
    action: 'role-may-not GET /worklist',
    outcome: 'refused',
    role: 'administrator',
  })
})

test('the trail is read page by page without a gap', async () => {
  for (let turn = 0; turn < 3; turn += 1) await tested.app.inject({ url: closed, headers: admin })
  const seen: string[] = []
  let next: string | null = ''
  do {
    const page = `/api/v1/audit-entries?limit=2${next ? `&cursor=${next}` : ''}`
    const answer: { items: { id: string }[]; next: string | null } = (
      await tested.app.inject({ url: page, headers })
    ).json()
    seen.push(...answer.items.map(({ id }) => id))
    next = answer.next
  } while (next)
  const whole = await tested.app.inject({ url: '/api/v1/audit-entries?limit=200', headers })
  expect(seen).toEqual(whole.json().items.map(({ id }: { id: string }) => id))
})
