import { roles } from '@maillage/contracts/roles'
import { sql } from 'drizzle-orm'
import type { HTTPMethods } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { operationExamples } from '../src/operation-examples.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aRound } from './builders/a-round.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'

/*
 * Every operation about a patient, by every role, with the ids of the CPTS next door: whoever is not let in leaves a line
 * of the trail that says so, at home, and none in the trail next door.
 */

let tested: TestApp
const headersOf = new Map<string, { authorization: string }>()
/** What exists next door, by the word that stands before its id. */
const nextDoor = new Map<string, string>()
const words =
  'cases gp-searches unscheduled-cares hospital-discharges proposals patients duplicates patient-merges revalidations reminders undelivered-messages waiting-list-imports'.split(
    ' ',
  )

beforeAll(async () => {
  tested = await buildTestApp()
  const [home, elsewhere] = [await aCpts(tested), await aCpts(tested)]
  for (const role of roles) {
    const practitionerId = role === 'practitioner' ? await aPractitioner(tested, home) : undefined
    headersOf.set(role, (await someoneWho(tested, { cptsId: home, role, practitionerId })).headers)
  }
  const row = await aGpSearch(tested, elsewhere)
  const [proposal] = await aRound(tested, elsewhere, row.id, [await aPractitioner(tested, elsewhere)])
  for (const word of words) nextDoor.set(word, row.id)
  nextDoor.set('patients', row.patientId)
  nextDoor.set('proposals', proposal?.id ?? '')
})
afterAll(() => tested.close())

const Operation = z.object({ operationId: z.string() })
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })
const Line = z.object({
  outcome: z.string(),
  action: z.string(),
  case_id: z.string().nullable(),
  patient_id: z.string().nullable(),
  cpts_id: z.string(),
})

/** What has no line of its own in a case's story names nobody: which pair, which list. */
function namesIt({ case_id, patient_id }: z.infer<typeof Line>, word: string, id: string): boolean {
  if (word === 'patients') return patient_id === id
  return !/cases|-searches|-cares|-discharges/.test(word) || case_id === id
}

const linesAfter = async (position: number) => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(
      sql`select outcome, action, case_id, patient_id, cpts_id from audit_entries where position > ${position}`,
    ),
  )
  return rows.map((row) => Line.parse(row))
}
const lastPosition = async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ last: string }>(sql`select coalesce(max(position), 0) as last from audit_entries`),
  )
  return Number(rows[0]?.last)
}

test('whoever is not let in to a patient next door leaves a refused line', { timeout: 240_000 }, async () => {
  const { paths } = Document.parse((await tested.app.inject({ url: '/api/openapi.json' })).json())
  const silent: string[] = []
  const refused = new Set<string>()
  for (const [path, methods] of Object.entries(paths)) {
    const [, word = ''] = /^\/api\/v1\/([\w-]+)\/\{/.exec(path) ?? []
    const id = nextDoor.get(word)
    if (!id) continue
    for (const [method, { operationId }] of Object.entries(methods))
      for (const [role, headers] of headersOf) {
        const [body] = Object.values(operationExamples[operationId]?.bodies ?? {})
        const before = await lastPosition()
        const { statusCode } = await tested.app.inject({
          // The document's methods are Fastify's own, in small letters.
          method: method.toUpperCase() as Exclude<HTTPMethods, 'HEAD'> & 'GET',
          url: path.replaceAll(/\{\w+\}/g, id),
          headers,
          ...(typeof body === 'object' && body ? { payload: body } : {}),
        })
        expect([200, 201, 204]).not.toContain(statusCode)
        if (statusCode !== 403 && statusCode !== 404) continue
        const name = `${method.toUpperCase()} ${path} by ${role}`
        refused.add(`${method} ${path} ${statusCode}`)
        const lines = await linesAfter(before)
        const isTold = lines.length === 1 && lines[0]?.outcome === 'refused' && namesIt(lines[0], word, id)
        if (!isTold) silent.push(`${name} ${statusCode}`)
      }
  }
  expect(silent).toEqual([])
  expect([...refused].filter((one) => one.endsWith('404')).length).toBeGreaterThan(50)
})

test('a proposal that is not for them is told on its case', async () => {
  const cptsId = await aCpts(tested)
  const row = await aGpSearch(tested, cptsId)
  const [proposal] = await aRound(tested, cptsId, row.id, [await aPractitioner(tested, cptsId)])
  const practitionerId = await aPractitioner(tested, cptsId)
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  expect((await tested.app.inject({ url: `/api/v1/proposals/${proposal?.id}`, headers })).statusCode).toBe(404)
  const admin = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
  const told = await tested.app.inject({ url: `/api/v1/readings?reference=${row.reference}`, headers: admin })
  expect(told.json().items).toMatchObject([{ way: 'refused', role: 'practitioner', times: 1 }])
})
