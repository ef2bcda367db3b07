import { findBrokenKeys } from '@maillage/many-cases/broken-keys'
import { fillVolume } from '@maillage/many-cases/fill-volume'
import { emailOf } from '@maillage/many-cases/volume'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { searchTokens, traitsKey } from '../src/kernel/patients/patient-traits.ts'
import { cases } from '../src/kernel/tables/case.table.ts'
import { patientSearchTokens, patients } from '../src/kernel/tables/patient.table.ts'
import { proposals } from '../src/kernel/tables/proposal.table.ts'
import { hashPassword } from '../src/platform/session/password.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { testPassword } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'
import { openTestDatabase } from './test-db.ts'

const at = new Date('2026-03-02T09:00:00.000Z')
let tested: TestApp

/** Fills a test's database under the superuser, and gives a digest of what was written. */
async function fill(url: string, passwordHash: string): Promise<string> {
  const address = new URL(inject('postgres').superuserUrl)
  address.pathname = new URL(url).pathname
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await fillVolume(client, { cases: 400, cpts: 2, at, passwordHash })
    expect(await findBrokenKeys(client)).toEqual([])
    const { rows } = await client.query<{ digest: string }>(
      `select md5(string_agg(line::text, '' order by line::text)) as digest from (
        select row(c.*)::text as line from cases c union all select row(p.*)::text from patients p
        union all select row(e.*)::text from case_events e union all select row(o.*)::text from proposals o) lines`,
    )
    return rows[0]?.digest ?? ''
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  tested = await buildTestApp({ now: () => at })
  await fill(tested.database.url, await hashPassword(testPassword))
}, 120_000)

afterAll(async () => {
  await tested.close()
})

async function headersOf(email: string): Promise<{ authorization: string }> {
  const payload = { email, password: testPassword }
  const answer = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  expect(answer.statusCode).toBe(201)
  return { authorization: `Bearer ${answer.json().accessToken}` }
}

async function get(headers: { authorization: string }, url: string) {
  const answer = await tested.app.inject({ method: 'GET', url: `/api/v1/${url}`, headers })
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 300)}`).toBe(200)
  return answer.json()
}

async function post(headers: { authorization: string }, url: string, payload: object, status = 200) {
  const answer = await tested.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload })
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 300)}`).toBe(status)
  return answer.json()
}

test('the same volume twice is the same rows', async () => {
  const [one, other] = [await openTestDatabase(), await openTestDatabase()]
  try {
    expect(await fill(one.ownerUrl, 'x')).toBe(await fill(other.ownerUrl, 'x'))
  } finally {
    await one.close()
    await other.close()
  }
}, 120_000)

test('people are found by the words that the application would have written', async () => {
  const rows = await prepare(tested, (tx) => tx.select().from(patients))
  const words = await prepare(tested, (tx) => tx.select().from(patientSearchTokens))
  const written = new Map<string, string[]>()
  for (const { patientId, token } of words) written.set(patientId, [...(written.get(patientId) ?? []), token])
  expect(rows.length).toBe(320)
  for (const row of rows) {
    expect(written.get(row.id)?.toSorted()).toEqual(searchTokens(row).toSorted())
    expect(row.traits).toBe(traitsKey(row))
  }
})

test('a coordinator lists the queue of their CPTS alone and opens a case of every kind and status', async () => {
  const headers = await headersOf(emailOf('coordination', 1, 1))
  const { items } = await get(headers, 'worklist?limit=200')
  const counts = await get(headers, 'worklist/counts')
  expect(items.length).toBe(counts.open)
  const seen = new Set<string>()
  for (const { kind, status, id } of items) {
    if (seen.has(`${kind} ${status}`)) continue
    seen.add(`${kind} ${status}`)
    const path =
      { 'gp-search': 'gp-searches', 'unscheduled-care': 'unscheduled-cares' }[kind as string] ?? 'hospital-discharges'
    expect((await get(headers, `${path}/${id}`)).status).toBe(status)
    expect((await get(headers, `cases/${id}/timeline`)).items.length).toBeGreaterThan(0)
  }
  expect(seen.size).toBeGreaterThan(15)
})

test('a generated case goes its whole way: qualified, offered, accepted', async () => {
  const headers = await headersOf(emailOf('coordination', 2, 1))
  const { items } = await get(headers, 'worklist?kind=gp-search&status=submitted')
  const found = items[0]
  await post(headers, `gp-searches/${found.id}/moves`, { action: 'qualify', version: found.version })
  const { items: candidates } = await get(headers, `gp-searches/${found.id}/candidates?limit=20`)
  expect(candidates.length).toBeGreaterThan(0)
  const { version } = await get(headers, `gp-searches/${found.id}`)
  const offer = { mode: 'direct', practitionerIds: [candidates[0].practitioner.id], version }
  await post(headers, `gp-searches/${found.id}/proposals`, offer, 201)
  const [sent] = await prepare(tested, (tx) => tx.select().from(proposals).where(eq(proposals.caseId, found.id)))
  const onBehalf = { channel: 'phone', spokenTo: 'Secrétariat' }
  await post(headers, `proposals/${sent?.id}/acceptance`, { version: sent?.version, onBehalf })
  const [row] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, found.id)))
  expect(row?.status).toBe('matched')
})

test('a practitioner and a ward see what is theirs', async () => {
  const doctor = await headersOf(emailOf('medecin', 1, 1))
  expect((await get(doctor, 'proposals')).items.length).toBeGreaterThan(0)
  const ward = await headersOf(emailOf('service', 1, 1))
  expect((await get(ward, 'hospital-discharges')).items.length).toBeGreaterThan(0)
})
