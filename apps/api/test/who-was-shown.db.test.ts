import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { demoAccounts } from '../seeds/demo/demo-accounts.ts'
import { operationExamples } from '../src/operation-examples.ts'
import { openNotifications } from '../src/platform/live/notifications.ts'
import { openSigningKeys } from '../src/platform/session/signing-keys.ts'
import { buildTestApp } from './build-test-app.ts'
import { aDemo, demoPassword, type TestDemo } from './builders/a-demo.ts'

/*
 * Every answer of the API, read for whom it shows: each patient bears a name that nobody else does, and whoever an answer
 * names must stand in the trail's lines of that very request. A new route that shows people without saying so fails here.
 */

const now = new Date()
let demo: TestDemo
let app: FastifyInstance
let close: () => Promise<void>
const headersOf = new Map<string, { authorization: string }>()
/** Ids to put in an address, by the word that stands before them. */
const ids = new Map<string, string[]>()

const asOwner = <Row extends Record<string, unknown>>(statement: ReturnType<typeof sql>): Promise<Row[]> =>
  demo.database.asOwner(async (tx) => {
    const { rows } = await tx.execute(statement)
    // Each statement names its columns as its caller reads them.
    return rows as Row[]
  })

/** « Zq0042x »: what a name is replaced by, in letters alone so that every rule of names lets it through. */
const marks = /Zq[a-j]{5}x/gi

beforeAll(async () => {
  demo = await aDemo({ scale: 0.02, now })
  await asOwner(sql`with numbered as (
      select cpts_id, id, translate(lpad((row_number() over (order by cpts_id, id))::text, 5, '0'), '0123456789', 'abcdefghij') as n
      from patients)
    update patients p set first_name = 'Zq' || n.n || 'x', last_name = 'Zq' || n.n || 'x', birth_name = 'Zq' || n.n || 'x'
    from numbered n where n.cpts_id = p.cpts_id and n.id = p.id`)
  const { db, url } = demo.database
  const notifications = openNotifications({ url, channel: 'maillage_case', onError: () => undefined })
  const keys = openSigningKeys({ db, now: () => now, masterKey: randomBytes(32) })
  const tested = await buildTestApp({ db, now: () => now, keys, notifications })
  app = tested.app
  close = async () => {
    await tested.close()
    await notifications.close()
    await demo.database.close()
  }
  // One of each role: their colleagues are shown the same.
  for (const { email } of demoAccounts.filter((one) => !/2@|voisine/.test(one.email))) {
    const payload = { email, password: demoPassword }
    const { accessToken } = (await app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).json()
    headersOf.set(email, { authorization: `Bearer ${accessToken}` })
  }
  await addRareRows()
  await findIds()
}, 300_000)

afterAll(() => close())

/** What a demo does not show: a merge, and a message to a patient that came back. */
async function addRareRows(): Promise<void> {
  await asOwner(sql`insert into patient_merges (cpts_id, id, kept_id, merged_id, pair_id, fields, moved, merged_at)
    select cpts_id, gen_random_uuid(), one_id, other_id, id, '[]', '{}', ${now.toISOString()}::timestamptz from duplicate_pairs`)
  await asOwner(sql`with told as (
      insert into notices (cpts_id, id, kind, patient_id, values, send_at, created_at)
      select distinct on (cpts_id) cpts_id, gen_random_uuid(), 'registration-kept', id, '{}'::jsonb, ${now.toISOString()}::timestamptz,
        ${now.toISOString()}::timestamptz from patients returning *
    )
    insert into notice_deliveries (cpts_id, id, notice_id, channel, patient_id, address, status, due_at, created_at)
    select cpts_id, gen_random_uuid(), id, 'email', patient_id, 'rendu@exemple.example', 'refused', send_at, created_at from told`)
}

async function findIds(): Promise<void> {
  const few = sql.raw('order by md5(id::text) limit 6')
  const lunel = sql`cpts_id = (select cpts_id from memberships m join accounts a on a.id = m.account_id where a.email = ${demoAccounts[0].email} limit 1)`
  const pick = async (word: string, statement: ReturnType<typeof sql>) => {
    const rows = await asOwner<{ id: string }>(statement)
    ids.set(
      word,
      rows.map(({ id }) => id),
    )
  }
  for (const [word, kind] of [
    ['gp-searches', 'gp-search'],
    ['unscheduled-cares', 'unscheduled-care'],
    ['hospital-discharges', 'hospital-discharge'],
  ] as const)
    await pick(
      word,
      sql`select id from cases where ${lunel} and kind = ${kind} order by is_open desc, md5(id::text) limit 12`,
    )
  ids.set(
    'cases',
    [...ids.values()].flatMap((found) => found.slice(0, 6)),
  )
  await pick('proposals', sql`select id from proposals where ${lunel} order by status, md5(id::text) limit 30`)
  for (const [word, table] of Object.entries({
    patients: 'patients',
    practitioners: 'practitioners',
    duplicates: 'duplicate_pairs',
    'patient-merges': 'patient_merges',
    delegations: 'delegations',
    'undelivered-messages': 'notice_deliveries',
    'waiting-list-imports': 'waiting_list_imports',
    partners: 'organizations',
    teams: 'teams',
    revalidations: 'revalidations',
    reminders: 'reminders',
  }))
    await pick(word, sql`select id from ${sql.identifier(table)} where ${lunel} ${few}`)
  // Those whose file names others: they may be the same person, or live together.
  const among = await asOwner<{ id: string }>(
    sql`(select one_id as id from duplicate_pairs where ${lunel} limit 3)
      union (select id from patients where ${lunel} and household_id is not null limit 2)`,
  )
  ids.set('patients', [...(ids.get('patients') ?? []), ...among.map(({ id }) => id)])
  // Those who sign in, whose own pages hold the most.
  const own = await asOwner<{ id: string }>(
    sql`select practitioner_id as id from memberships where ${lunel} and practitioner_id is not null`,
  )
  ids.set('practitioners', [...(ids.get('practitioners') ?? []), ...own.map(({ id }) => id)])
}

/** The addresses of a route: its pattern with ids that exist. */
function addressesOf(pattern: string): string[] {
  const [, before = '', rest = ''] = /^(.*?)\/:\w+(.*)$/.exec(pattern) ?? []
  if (!before) return [pattern]
  const word = before.split('/').at(-1) ?? ''
  const found = ids.get(word) ?? [...ids.values()].flatMap((some) => some.slice(0, 1))
  return found.flatMap((id) => addressesOf(`${before}/${id}${rest}`)).slice(0, 30)
}

const Position = z.object({ last: z.coerce.number() })
const lastPosition = async (): Promise<number> => {
  const [row] = await asOwner(sql`select coalesce(max(position), 0) as last from audit_entries`)
  return Position.parse(row).last
}

/** The marks of those whom the lines after a position name, by themselves or by one of their cases. */
async function toldSince(position: number): Promise<Set<string>> {
  const rows = await asOwner<{ name: string }>(sql`
    with told as (
      select unnest(array[case_id, patient_id] || coalesce(shown, '{}')) as id from audit_entries where position > ${position}
    ), people as (
      select t.id from told t where t.id is not null
      union select c.patient_id from cases c join told t on t.id = c.id
      union select m.patient_id from gp_search_members m join told t on t.id = m.case_id
    )
    select distinct p.last_name as name from patients p join people on people.id = p.id
    union select distinct p.last_name from patients p join patients kept on kept.id = p.merged_into_id join people on people.id = kept.id`)
  return new Set(rows.map(({ name }) => name.toLowerCase()))
}

interface Request {
  method: Exclude<HTTPMethods, 'HEAD'> & 'GET'
  url: string
  headers: { authorization: string }
  payload?: object
}
/** Asks, and tells whom the answer shows and whom no line of the trail names. */
async function ask(request: Request): Promise<{ status: number; shown: string[]; untold: string[] }> {
  const before = await lastPosition()
  const { body, statusCode } = await app.inject(request)
  const shown = [...new Set((body.match(marks) ?? []).map((mark) => mark.toLowerCase()))]
  if (shown.length === 0) return { status: statusCode, shown, untold: [] }
  const told = await toldSince(before)
  return { status: statusCode, shown, untold: shown.filter((mark) => !told.has(mark)) }
}

/** What is typed or chosen to read people, beside the plain readings. */
const searches = async (): Promise<Record<string, object[]>> => {
  const [born] = await asOwner<{ day: string }>(
    sql`select to_char(birth_date, 'DD/MM/YYYY') as day from patients where id = ${ids.get('patients')?.[0]}`,
  )
  return {
    'POST /api/v1/worklist/search': [{ q: born?.day }],
    'POST /api/v1/worklist/rows': [{ ids: ids.get('cases') }],
    'POST /api/v1/patients/search': [{ q: born?.day }],
  }
}

const name = ({ method, url }: { method: string; url: string }): string => `${method} ${url}`
const routes = () =>
  app.declaredAccess.filter(
    ({ method, url, access }) => method !== 'HEAD' && access !== 'public' && !url.endsWith('/live'),
  )
const seen = new Set<string>()
const untold = new Set<string>()

async function askAll(
  route: { method: string; url: string },
  bodies: readonly unknown[],
  { most = 30, callers = 99 } = {},
) {
  for (const [email, headers] of [...headersOf].slice(0, callers))
    for (const address of addressesOf(route.url).slice(0, most))
      for (const body of bodies) {
        const payload = await asItStands(address, body)
        // Fastify gives back the methods that it was given.
        const asked = {
          method: route.method as Request['method'],
          url: address,
          headers,
          ...(payload ? { payload } : {}),
        }
        const answer = await ask(asked)
        if (answer.status === 403) break
        if (answer.shown.length > 0) seen.add(name(route))
        if (answer.untold.length > 0)
          untold.add(`${name(route)} by ${email}: ${answer.untold.length} of ${answer.shown.length}`)
      }
}

/** An example's body, at the version at which the thing stands. */
async function asItStands(address: string, body: unknown): Promise<object | undefined> {
  const versioned = z.looseObject({ version: z.int() }).safeParse(body)
  if (!versioned.success) return typeof body === 'object' && body ? body : undefined

  const id = z.uuid().safeParse(/[0-9a-f-]{36}/.exec(address)?.[0])
  if (!id.success) return versioned.data
  const [row] = await asOwner<{ version: number }>(sql`
    select version from cases where id = ${id.data} union all select version from proposals where id = ${id.data}
    union all select version from patients where id = ${id.data} union all select version from duplicate_pairs where id = ${id.data}
    union all select version from revalidations where id = ${id.data}`)
  return { ...versioned.data, ...row }
}

test('whoever a reading shows stands in the trail of that very request', { timeout: 300_000 }, async () => {
  const typed = await searches()
  for (const route of routes()) {
    const bodies = route.method === 'GET' ? [undefined] : typed[name(route)]
    if (bodies) await askAll(route, bodies)
  }
  expect([...untold]).toEqual([])
})

const Operation = z.object({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) })
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })
const described = async () => Document.parse((await app.inject({ url: '/api/openapi.json' })).json())
const asDeclared = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

test('whoever an act shows stands there too', { timeout: 300_000 }, async () => {
  const { paths } = await described()
  for (const route of routes().filter(({ method }) => method === 'POST' || method === 'PUT')) {
    const [path] = Object.entries(paths).find(([known]) => asDeclared(known) === route.url) ?? []
    const id = path && paths[path]?.[route.method.toLowerCase()]?.operationId
    const bodies = Object.values(operationExamples[id ?? '']?.bodies ?? { none: {} })
    await askAll(route, bodies, { most: 3, callers: 1 })
  }
  expect([...untold]).toEqual([])
})

/**
 * Routes whose answer could hold somebody by its schema, and that are not plain readings: lists that a coordinator gives,
 * whose people are not known here yet, and acts, each of which leaves its own line with its case (`recordAudit`). The test
 * above makes as many of them answer as it can. Whoever adds one says here that it is no reading in disguise.
 */
const others = new Set([
  'GET /api/v1/waiting-list-imports/:id',
  'GET /api/v1/waiting-list-imports/:id/preview',
  'DELETE /api/v1/cases/:id/links/:linkedId',
  'POST /api/v1/cases/:id/links',
  'POST /api/v1/duplicates',
  'POST /api/v1/duplicates/:id/dismissal',
  'POST /api/v1/duplicates/:id/merge',
  'POST /api/v1/duplicates/:id/reconsideration',
  'POST /api/v1/gp-searches',
  'POST /api/v1/gp-searches/:id/household-join',
  'POST /api/v1/gp-searches/:id/household-members',
  'POST /api/v1/gp-searches/:id/household-split',
  'POST /api/v1/gp-searches/:id/moves',
  'POST /api/v1/gp-searches/:id/proposals',
  'POST /api/v1/hospital-discharges',
  'POST /api/v1/hospital-discharges/:id/moves',
  'POST /api/v1/hospital-discharges/:id/needs',
  'POST /api/v1/hospital-discharges/:id/needs/:needId/moves',
  'POST /api/v1/hospital-discharges/:id/proposals',
  'POST /api/v1/hospital-discharges/:id/reschedule',
  'POST /api/v1/patient-merges/:id/undo',
  'POST /api/v1/patients/:id/household-leave',
  'POST /api/v1/patients/:id/household-members',
  'POST /api/v1/proposals/:id/acceptance',
  'POST /api/v1/proposals/:id/decline',
  'POST /api/v1/proposals/:id/reconfirmation',
  'POST /api/v1/proposals/:id/release',
  'POST /api/v1/proposals/:id/withdrawal',
  'POST /api/v1/unscheduled-cares',
  'POST /api/v1/unscheduled-cares/:id/moves',
  'POST /api/v1/unscheduled-cares/:id/proposals',
  'POST /api/v1/waiting-list-imports',
  'POST /api/v1/waiting-list-imports/:id/start',
  'POST /api/v1/waiting-list-imports/:id/undo',
  'PUT /api/v1/cases/:id/owner',
  'PUT /api/v1/cases/:id/priority',
  'PUT /api/v1/gp-searches/:id/details',
  'PUT /api/v1/hospital-discharges/:id/details',
  'PUT /api/v1/hospital-discharges/:id/needs/:needId',
  'PUT /api/v1/patients/:id',
  'PUT /api/v1/unscheduled-cares/:id/details',
  'PUT /api/v1/waiting-list-imports/:id/mapping',
])

test('no route that could show somebody goes unlooked at', async () => {
  const { components, paths } = z
    .object({ components: z.unknown(), paths: z.record(z.string(), z.record(z.string(), Operation)) })
    .parse((await app.inject({ url: '/api/openapi.json' })).json())
  const named = /"(birthDate|birthName|mergedDisplayName)"/
  const { schemas } = z.object({ schemas: z.record(z.string(), z.unknown()) }).parse(components)
  const people = new Set<string>()
  const shows = (told: string): boolean => named.test(told) || [...people].some((one) => told.includes(one))
  for (let before = -1; people.size > before; ) {
    before = people.size
    for (const [schema, told] of Object.entries(schemas))
      if (shows(JSON.stringify(told))) people.add(`"#/components/schemas/${schema}"`)
  }
  const could = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { responses }]) =>
        shows(JSON.stringify(Object.entries(responses).filter(([status]) => status.startsWith('2')))),
      )
      .map(([method]) => `${method.toUpperCase()} ${asDeclared(path)}`),
  )
  expect(could.length).toBeGreaterThan(20)
  expect(could.filter((route) => !seen.has(route) && !others.has(route))).toEqual([])
})
