import { Role } from '@maillage/contracts/roles'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { operationExamples } from '../src/operation-examples.ts'
import { encodeCursor } from '../src/platform/http/cursor.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aKnownTerritory, type KnownTerritory } from './builders/a-known-territory.ts'
import type { Json } from './builders/hostile-values.ts'
import { type Recorder, recordStatements } from './plans/recorded-statements.ts'

// Every text that any operation takes, wherever it stands, is sent SQL instead: nothing of another CPTS may answer, and
// no statement may hold a word of it.

/** In every text sent; a statement that holds it was built from what somebody typed. */
const mark = 'ivraie7'
/** In every name of the other CPTS, and never sent. */
const theirName = 'Zizanie'

let recorder: Recorder
let tested: TestApp
let ours: KnownTerritory
let theirs: KnownTerritory

beforeAll(async () => {
  recorder = recordStatements()
  tested = await buildTestApp()
  ours = await aKnownTerritory(tested, 'Maison')
  theirs = await aKnownTerritory(tested, theirName)
})
afterAll(async () => {
  recorder.stop()
  await tested.close()
})

const Operation = z.object({
  operationId: z.string(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header', 'cookie']), schema: z.unknown() }))
    .default([]),
})
const Paths = z.record(z.string(), z.record(z.string(), Operation))

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
interface Called {
  readonly id: string
  readonly method: Method
  readonly path: string
  readonly query: readonly string[]
  readonly roles: readonly Role[]
}

// A stream answers as long as its reader stays.
const streams = new Set(['/api/v1/live'])

function operations(): Called[] {
  const { declaredAccess } = tested.app
  return Object.entries(Paths.parse(tested.app.swagger().paths)).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters }]) => {
      const url = path.replaceAll(/\{(\w+)\}/g, ':$1')
      const declared = declaredAccess.find((one) => one.url === url && one.method === method.toUpperCase())
      const access = declared?.access ?? 'public'
      const roles =
        typeof access === 'string'
          ? (['coordinator'] as const)
          : access.flatMap((one) => Role.safeParse(one).data ?? [])
      // The document's own verbs.
      const verb = method.toUpperCase() as Method
      const query = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
      return { id: operationId, method: verb, path, query, roles }
    }),
  )
}

/** What is sent in the place of a text. */
const texts = (): string[] => [
  `${mark}' or '1'='1'); select set_config('app.cpts_id', '${theirs.cptsId}', false); reset role; --`,
  `${mark}" or cpts_id = $1 /* \\' %_ ; rollback; begin; -- */`,
]

/** The same body as many times as it has texts, each time with this one in the place of another. */
function* withText(body: Json, text: string): Generator<Json> {
  if (typeof body === 'string') yield text
  if (Array.isArray(body)) {
    for (const [at, item] of body.entries()) for (const bad of withText(item, text)) yield body.with(at, bad)
  } else if (typeof body === 'object' && body !== null)
    for (const [key, item] of Object.entries(body))
      for (const bad of withText(item, text)) yield { ...body, [key]: bad }
}

const addressOf = (path: string, territory: KnownTerritory): string =>
  path.replaceAll(
    /\/([\w-]+)\/\{(\w+)\}/g,
    (_all, segment: string) => `/${segment}/${territory.ids[segment] ?? theirs.ids.cases}`,
  )

/** What one operation is sent: each place in turn, each text; then another's ids and cursors. */
async function* attacks({ id, method, path, query }: Called): AsyncGenerator<{ url: string; payload?: Json }> {
  const own = addressOf(path, ours)
  const example = Object.values(operationExamples[id]?.bodies ?? {})[0]
  const body: Json | undefined = example === undefined ? undefined : JSON.parse(JSON.stringify(example))
  const payload = body === undefined ? {} : { payload: body }
  for (const text of texts()) {
    const typed = encodeURIComponent(text)
    for (const name of query) yield { url: `${own}?${name}=${typed}`, ...payload }
    if (path.includes('{')) yield { url: path.replaceAll(/\{\w+\}/g, typed), ...payload }
    if (body !== undefined) for (const bad of withText(body, text)) yield { url: own, payload: bad }
  }
  yield { url: addressOf(path, theirs), ...payload }
  if (body !== undefined)
    for (const foreign of [theirs.ids.cases, theirs.ids.patients, theirs.ids.practitioners])
      for (const bad of withText(body, foreign ?? '')) yield { url: own, payload: bad }
  for (const name of query) {
    for (const foreign of Object.values(theirs.ids)) yield { url: `${own}?${name}=${foreign}` }
    yield { url: `${own}?${name}=${theirName.slice(0, 3)}` }
  }
  if (method === 'GET' && query.includes('cursor'))
    for (const cursor of await theirCursors(path)) yield { url: `${own}?cursor=${cursor}` }
}

/** The next page of the other CPTS, as its coordinator was given it, and what one could make up. */
async function theirCursors(path: string): Promise<string[]> {
  const headers = await theirs.headersOf('coordinator')
  const page = await tested.app.inject({ url: `${addressOf(path, theirs)}?limit=1`, headers })
  const given: unknown = page.statusCode === 200 ? page.json().next : null
  const id = theirs.ids.cases ?? ''
  const made = [[id], ['2026-01-01T00:00:00.000Z', id], [0, id], [`${mark}' or 1=1`, id], [1, 1, id]]
  return [...(typeof given === 'string' ? [given] : []), ...made.map(encodeCursor)]
}

/** What is theirs and was never sent. */
const secrets = (): string[] => [theirName, ...theirs.hiddenIds]

/** Sends one, and gives back what is wrong with the answer. */
async function send(
  role: Role,
  { method }: Called,
  { url, payload }: { url: string; payload?: Json },
): Promise<string | null> {
  const headers = await ours.headersOf(role)
  const body = payload === undefined || method === 'GET' ? {} : { payload: JSON.stringify(payload) }
  const type = 'payload' in body ? { 'content-type': 'application/json' } : {}
  const answer = await tested.app.inject({ method, url, headers: { ...headers, ...type }, ...body })
  if (answer.statusCode === 401) ours.forget(role)
  const leaked = secrets().filter((secret) => answer.body.includes(secret))
  const sent = `${method} ${url} ${JSON.stringify(payload)}`
  if (leaked.length > 0) return `${sent} told ${leaked.join()}`
  return answer.statusCode >= 500 ? `${sent} ${answer.statusCode}` : null
}

test('SQL in the place of any text of any operation reaches nothing of another CPTS, and no statement', async () => {
  const wrong: string[] = []
  const inStatements = new Set<string>()
  let count = 0
  for (const operation of operations()) {
    if (streams.has(operation.path)) continue
    const role = operation.roles[0] ?? 'coordinator'
    for await (const attack of attacks(operation)) {
      const { result, sent } = await recorder.during(() => send(role, operation, attack))
      if (result) wrong.push(result)
      for (const { text } of sent) if (text.includes(mark)) inStatements.add(text)
      count += 1
    }
  }
  expect(wrong).toEqual([])
  expect([...inStatements]).toEqual([])
  expect(count).toBeGreaterThan(2000)
  // The world of ours still stands, and theirs was not touched.
  const page = await tested.app.inject({ url: '/api/v1/worklist', headers: await theirs.headersOf('coordinator') })
  expect(page.json().items.length).toBeGreaterThan(2)
  expect(page.body).toContain(theirName)
  expect(page.body).not.toContain(mark)
}, 240_000)
