import { PassThrough } from 'node:stream'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { buildApp } from '../src/app.ts'
import { operationExamples } from '../src/operation-examples.ts'
import type { Database } from '../src/platform/db/database.ts'
import { createLog } from '../src/platform/log.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aKnownTerritory, type KnownTerritory } from './builders/a-known-territory.ts'
import { type Recorder, recordStatements } from './plans/recorded-statements.ts'

// What tells by being said otherwise: another's id and one that nobody bears, and what the database says when it refuses.

let recorder: Recorder
let tested: TestApp
let ours: KnownTerritory
let theirs: KnownTerritory

beforeAll(async () => {
  recorder = recordStatements()
  tested = await buildTestApp()
  ours = await aKnownTerritory(tested, 'Maison')
  theirs = await aKnownTerritory(tested, 'Zizanie')
})
afterAll(async () => {
  recorder.stop()
  await tested.close()
})

const Paths = z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() })))

interface Asked {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** What the path leads to, by its first word. */
  readonly kind: string
}

/** The operations about one thing that a territory has. */
function aboutOneThing(): Asked[] {
  return Object.entries(Paths.parse(tested.app.swagger().paths)).flatMap(([path, methods]) => {
    const kind = /^\/api\/v1\/([\w-]+)\/\{\w+\}/.exec(path)?.[1] ?? ''
    if (!theirs.ids[kind]) return []
    // The document's own verbs.
    return Object.entries(methods).map(([method, { operationId }]) => ({
      id: operationId,
      method: method.toUpperCase() as Asked['method'],
      path,
      kind,
    }))
  })
}

/** What somebody of ours is answered about this id, and by how many statements. */
async function answerAbout({ id, method, path }: Asked, subject: string): Promise<unknown> {
  const [body] = Object.values(operationExamples[id]?.bodies ?? {})
  const url = path.replace(/\{\w+\}/, subject).replaceAll(/\{\w+\}/g, '01926b3e-0000-7000-8000-000000000000')
  const payload = body === undefined || method === 'GET' ? {} : { payload: JSON.stringify(body) }
  const headers = { ...(await ours.headersOf('coordinator')), 'content-type': 'application/json' }
  const { result, sent } = await recorder.during(() => tested.app.inject({ method, url, headers, ...payload }))
  const said = result.body.replaceAll(subject, 'subject').replaceAll(/"instance":"[^"]*"/g, '')
  const statements = sent.map(({ text }) => text.slice(0, 60))
  return { code: result.statusCode, said, statements }
}

test('something of another CPTS answers as something that does not exist, after as many statements', async () => {
  const asked = aboutOneThing()
  expect(asked.length).toBeGreaterThan(30)
  const told: unknown[] = []
  for (const one of asked) {
    // The first time pays for what is then known: the second is compared.
    for (const subject of [v7(), v7()]) await answerAbout(one, subject)
    // What the process asks by itself, to listen or to count, may fall between: it does not fall there thrice.
    let seen: unknown[] = []
    for (let turn = 0; turn < 3 && (turn === 0 || seen.length > 0); turn += 1) {
      const nobodys = await answerAbout(one, v7())
      const another = await answerAbout(one, theirs.ids[one.kind] ?? '')
      seen = JSON.stringify(nobodys) === JSON.stringify(another) ? [] : [one.method, one.path, nobodys, another]
    }
    told.push(...seen)
  }
  expect(told).toEqual([])
}, 120_000)

const marked = 'Marquée\n    at Zizanie (naissance:1950:6)'

test('what the database refuses is neither answered nor logged with its values', async () => {
  const written: string[] = []
  const lines = new PassThrough()
  lines.on('data', (chunk: Buffer) => written.push(chunk.toString()))
  const refusals = [
    sql`select ${marked}::uuid`,
    sql`insert into memberships (cpts_id, id, account_id, role) values (${ours.cptsId}, ${v7()}, ${v7()}, ${marked})`,
    sql`insert into patients (cpts_id, id, first_name) values (${theirs.cptsId}, ${v7()}, ${marked})`,
    sql`insert into accounts (id, email) values (${v7()}, ${marked})`,
    sql`select * from nowhere where name = ${marked}`,
  ]
  for (const refusal of refusals) {
    const { db } = tested.deps
    const broken: Database = { ...db, read: (cptsId) => db.read(cptsId, (tx) => tx.execute(refusal)).then(unreachable) }
    const app = await buildApp({ ...tested.deps, db: broken, log: createLog('info', lines) })
    const headers = await ours.headersOf('coordinator')
    const answer = await app.inject({ url: '/api/v1/worklist', headers })
    expect(answer.statusCode).toBeGreaterThanOrEqual(422)
    written.push(answer.body)
    await app.close()
  }
  const all = written.join('')
  expect(all).toContain('"code":"42501"')
  expect(all).not.toMatch(/Marquée|Zizanie|naissance|1950/)
})

const unreachable = (): never => {
  throw new Error('The statement was not refused')
}
