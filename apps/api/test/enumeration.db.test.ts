import { createHook } from 'node:async_hooks'
import { newId, PatientId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { readingAlerts } from '../src/features/reading-alerts/reading-alerts.table.ts'
import type { Database, Db } from '../src/platform/db/database.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aHospitalDischarge } from './builders/a-hospital-discharge.ts'
import { aPatient } from './builders/a-patient.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aCpts, aMembership, anAccount, aUnit, someoneWho } from './builders/accounts.ts'
import { anUnscheduledCare } from './builders/an-unscheduled-care.ts'
import { prepare } from './builders/as-owner.ts'
import { enrolledAccount } from './builders/enrolled.ts'

// An answer must not tell whether somebody, or something of another CPTS, is known: same words, same work.

const work = { digests: 0, statements: [] as string[] }
// A password is compared in another thread: Node tells of such work, and of this library's under no name.
const watched = createHook({
  init(_id, type) {
    if (type === 'undefined') work.digests += 1
  },
})

let tested: TestApp
let app: Awaited<ReturnType<typeof buildApp>>
let headers: Record<string, string>
let ours: Awaited<ReturnType<typeof aCpts>>

/** Notes the text of every statement. */
function noting(db: Database): Database {
  const noted = async <T>(tx: Db, run: (tx: Db) => Promise<T>): Promise<T> => {
    // Every Db is made from a pooled client, which Drizzle keeps under this name.
    const { $client } = tx as Db & { $client: pg.PoolClient }
    const own = $client.query
    // `query` has a dozen overloads; whatever it is given and gives back passes through unchanged.
    const query = own.bind($client) as (...args: unknown[]) => unknown
    $client.query = ((...args: unknown[]) => {
      const [asked] = args as [string | { text?: string }]
      work.statements.push(typeof asked === 'string' ? asked : (asked.text ?? ''))
      return query(...args)
    }) as typeof own
    try {
      return await run(tx)
    } finally {
      $client.query = own
    }
  }
  return {
    ...db,
    global: (run) => db.global((tx) => noted(tx, run)),
    read: (cptsId, run) => db.read(cptsId, (tx) => noted(tx, run)),
    transaction: (cptsId, run) => db.transaction(cptsId, (tx) => noted(tx, run)),
  }
}

beforeAll(async () => {
  tested = await buildTestApp()
  ours = await aCpts(tested)
  headers = (await someoneWho(tested, { cptsId: ours, role: 'coordinator' })).headers
  await aMembership(tested, await anAccount(tested, { email: 'connue@essai.example' }), {
    cptsId: ours,
    role: 'coordinator',
  })
  app = await buildApp({ ...tested.deps, db: noting(tested.deps.db) })
  watched.enable()
})
afterAll(async () => {
  watched.disable()
  await app.close()
  await tested.close()
})
beforeEach(() => {
  work.digests = 0
  work.statements = []
})

const asked = () => work.statements.filter((text) => /attempt|password_hash/.test(text))

/** All that an answer says, but for the request's own number and the clock. */
async function answerTo(options: InjectOptions, id = '') {
  const { statusCode, body, headers: said } = await app.inject(options)
  const { date: _, ...others } = said
  const neutral = (text: string): string =>
    text.replaceAll(/urn:uuid:[\w-]+/g, 'urn:uuid:…').replaceAll(id || '\0', '…')
  return { statusCode, body: neutral(body), headers: JSON.parse(neutral(JSON.stringify(others))) }
}

describe('signing in', () => {
  const signIn = (email: string, more = {}): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { email, password: 'ce n’est pas le bon', ...more },
  })

  const lookedUp = () => work.statements.filter((text) => text.includes('password_hash'))

  test.each([{}, { code: '123456' }])('says and does the same for an e-mail that nobody has (%j)', async (more) => {
    const known = await answerTo(signIn('connue@essai.example', more))
    expect([known.statusCode, work.digests]).toEqual([401, 1])
    // Once they were answered the trail looks the account up again, whoever it was.
    await expect.poll(() => lookedUp().length).toBe(2)
    const statements = asked()
    work.digests = 0
    work.statements = []
    const unknown = await answerTo(signIn('inconnue@essai.example', more))
    expect([unknown, work.digests]).toEqual([known, 1])
    await expect.poll(() => lookedUp().length).toBe(2)
    expect(asked()).toEqual(statements)
  })

  test('waits as long for both once too many were tried', async () => {
    const ends = await Promise.all(
      ['connue@essai.example', 'personne@essai.example'].map(async (email) => {
        const statuses: number[] = []
        for (let turn = 0; turn < 9; turn += 1) statuses.push((await app.inject(signIn(email))).statusCode)
        return statuses.at(-1)
      }),
    )
    expect(ends).toEqual([429, 429])
  })
})

describe('asking by mail for a second factor to be taken away', () => {
  const ask = (email: string): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/second-factor-resets',
    payload: { email, password: 'ce n’est pas le bon' },
    remoteAddress: '10.13.0.1',
  })

  test('says and does the same for an e-mail that nobody has', async () => {
    await anAccount(tested, { email: 'par-courrier@essai.example' })
    work.digests = 0
    work.statements = []
    const known = await answerTo(ask('par-courrier@essai.example'))
    const statements = asked()
    expect([known.statusCode, work.digests]).toEqual([401, 1])
    work.digests = 0
    work.statements = []
    const unknown = await answerTo(ask('jamais-vue@essai.example'))
    expect([unknown, work.digests, asked()]).toEqual([known, 1, statements])
  })

  test('waits as long for both once too many were tried', async () => {
    for (const email of ['connue-aussi@essai.example', 'jamais-vue-non-plus@essai.example']) {
      if (email.startsWith('connue')) await anAccount(tested, { email })
      const statuses: number[] = []
      for (let turn = 0; turn < 7; turn += 1) statuses.push((await app.inject(ask(email))).statusCode)
      expect([email, statuses.at(-1)]).toEqual([email, 429])
    }
  })
})

test('who administers another CPTS learns and changes nothing of its people, byte for byte', async () => {
  const theirs = await aCpts(tested)
  const boss = await someoneWho(tested, { cptsId: theirs, role: 'administrator' })
  const lost = await enrolledAccount(tested, `perdu@essai.example`)
  const { membershipId } = await aMembership(tested, lost.accountId, { cptsId: theirs, role: 'coordinator' })
  const reset = await app.inject({
    method: 'POST',
    url: `/api/v1/members/${lost.accountId}/second-factor-resets`,
    headers: boss.headers,
  })
  const request: string = reset.json().id
  const alert = newId(PatientId)
  await prepare(tested, (tx) =>
    tx.insert(readingAlerts).values({
      ...{ cptsId: theirs, id: alert, accountId: lost.accountId, role: 'coordinator', day: '2026-03-02' },
      ...{ reasons: [], raisedAt: new Date(), version: 1 },
    }),
  )
  const { reference } = await aGpSearch(tested, theirs, { status: 'eligible' })
  const { headers: ourBoss } = await someoneWho(tested, { cptsId: ours, role: 'administrator' })
  const acts: [string, InjectOptions['method'], (id: string) => string, object?][] = [
    [membershipId, 'POST', (id) => `/memberships/${id}/close`],
    [membershipId, 'POST', (id) => `/memberships/${id}/reopen`],
    [lost.accountId, 'DELETE', (id) => `/members/${id}/sessions`],
    [lost.accountId, 'POST', (id) => `/members/${id}/second-factor-resets`],
    [request, 'POST', (id) => `/second-factor-resets/${id}/confirmation`],
    [request, 'POST', (id) => `/second-factor-resets/${id}/refusal`],
    [alert, 'PUT', (id) => `/reading-alerts/${id}/explanation`, { note: 'Garde de nuit', version: 1 }],
    [reference, 'GET', (id) => `/readings?reference=${id}`],
  ]
  for (const [id, method, path, payload] of acts) {
    const ask = (one: string) => answerTo({ method, url: `/api/v1${path(one)}`, headers: ourBoss, payload }, one)
    const known = await ask(id)
    const unknown = id === reference ? reference.replace(/\d+$/, '999999') : newId(PatientId)
    expect([path(''), known.statusCode]).toEqual([path(''), 404])
    expect([path(''), known]).toEqual([path(''), await ask(unknown)])
  }
  // Nothing moved.
  expect((await app.inject({ url: '/api/v1/me', headers: lost.headers })).statusCode).toBe(200)
  const [row] = await prepare(tested, (tx) => tx.select().from(readingAlerts).where(eq(readingAlerts.id, alert)))
  expect(row).toMatchObject({ id: alert, explainedAt: null, version: 1 })
})

test('what another CPTS has answers as what nobody has, byte for byte', async () => {
  const theirs = await aCpts(tested)
  const { unitId } = await aUnit(tested, theirs)
  const search = (await aGpSearch(tested, theirs, { status: 'eligible' })).id
  const care = (await anUnscheduledCare(tested, theirs, { status: 'triaged' })).id
  const discharge = (await aHospitalDischarge(tested, theirs, unitId)).row.id
  const patient = (await aPatient(tested, theirs)).id
  const practitioner = await aPractitioner(tested, theirs)
  const ids: Record<string, string> = {
    'gp-searches': search,
    cases: search,
    'unscheduled-cares': care,
    'hospital-discharges': discharge,
    patients: patient,
    practitioners: practitioner,
  }
  const routes = tested.app.declaredAccess.flatMap(({ method, url, access }) => {
    const kind = /^\/api\/v1\/([\w-]+)\/:id(?:\/[\w-]+)*$/.exec(url)?.[1] ?? ''
    const id = ids[kind]
    const isOurs = access !== 'public' && (access === 'signed-in' || access.includes('coordinator'))
    return id && isOurs && method !== 'HEAD' ? [{ method, url, id }] : []
  })
  expect(routes.length).toBeGreaterThan(40)
  for (const { method, url, id } of routes) {
    const ask = (one: string) =>
      answerTo(
        {
          method: method as 'GET',
          url: url.replace(':id', one),
          headers,
          ...(method === 'GET' ? {} : { payload: {} }),
        },
        one,
      )
    const known = await ask(id)
    expect([method, url, known]).toEqual([method, url, await ask(newId(PatientId))])
    expect([method, url, known.statusCode >= 400]).toEqual([method, url, true])
  }
})

test('links that were never made answer alike, whatever they look like', async () => {
  const tokens = ['zzzz', 'A'.repeat(43), 'A'.repeat(64), `${'A'.repeat(63)}-`, '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11']
  for (const page of ['/suivi/toujours/', '/annuaire/confirmation/', '/suivi/', '/demande/confirmation/']) {
    const shapes = new Set<string>()
    for (const token of tokens) {
      const { statusCode, body } = await answerTo({ url: `${page}${token}` }, token)
      // The word of the form is the browser's own.
      shapes.add(`${statusCode} ${body.replaceAll(/value="[^"]*"/g, '')}`)
    }
    expect([page, [...shapes]]).toEqual([page, [expect.any(String)]])
  }
})
