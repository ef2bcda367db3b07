import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, signedIn, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp
let now = new Date('2026-03-02T09:00:00Z')
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  const cptsId = await aCpts(tested)
  mine = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
  theirs = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

afterAll(async () => {
  await tested.close()
})

const url = '/api/v1/drafts/gp-search'
const ask = (method: 'GET' | 'PUT' | 'DELETE', headers = mine, payload?: object) =>
  tested.app.inject({ method, url, headers, payload })

test('what was typed is kept, replaced, and read by its author alone', async () => {
  expect((await ask('GET')).statusCode).toBe(404)
  await ask('PUT', mine, { content: { birthName: 'Essai', phones: [] } })
  const saved = await ask('PUT', mine, { content: { birthName: 'Essai', step: 2 } })
  expect(saved.json()).toEqual({ content: { birthName: 'Essai', step: 2 }, savedAt: '2026-03-02T09:00:00.000Z' })
  expect((await ask('GET')).json()).toEqual(saved.json())
  expect((await ask('GET', theirs)).statusCode).toBe(404)
  await ask('DELETE', theirs)
  expect((await ask('GET')).statusCode).toBe(200)
})

test('a form once sent is dropped, and dropping twice is no fault', async () => {
  expect((await ask('DELETE')).statusCode).toBe(204)
  expect((await ask('DELETE')).statusCode).toBe(204)
  expect((await ask('GET')).statusCode).toBe(404)
})

test('a form, not a file', async () => {
  expect((await ask('PUT', mine, { content: { text: 'x'.repeat(200_000) } })).json().code).toBe('too-large')
})

test('after seven days nothing is left', async () => {
  const { accountId, headers } = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'requester' })
  await ask('PUT', headers, { content: {} })
  now = new Date(now.getTime() + 7 * 24 * 3_600_000 + 1)
  expect((await ask('GET', await signedIn(tested, accountId))).statusCode).toBe(404)
})

test.each([
  ['administrator', 'partner'],
  ['coordinator', 'partner-agreement'],
  ['practitioner', 'delegation'],
] as const)('%s keeps what they typed in the form %s, and it leaves the others alone', async (role, form) => {
  const { headers } = await someoneWho(tested, { cptsId: await aCpts(tested), role })
  const path = `/api/v1/drafts/${form}`
  const content = { new: { name: 'Clinique d’essai 🏥' } }
  const put = await tested.app.inject({ method: 'PUT', url: path, headers, payload: { content } })
  expect([put.statusCode, put.json().content]).toEqual([200, content])
  expect((await tested.app.inject({ url, headers })).statusCode).toBe(404)
  expect((await tested.app.inject({ url: path, headers })).json().content).toEqual(content)
})
