import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { aGpSearch } from '../builders/a-gp-search.ts'
import { aPractitioner } from '../builders/a-practitioner.ts'
import { aCpts, aUnit, someoneWho } from '../builders/accounts.ts'

/** A request that once went wrong, kept as it was sent: `{words}` stand for what lives in the database of the test. */
interface Found {
  /** What was wrong. */
  readonly was: string
  readonly role: 'coordinator' | 'practitioner'
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  /** What it must answer. */
  readonly status: number
}

const found: readonly Found[] = [
  {
    was: 'leaving a case of the neighbour was answered as if it were there',
    role: 'practitioner',
    method: 'DELETE',
    url: '/api/v1/cases/{their search}/reading',
    status: 404,
  },
  {
    was: 'a partner asked for by its id in capitals failed the server',
    role: 'coordinator',
    method: 'GET',
    url: '/api/v1/partners/{PARTNER}',
    status: 200,
  },
]

let tested: TestApp
const words = new Map<string, string>()
const headersOf = new Map<string, Record<string, string>>()

beforeAll(async () => {
  tested = await buildTestApp()
  const [ours, theirs] = [await aCpts(tested), await aCpts(tested)]
  const practitionerId = await aPractitioner(tested, ours)
  words.set('practitioner', practitionerId)
  words.set('PARTNER', (await aUnit(tested, ours)).organizationId.toUpperCase())
  words.set('search', (await aGpSearch(tested, ours, { status: 'eligible' })).id)
  words.set('their search', (await aGpSearch(tested, theirs, { status: 'eligible' })).id)
  headersOf.set('coordinator', (await someoneWho(tested, { cptsId: ours, role: 'coordinator' })).headers)
  headersOf.set(
    'practitioner',
    (await someoneWho(tested, { cptsId: ours, role: 'practitioner', practitionerId })).headers,
  )
})
afterAll(() => tested.close())

const told = (text: string): string =>
  text.replaceAll(/\{([a-z ]+)\}/gi, (_whole, word: string) => words.get(word) ?? word)

test.each(found)('$was', async ({ role, method, url, body, status }) => {
  const payload = body === undefined ? undefined : JSON.parse(told(JSON.stringify(body)))
  const answer = await tested.app.inject({
    method,
    url: told(url),
    headers: headersOf.get(role) ?? {},
    ...(payload === undefined ? {} : { payload }),
  })
  expect([answer.statusCode, answer.body]).toEqual([status, expect.any(String)])
})
