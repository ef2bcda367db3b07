import { AccountId, type CptsId, newId, PatientId } from '@maillage/contracts/kit/ids'
import type { WorklistQuery } from '@maillage/contracts/worklist'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { type WorklistCursor, type WorklistPage, worklistStatement } from './worklist.statement.ts'

let tested: TestApp
let cptsId: CptsId
const me = newId(AccountId)
const now = new Date('2026-03-02T09:00:00Z')
// Only which statuses are final is read from the kinds.
const kinds = Object.fromEntries(
  ['gp-search', 'unscheduled-care', 'hospital-discharge'].map((kind) => [kind, { finalStatuses: ['closed'] }]),
) as unknown as CaseKinds

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  const { id: patientId } = await aPatient(tested, cptsId)
  // 20,000 cases, a quarter of them closed, spread over kinds, bands, owners and communes.
  await prepare(tested, async (tx) => {
    await tx.execute(sql`
      insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
      select ${cptsId}, gen_random_uuid(), 'Exemple' || n, 'Exemple' || n, 'Prénom', date '1930-01-01' + n, 'female', '33063', n::text, ${now}, ${now}
      from generate_series(1, 20000) n`)
    await tx.execute(sql`
      insert into patient_search_tokens (cpts_id, token, patient_id)
      select cpts_id, 'exemple' || traits, id from patients where cpts_id = ${cptsId} and id <> ${patientId}
      union all select cpts_id, 'prenom', id from patients where cpts_id = ${cptsId} and id <> ${patientId}`)
    await tx.execute(sql`
      insert into cases (cpts_id, id, kind, reference, status, is_open, band_rank, priority, queue_at, opened_at, registered_at,
        status_since, clock_started_at, patient_id, municipality_code, owner_id, channel, updated_at)
      select ${cptsId}, gen_random_uuid(), (array['gp-search', 'unscheduled-care', 'hospital-discharge'])[1 + n % 3],
        'MT-2026-' || n, case when n % 4 = 0 then 'closed' else (array['submitted', 'eligible', 'proposing'])[1 + n % 3] end,
        n % 4 <> 0, 1 + n % 4, '{}', case when n % 5 = 0 then 'infinity' else ${now}::timestamptz + make_interval(mins => n - 2000) end,
        ${now}::timestamptz - make_interval(mins => n), ${now}, ${now}, ${now}, p.id, (array['33063', '33039', '2A004'])[1 + n % 7 % 3],
        case when n % 3 = 0 then null when n % 10 = 1 then ${me}::uuid else gen_random_uuid() end, 'phone', ${now}
      from generate_series(1, 20000) n
      join patients p on p.cpts_id = ${cptsId} and p.traits = n::text`)
    await tx.execute(sql`analyze cases, patients, patient_search_tokens, municipalities, accounts`)
  })
}, 60_000)

afterAll(async () => {
  await tested.close()
})

interface Node {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  Plans?: Node[]
}

const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]

/** The plan that a prepared statement keeps (without knowing its parameters), as the API's role gets it. */
async function planOf(query: Partial<WorklistQuery>, over: Partial<WorklistPage> = {}): Promise<Node[]> {
  const page: WorklistPage = {
    query: { limit: 50, sort: 'queue', ...query },
    cptsId,
    me,
    after: undefined,
    due: null,
    sought: null,
    ...over,
  }
  const statement = worklistStatement(page, kinds)
  const [first] = await tested.deps.db.read(cptsId, async (db) => {
    // What tells the connection its CPTS is sent with parameters, and a plan for any has none to send.
    await db.execute(sql`select 1`)
    const text = `explain (generic_plan, format json) ${statement?.text}`
    return await queryRows<{ 'QUERY PLAN': { Plan: Node }[] }>(db, { text, values: [] })
  })
  const [plan] = first?.['QUERY PLAN'] ?? []
  return plan ? flat(plan.Plan) : []
}

const after = (sort: 'queue' | 'band' | 'opened'): WorklistCursor => [
  sort,
  '2026-03-03T09:00:00.000Z',
  2,
  '2026-02-27T09:00:00.000Z',
  '019c0000-0000-7000-8000-000000000000',
]

const late = { due: { from: null, before: now } }
const cases: [string, string, Partial<WorklistQuery>, Partial<WorklistPage>][] = [
  ['no filter', 'cases_queue', {}, {}],
  ['a later page', 'cases_queue', {}, { after: after('queue') }],
  ['two hundred rows', 'cases_queue', { limit: 200 }, {}],
  ['late', 'cases_queue', {}, late],
  ['by band first', 'cases_queue_by_band', { sort: 'band' }, {}],
  ['by band first, a later page', 'cases_queue_by_band', { sort: 'band' }, { after: after('band') }],
  ['by opening', 'cases_queue_by_opened', { sort: 'opened' }, {}],
  ['by opening, a later page', 'cases_queue_by_opened', { sort: 'opened' }, { after: after('opened') }],
  ['one band', 'cases_queue_by_band', { band: ['P1'] }, {}],
  ['one band, a later page', 'cases_queue_by_band', { band: ['P1'] }, { after: after('queue') }],
  ['one kind', 'cases_queue_by_kind', { kind: ['gp-search'] }, {}],
  ['one kind, a later page', 'cases_queue_by_kind', { kind: ['gp-search'] }, { after: after('queue') }],
  ['one status of one kind', 'cases_by_status', { kind: ['gp-search'], status: ['closed'] }, {}],
  ['one commune', 'cases_queue_by_municipality', { municipality: ['2A004'] }, {}],
  ['one commune, a later page', 'cases_queue_by_municipality', { municipality: ['2A004'] }, { after: after('queue') }],
  ['mine', 'cases_queue_by_owner', { owner: 'me' }, {}],
  ['mine or nobody’s', 'cases_queue', { owner: 'me-or-none' }, {}],
  ['nobody’s', 'cases_queue_by_owner', { owner: 'none' }, {}],
  ['nobody’s, a later page', 'cases_queue_by_owner', { owner: 'none' }, { after: after('queue') }],
]

describe('at 20,000 cases, a page is one walk along its index', () => {
  test.each(cases)('%s: %s', async (_label, index, query, over) => {
    const nodes = await planOf(query, over)
    const types = nodes.map((node) => node['Node Type'])
    expect(nodes.map((node) => node['Index Name'])).toContain(index)
    expect(types.filter((type) => type.includes('Sort'))).toEqual([])
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'cases')).toEqual([])
  })

  test('the cases of the people found are looked up one person at a time', async () => {
    const patients = Array.from({ length: 500 }, () => newId(PatientId))
    for (const filters of [{}, { sort: 'opened' }, { kind: ['gp-search'] }] satisfies Partial<WorklistQuery>[]) {
      const nodes = await planOf(filters, { sought: { references: [], patients } })
      expect(nodes.map((node) => node['Index Name'])).toContain('cases_by_patient')
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'cases')).toEqual([])
    }
  })
})
