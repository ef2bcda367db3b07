import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../seeds/demo/invent/random.ts'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { aCpts } from '../builders/accounts.ts'
import { readDocument } from './document.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
  await aCpts(tested)
})
afterAll(() => tested.close())

const words = [
  'x',
  '',
  '\0',
  '🙂',
  "' or 1=1",
  '<script>',
  '../..',
  'x'.repeat(5000),
  '2026-02-30',
  '33063',
  '\ud800',
  '__proto__',
]
const names = [
  'birthName',
  'firstName',
  'birthDate',
  'municipality',
  'phones',
  'consent',
  'code',
  'token',
  'q',
  '__proto__',
  'constructor',
]
const types = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'multipart/form-data; boundary=a',
  'application/json',
  'text/plain',
]

// Half of a character has no place in an address.
const whole = (word: string): string => word.replace(/[\ud800-\udfff]/gu, '')

/** Routes that the document does not describe: pages for people without an account, health, the SPA. */
test('no page outside the document fails, whatever is sent to it', { timeout: 120_000 }, async () => {
  const random = randomFrom(11)
  const described = new Set(readDocument(tested.app).operations.map(({ method, path }) => `${method} ${path}`))
  const pages = tested.app.declaredAccess.filter(
    ({ method, url }) => method !== 'HEAD' && !described.has(`${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`),
  )
  expect(pages.length).toBeGreaterThan(10)
  for (const { method, url } of pages) {
    for (let turn = 0; turn < 15; turn += 1) {
      const at = url.replaceAll(
        /:\w+(\([^)]*\))?/g,
        () => encodeURIComponent(whole(random.pick(words)).slice(0, 150)) || 'x',
      )
      const query = new URLSearchParams({ [random.pick(names)]: random.pick(words) })
      const form = new URLSearchParams(
        Array.from({ length: 4 }, (): [string, string] => [random.pick(names), random.pick(words)]),
      )
      const answer = await tested.app.inject({
        method: method as 'POST',
        url: `${at.replace('*', 'x')}?${query}`,
        headers: {
          'content-type': random.pick(types),
          cookie: `${random.pick(names)}=${encodeURIComponent(whole(random.pick(words)))}`,
        },
        ...(method === 'GET' ? {} : { payload: form.toString() }),
      })
      // A server that is not ready yet says so at its own address.
      const isFine = answer.statusCode < 500 || (answer.statusCode === 503 && url.includes('ready'))
      expect([`${method} ${at} ${query} ${form}`.slice(0, 400), isFine ? 'fine' : answer.statusCode]).toEqual([
        expect.any(String),
        'fine',
      ])
    }
  }
})
