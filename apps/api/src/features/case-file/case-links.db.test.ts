import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let file: CaseRow
let other: CaseRow
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  file = await aGpSearch(tested, cptsId)
  other = await aGpSearch(tested, cptsId)
})

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, who = ana) =>
  tested.app.inject({ method, url: `/api/v1${path}`, payload, headers: who.headers })
const link = (body: object, who = ana) => call('POST', `/cases/${file.id}/links`, body, who)
const unlink = (who = ana) => call('DELETE', `/cases/${file.id}/links/${other.id}`, undefined, who)
const print = (who = ana) => call('POST', `/cases/${file.id}/prints`, undefined, who)
const read = async (row: CaseRow) => (await call('GET', `/gp-searches/${row.id}`)).json()
const story = async (row: CaseRow): Promise<{ action: string; text: string }[]> =>
  (await call('GET', `/cases/${row.id}/timeline`)).json().items
const trail = async (row: CaseRow): Promise<string[]> => {
  const rows = await prepare(tested, (tx) =>
    tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(and(eq(auditEntries.caseId, row.id), eq(auditEntries.outcome, 'done')))
      .orderBy(auditEntries.position),
  )
  return rows.map(({ action }) => action)
}

describe('linking two cases', () => {
  test('shows each beside the other, with what it takes to choose, and both stories say so', async () => {
    const answer = await link({ reference: other.reference.toLowerCase(), version: 1 })
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      {
        version: 2,
        linkedCases: [
          { id: other.id, kind: 'gp-search', status: other.status, band: expect.stringMatching(/^P[1-4]$/) },
        ],
      },
    ])
    expect((await read(other)).linkedCases).toMatchObject([{ reference: file.reference }])
    expect(await story(file)).toMatchObject([{ type: 'link', action: 'link', text: other.reference }])
    expect(await story(other)).toMatchObject([{ type: 'link', action: 'link', text: file.reference }])
    expect(await trail(file)).toContain('gp-search.link')
    expect(await trail(other)).toContain('gp-search.link')
  })

  test('is undone from either side', async () => {
    await link({ reference: other.reference, version: 1 })
    const back = await call('DELETE', `/cases/${other.id}/links/${file.id}`)
    expect([back.statusCode, back.json().linkedCases]).toEqual([200, []])
    expect((await read(file)).linkedCases).toEqual([])
    expect(await trail(file)).toContain('gp-search.unlink')
    expect((await unlink()).statusCode).toBe(404)
  })

  test('is refused to itself, to what is not there, to what is elsewhere, and after somebody else', async () => {
    const elsewhere = await aGpSearch(tested, await aCpts(tested), { reference: 'MT-2026-7777' })
    const codes = async (body: object) => {
      const answer = await link(body)
      return [answer.statusCode, answer.json().errors?.[0] ?? answer.json().code]
    }
    expect(await codes({ reference: file.reference, version: 1 })).toEqual([
      422,
      { pointer: '/reference', code: 'itself' },
    ])
    const unknown = [422, { pointer: '/reference', code: 'unknown' }]
    expect(await codes({ reference: 'MT-2019-9999', version: 1 })).toEqual(unknown)
    expect(await codes({ reference: elsewhere.reference, version: 1 })).toEqual(unknown)
    expect(await codes({ reference: other.reference, version: 7 })).toEqual([409, 'case-changed'])
  })

  test('is the coordination’s alone, in its own CPTS', async () => {
    const doctor = await someoneWho(tested, { cptsId, role: 'practitioner' })
    const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const body = { reference: other.reference, version: 1 }
    expect((await link(body, doctor)).statusCode).toBe(403)
    expect((await link(body, neighbour)).statusCode).toBe(404)
    await link(body)
    expect((await unlink(neighbour)).statusCode).toBe(404)
    expect((await unlink(doctor)).statusCode).toBe(403)
  })
})

test('the other cases of the same patient are told apart from those linked', async () => {
  const again = await aGpSearch(tested, cptsId, { patientId: file.patientId })
  const header = await read(file)
  expect([header.linkedCases, header.patientCases]).toMatchObject([[], [{ id: again.id }]])
  await link({ reference: again.reference, version: 1 })
  const linked = await read(file)
  expect([linked.linkedCases, linked.patientCases]).toMatchObject([[{ id: again.id }], []])
})

test('printing a call sheet leaves its trace, for who may see the case', async () => {
  expect((await print()).statusCode).toBe(204)
  expect(await trail(file)).toContain('gp-search.print')
  const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  const administrator = await someoneWho(tested, { cptsId, role: 'administrator' })
  expect((await print(neighbour)).statusCode).toBe(404)
  expect((await print(administrator)).statusCode).toBe(403)
})
