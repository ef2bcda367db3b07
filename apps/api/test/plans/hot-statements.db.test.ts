import { fillVolume } from '@maillage/many-cases/fill-volume'
import { emailOf } from '@maillage/many-cases/volume'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { hashPassword } from '../../src/platform/session/password.ts'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { testPassword } from '../builders/accounts.ts'
import { nodesOf, type PlanMode, type PlanNode, planOf, rowsReadIn, rowsSortedIn } from './explained-plan.ts'
import { findSubjects } from './found-subjects.ts'
import { runActs } from './hot-acts.ts'
import { type HotOperation, hotReads, type Subjects } from './hot-operations.ts'
import { type Recorder, recordStatements, type Sent } from './recorded-statements.ts'

const at = new Date('2026-03-02T09:00:00.000Z')
const volume = { cases: 100_000, cpts: 1, at }
/** A table with more rows than this is never read from end to end; what is read of the smaller ones is not counted. */
const bigTable = 5_000
/** Read for each row given, joins and look-ups counted in; small pages may cost as much as one of this size. */
const factor = 5
const smallPage = 51
/** One case's lines, or a page, may be put in order. */
const mostSorted = 250

// Before the pool opens its first connection.
const recorder: Recorder = recordStatements()
let tested: TestApp
let superuser: pg.Client
let headers: { authorization: string }
let subjects: Subjects
let bigTables: ReadonlySet<string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => at })
  superuser = await connectAsSuperuser()
  await fillVolume(superuser, { ...volume, passwordHash: await hashPassword(testPassword) })
  const payload = { email: emailOf('coordination', 1, 1), password: testPassword }
  const session = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  headers = { authorization: `Bearer ${session.json().accessToken}` }
  subjects = { ...(await findSubjects(tested)), deep: await pagesFarDown() }
  const { rows } = await superuser.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > $1`,
    [bigTable],
  )
  bigTables = new Set(rows.map(({ name }) => name))
}, 300_000)

afterAll(async () => {
  recorder.stop()
  await superuser?.end()
  await tested?.close()
}, 60_000)

async function connectAsSuperuser(): Promise<pg.Client> {
  const url = new URL(inject('postgres').superuserUrl)
  url.pathname = new URL(tested.database.url).pathname
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return client
}

async function pagesFarDown(): Promise<string[]> {
  const cursors: string[] = []
  let path = '/api/v1/worklist?limit=200'
  for (let page = 0; page < 20; page += 1) {
    const { next } = (await tested.app.inject({ url: path, headers })).json()
    if (!next) break
    cursors.push(next)
    path = `/api/v1/worklist?limit=200&cursor=${next}`
  }
  return cursors.slice(-5)
}

async function ask(operation: HotOperation, nth: number): Promise<Sent[]> {
  const { path, body } = operation.ask(nth)
  const url = `/api/v1${path}`
  const { result, sent } = await recorder.during(() =>
    tested.app.inject(body ? { method: 'POST', url, headers, payload: body } : { url, headers }),
  )
  expect([operation.name, result.statusCode, result.statusCode < 300 ? '' : result.body]).toEqual([
    operation.name,
    200,
    '',
  ])
  return sent
}

/** The plans of what an operation sends, as the API's role gets them. */
async function plansOf(sent: readonly Sent[], mode: PlanMode): Promise<{ text: string; plan: PlanNode }[]> {
  const { rows } = await superuser.query<{ id: string }>('select id from cpts')
  await superuser.query('begin')
  try {
    await superuser.query(`set local role maillage_api`)
    await superuser.query(`select set_config('app.cpts_id', $1, true)`, [rows[0]?.id])
    const plans: { text: string; plan: PlanNode }[] = []
    for (const one of sent) plans.push({ text: one.text, plan: await planOf(superuser, one, mode) })
    return plans
  } finally {
    await superuser.query('rollback')
  }
}

/** What is wrong with a plan: a big table read from end to end, a long sort, more rows read than what is given explains. */
function faultsOf(plan: PlanNode, { allows }: HotOperation): string[] {
  const given = Math.max(smallPage, plan['Actual Rows'] ?? 0)
  const mostRead = factor * given + (allows?.rows ?? 0)
  const nodes = nodesOf(plan)
  const read = rowsReadIn(plan, bigTables)
  const sorted = rowsSortedIn(plan)
  const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && bigTables.has(node['Relation Name'] ?? ''))
  return [
    ...scanned.map((node) => `reads ${node['Relation Name']} from end to end`),
    ...(read > mostRead ? [`reads ${read} rows to give ${given}`] : []),
    ...(sorted > Math.max(mostSorted, allows?.rows ?? 0) ? [`sorts ${sorted} rows`] : []),
  ]
}

const placeholders: Subjects = {
  searches: [],
  cares: [],
  discharges: [],
  proposable: [],
  practitioners: [],
  patients: [],
  names: [],
  communes: [],
  deep: [],
}
const names = hotReads(placeholders).map(({ name }) => name)
const operationNamed = (name: string): HotOperation => {
  const found = hotReads(subjects).find((operation) => operation.name === name)
  if (!found) throw new Error(`No operation is named ${name}`)
  return found
}

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('at 100,000 cases, under %s', (mode) => {
  test.each(names)('%s reads little, by its index', async (name) => {
    const operation = operationNamed(name)
    const plans = await plansOf(await ask(operation, 1), mode)
    const used = new Set(plans.flatMap(({ plan }) => nodesOf(plan).map((node) => node['Index Name'])))
    const faults = plans.flatMap(({ text, plan }) => faultsOf(plan, operation).map((fault) => `${fault}: ${text}`))
    expect(faults).toEqual([])
    expect(operation.by.filter((index) => !used.has(index))).toEqual([])
  })
})

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'opened, qualified, offered, declined and accepted: each step walks along its keys, under %s',
  async (mode) => {
    const nth = mode === 'force_custom_plan' ? 0 : 1
    const { sent } = await recorder.during(() => runActs(tested, headers, nth))
    const allowed = operationNamed('candidates')
    const plans = await plansOf(sent, mode)
    expect(plans.flatMap(({ text, plan }) => faultsOf(plan, allowed).map((fault) => `${fault}: ${text}`))).toEqual([])
    expect(plans.length).toBeGreaterThan(20)
  },
)

test('whoever asks and whatever for, the texts are the same few', async () => {
  const round = async (first: number): Promise<Set<string>> => {
    const texts = new Set<string>()
    for (const name of names) {
      for (const nth of [first, first + 1, first + 2]) {
        for (const { text } of await ask(operationNamed(name), nth)) texts.add(text)
      }
    }
    const { sent } = await recorder.during(() => runActs(tested, headers, first + 2))
    for (const { text } of sent) texts.add(text)
    return texts
  }
  const before = await round(0)
  const after = await round(3)
  expect([...after].filter((text) => !before.has(text))).toEqual([])
  expect(before.size).toBeLessThan(150)
})

test('each statement names its CPTS, so that a distributed PostgreSQL knows where it runs', async () => {
  const { rows } = await superuser.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'cpts_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  )
  const tenantTables = new RegExp(`\\b(from|join|into|update)\\s+"?(${rows.map(({ name }) => name).join('|')})\\b`, 'i')
  const named = /cpts_id"? = \$\d|from "?cpts"?( c)? where (c\.|"cpts"\.)?"?id"? = \$\d|into "?\w+"? \(\s*"?cpts_id/i
  const astray = new Set<string>()
  for (const name of names) {
    for (const { text } of await ask(operationNamed(name), 1)) {
      if (tenantTables.test(text) && !named.test(text)) astray.add(text)
    }
  }
  expect([...astray]).toEqual([])
})
