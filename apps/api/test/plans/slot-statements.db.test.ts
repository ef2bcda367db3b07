import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { FreeSlots } from '@maillage/contracts/slots/care-slots'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { CaseRow } from '../../src/kernel/tables/case.table.ts'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { aPractitioner } from '../builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../builders/accounts.ts'
import { anUnscheduledCare } from '../builders/an-unscheduled-care.ts'
import { nodesOf, type PlanMode, type PlanNode, planOf, rowsReadIn } from './explained-plan.ts'
import { type Recorder, recordStatements, type Sent } from './recorded-statements.ts'

// A Monday, ten o'clock in Paris.
const at = new Date('2026-06-08T08:00:00Z')
const practitioners = 200
/** Weeks behind and ahead, two slots a working day of each: a year of a large territory's unscheduled care. */
const weeks = { behind: 44, ahead: 8 }
const bigTables = new Set(['slots', 'slot_bookings'])
/** The open slots of four days, or a month of visits of those who offer them: none of the hundred thousand of before. */
const mostRead = 15_000

const recorder: Recorder = recordStatements()
let tested: TestApp
let superuser: pg.Client
let cptsId: CptsId
let doctorId: PractitionerId
let headers: { authorization: string }
let care: CaseRow

beforeAll(async () => {
  tested = await buildTestApp({ now: () => at })
  cptsId = await aCpts(tested)
  doctorId = await aPractitioner(tested, cptsId)
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  const triaged = { level: 'U2', basis: 'clinician', mode: 'practice', profession: 'physician' } as const
  care = await anUnscheduledCare(tested, cptsId, { status: 'triaged', care: triaged })
  const url = new URL(inject('postgres').superuserUrl)
  url.pathname = new URL(tested.database.url).pathname
  superuser = new pg.Client({ connectionString: url.href })
  await superuser.connect()
  await fillSlots()
}, 300_000)

afterAll(async () => {
  recorder.stop()
  await superuser?.end()
  await tested?.close()
}, 60_000)

/** Rows as the acts write them, in a few statements: the requests behind old visits are left out, nobody reads them here. */
async function fillSlots(): Promise<void> {
  await superuser.query('set session_replication_role = replica')
  await superuser.query(
    `insert into practitioners select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'rpps', null))).*
     from practitioners p, generate_series(2, $2::int) where p.cpts_id = $1`,
    [cptsId, practitioners],
  )
  await superuser.query(
    `insert into slots (cpts_id, id, practitioner_id, starts_at, ends_at, mode, visibility, capacity, created_at)
     select $1, gen_random_uuid(), p.id, h.at, h.at + interval '20 minutes', 'practice', '{SNP,CPTS}', 1, $2::timestamptz
     from practitioners p, lateral (
       select $2::timestamptz + d * interval '1 day' + n * interval '20 minutes' as at
       from generate_series(-7 * $3::int, 7 * $4::int) d, generate_series(0, 1) n) h
     where p.cpts_id = $1 and extract(isodow from h.at) < 6`,
    [cptsId, at, weeks.behind, weeks.ahead],
  )
  await superuser.query(
    `insert into slot_bookings (cpts_id, id, slot_id, practitioner_id, case_id, state, booked_at, ended_at, created_at)
     select cpts_id, gen_random_uuid(), id, practitioner_id, gen_random_uuid(),
       case when starts_at < $2 then 'attended' else 'booked' end, starts_at - interval '1 day',
       case when starts_at < $2 then starts_at end, starts_at - interval '1 day'
     from slots where cpts_id = $1 and starts_at < $2::timestamptz + interval '1 day'
       and (starts_at < $2 or extract(minute from starts_at) = 0)`,
    [cptsId, at],
  )
  await superuser.query('set session_replication_role = origin')
  await superuser.query('analyze slots; analyze slot_bookings; analyze practitioners')
}

async function plansOf(sent: readonly Sent[], mode: PlanMode): Promise<{ text: string; plan: PlanNode }[]> {
  await superuser.query('begin')
  try {
    await superuser.query('set local role maillage_api')
    await superuser.query(`select set_config('app.cpts_id', $1, true)`, [cptsId])
    const plans: { text: string; plan: PlanNode }[] = []
    for (const one of sent) plans.push({ text: one.text, plan: await planOf(superuser, one, mode) })
    return plans
  } finally {
    await superuser.query('rollback')
  }
}

const faultsOf = ({ text, plan }: { text: string; plan: PlanNode }): string[] => {
  const scanned = nodesOf(plan).filter(
    (node) => node['Node Type'] === 'Seq Scan' && bigTables.has(node['Relation Name'] ?? ''),
  )
  const read = rowsReadIn(plan, bigTables)
  return [
    ...scanned.map((node) => `reads ${node['Relation Name']} from end to end: ${text}`),
    ...(read > mostRead ? [`reads ${read} rows: ${text}`] : []),
  ]
}
const sentBy = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object) => {
  const { result, sent } = await recorder.during(() =>
    tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) }),
  )
  expect([path, result.statusCode]).toEqual([path, 200])
  return { result, sent: sent.filter(({ text }) => /\bslots?\b|slot_/.test(text)) }
}
const careUrl = () => `/unscheduled-cares/${care.id}`

test('the territory is as large as it is said', async () => {
  const { rows } = await superuser.query<{ slots: string; bookings: string }>(
    'select (select count(*) from slots) as slots, (select count(*) from slot_bookings) as bookings',
  )
  expect(Number(rows[0]?.slots)).toBeGreaterThan(100_000)
  expect(Number(rows[0]?.bookings)).toBeGreaterThan(80_000)
})

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('among 100,000 slots, under %s', (mode) => {
  test('the free slots of a request are read along those to come', async () => {
    const { result, sent } = await sentBy('GET', `${careUrl()}/free-slots`)
    expect(result.json<FreeSlots>().items.length).toBeGreaterThan(5)
    const plans = await plansOf(sent, mode)
    expect(plans.flatMap(faultsOf)).toEqual([])
    const used = new Set(plans.flatMap(({ plan }) => nodesOf(plan).map((node) => node['Index Name'])))
    expect([...used]).toEqual(expect.arrayContaining(['slots_to_come', 'slot_bookings_of_slot']))
  })

  test('keeping one aside, booking it and giving it back touch its own rows', async () => {
    const { items } = (await tested.app.inject({ url: `/api/v1${careUrl()}/free-slots`, headers })).json<FreeSlots>()
    const held = await sentBy('PUT', `${careUrl()}/slot-hold`, { slotId: items[0]?.id })
    const letGo = await sentBy('DELETE', `${careUrl()}/slot-hold`)
    const plans = await plansOf([...held.sent, ...letGo.sent], mode)
    expect(plans.flatMap(faultsOf)).toEqual([])
    expect(plans.length).toBeGreaterThan(5)
    // What a request holds is found by the request: one row of ninety thousand.
    const used = new Set(plans.flatMap(({ plan }) => nodesOf(plan).map((node) => node['Index Name'])))
    expect([...used]).toContain('slot_bookings_of_case')
  })

  test('a practitioner’s week and the desk’s day are read by their hours', async () => {
    const week = await sentBy('GET', `/practitioners/${doctorId}/slots?from=2026-06-08&days=7`)
    expect((await plansOf(week.sent, mode)).flatMap(faultsOf)).toEqual([])
    const day = await sentBy('GET', '/slots?day=2026-06-08')
    expect((await plansOf(day.sent, mode)).flatMap(faultsOf)).toEqual([])
  })
})
