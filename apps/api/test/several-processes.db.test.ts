import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { caseEvents } from '../src/kernel/tables/case.table.ts'
import { proposals } from '../src/kernel/tables/proposal.table.ts'
import { readMasterKey } from '../src/platform/session/master-key.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aRound } from './builders/a-round.ts'
import { aCpts, aMembership, anAccount, testPassword } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'
import { type ListeningReader, readLive } from './listening-reader.ts'
import { type Balancer, balance, type RunningProgram, startProgram } from './running-program.ts'

// Two programs as an operator runs them behind a plain balancer, on one database.

const limit = 60
const longStart = 120_000
const folder = mkdtempSync(path.join(tmpdir(), 'maillage-several-'))
let tested: TestApp
let cptsId: CptsId
let one: RunningProgram
let other: RunningProgram
let balancer: Balancer

beforeAll(async () => {
  const key = path.join(folder, 'master.key')
  writeFileSync(key, randomBytes(32).toString('base64url'), { mode: 0o600 })
  // Its app is never asked: it lends its database to the two programs, under the same master key.
  tested = await buildTestApp({ masterKey: readMasterKey({ file: key, dataDir: folder }) })
  cptsId = await aCpts(tested)
  const environment = {
    DATABASE_URL: tested.database.url,
    DATABASE_OWNER_URL: tested.database.ownerUrl,
    MASTER_KEY_FILE: key,
    MAILLAGE_DATA_DIR: folder,
    RATE_LIMIT_MAX: String(limit),
  }
  const started = await Promise.all([startProgram(environment), startProgram(environment)])
  ;[one, other] = started
  balancer = await balance(started.map(({ port }) => port))
}, longStart)

afterAll(async () => {
  balancer?.close()
  await Promise.all([one?.stop(), other?.stop()])
  await tested.close()
  rmSync(folder, { recursive: true, force: true })
}, longStart)

type Headers = Record<string, string>
const Session = z.object({ accessToken: z.string() })

let people = 0
/** A new coordinator, signed in through one of the two. */
async function aCoordinator(through: RunningProgram): Promise<Headers> {
  people += 1
  const email = `plusieurs${people}@essai.example`
  await aMembership(tested, await anAccount(tested, { email }), { cptsId, role: 'coordinator' })
  const answer = await signIn(through.url, email, testPassword)
  return { authorization: `Bearer ${Session.parse(await answer.json()).accessToken}` }
}

const post = (url: string, headers: Headers, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  })
const signIn = (base: string, email: string, password: string) =>
  post(`${base}/api/v1/sessions`, {}, { email, password })
const noteOn = (base: string, id: CaseId, headers: Headers) =>
  post(`${base}/api/v1/cases/${id}/notes`, headers, { text: 'Rappelée.' })

test('who signed in through one is known to the other, and a request sent to both acts once', async () => {
  const headers = await aCoordinator(one)
  const search = await aGpSearch(tested, cptsId)
  const repeated = { ...headers, 'idempotency-key': randomUUID() }
  const answers = await Promise.all([one, other, one, other].map(({ url }) => noteOn(url, search.id, repeated)))
  const written = await prepare(tested, (tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, search.id)))
  // One is told that the same request is being answered, or is given its answer.
  for (const { status } of answers) expect([201, 409]).toContain(status)
  expect(written).toHaveLength(1)
  const [first, second] = await Promise.all([one, other].map(({ url }) => noteOn(url, search.id, repeated)))
  expect(await second?.json()).toEqual(await first?.json())
})

test('what changes through one is told by the other', async () => {
  const headers = await aCoordinator(other)
  const search = await aGpSearch(tested, cptsId)
  const [here, there] = await Promise.all([readLive(one.url, headers), readLive(other.url, headers)])
  const before = [here, there].map((reader) => told(reader, search.id))
  expect((await noteOn(one.url, search.id, headers)).status).toBe(201)
  await expect.poll(() => told(there, search.id), { timeout: 5000 }).toBeGreaterThan(before[1] ?? 0)
  await expect.poll(() => told(here, search.id), { timeout: 5000 }).toBeGreaterThan(before[0] ?? 0)
  here.close()
  there.close()
})

const told = (reader: ListeningReader, id: string) => reader.ids().filter((heard) => heard === id).length

test('wrong passwords are counted together', async () => {
  const email = 'oublieuse@essai.example'
  await aMembership(tested, await anAccount(tested, { email }), { cptsId, role: 'coordinator' })
  const answers: number[] = []
  for (let turn = 0; turn < 7; turn += 1) {
    const { url } = turn % 2 === 0 ? one : other
    answers.push((await signIn(url, email, 'ce n’est pas le bon mot')).status)
  }
  expect(answers).toEqual([401, 401, 401, 401, 401, 401, 429])
})

test('requests are counted together', async () => {
  const headers = await aCoordinator(one)
  // Windows stand on the clock: the count must not begin anew halfway.
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 10_000) await sleep(left + 50)
  const statuses: number[] = []
  for (let turn = 0; turn < 2 * limit; turn += 1) {
    const { status } = await fetch(`${balancer.url}/api/v1/me`, { headers: { ...headers, connection: 'close' } })
    statuses.push(status)
  }
  const through = statuses.filter((status) => status === 200).length
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect(through).toBeLessThanOrEqual(limit)
  expect(through).toBeGreaterThanOrEqual(limit - 2 * (limit / 20))
})

test('a job that both see is done by one of them', async () => {
  const rounds = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const search = await aGpSearch(tested, cptsId, { status: 'eligible' })
      const past = { expiresAt: new Date(Date.now() - 1000) }
      return await aRound(tested, cptsId, search.id, [await aPractitioner(tested, cptsId)], past)
    }),
  )
  const sent = rounds.flat()
  await prepare(tested, async (tx) => {
    // Asked for twice each, as by an outbox and a timetable at once.
    for (const { id } of [...sent, ...sent]) {
      await tx.execute(sql`insert into outbox (cpts_id, topic, payload, run_at, created_at)
        values (${cptsId}, 'expire-proposal', ${JSON.stringify({ proposalId: id })}::jsonb, now(), now())`)
    }
  })
  const silent = () =>
    prepare(tested, (tx) => tx.select().from(proposals).where(sql`status = 'pending' and cpts_id = ${cptsId}`))
  await expect.poll(async () => (await silent()).length, { timeout: 15_000, interval: 200 }).toBe(0)
  for (const { caseId } of sent) {
    const expired = await prepare(tested, (tx) =>
      tx.select().from(caseEvents).where(sql`case_id = ${caseId} and type = 'proposal' and action = 'expired'`),
    )
    expect(expired).toHaveLength(1)
  }
})

test('one dies without a word: its readers go on with the other, and miss nothing', async () => {
  const headers = await aCoordinator(one)
  const readers = await Promise.all(Array.from({ length: 6 }, () => readLive(balancer.url, headers)))
  const others = await Promise.all([readLive(one.url, headers), readLive(other.url, headers)])
  await one.kill()
  await others[0].over
  const search = await aGpSearch(tested, cptsId)
  expect((await noteOn(other.url, search.id, headers)).status).toBe(201)
  await expect.poll(() => told(others[1], search.id), { timeout: 5000 }).toBeGreaterThan(0)
  const cutOff = readers.filter((reader) => reader.ids().every((id) => id !== search.id))
  expect(cutOff.length).toBeGreaterThan(0)
  expect(cutOff.length).toBeLessThan(readers.length)
  for (const reader of cutOff) {
    await reader.over
    const again = await readLive(balancer.url, headers, reader.lastId())
    await expect.poll(() => told(again, search.id), { timeout: 5000 }).toBeGreaterThan(0)
    again.close()
  }
  for (const reader of readers) reader.close()
})
