import { caseKinds } from '@maillage/contracts/cases'
import { gpSearchStatuses } from '@maillage/contracts/gp-search'
import { hospitalDischargeStatuses } from '@maillage/contracts/hospital-discharge'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { unscheduledCareStatuses } from '@maillage/contracts/unscheduled-care'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAccounts, emailOf } from '../seeds/demo/demo-accounts.ts'
import { seedDemo } from '../seeds/demo/seed-demo.ts'
import { caseKindsOf } from '../src/case-kinds.ts'
import { revealsIdentity } from '../src/features/proposals/preview-identity.ts'
import { toOwnProposals } from '../src/features/proposals/proposals.view.ts'
import { systemActor } from '../src/kernel/actor.ts'
import { loadCalendar } from '../src/kernel/calendar.store.ts'
import { clocksOf } from '../src/kernel/clocks.ts'
import { findPatient } from '../src/kernel/patients/patient.store.ts'
import { auditEntries } from '../src/kernel/tables/audit.table.ts'
import { type CaseRow, caseEvents, cases } from '../src/kernel/tables/case.table.ts'
import { accounts, cpts } from '../src/kernel/tables/cpts.table.ts'
import { proposals } from '../src/kernel/tables/proposal.table.ts'
import { asOwner } from '../src/platform/db/as-owner.ts'
import { aDemo, demoPassword, type TestDemo } from './builders/a-demo.ts'

const kinds = caseKindsOf()
const patience = 300_000
let demo: TestDemo
let territories: CptsId[]

beforeAll(async () => {
  demo = await aDemo()
  const rows = await asOwner(demo.database.ownerUrl, (tx) => tx.select({ id: cpts.id }).from(cpts).orderBy(cpts.name))
  territories = rows.map(({ id }) => id)
}, patience)

afterAll(() => demo.database.close())

const owner = <T>(work: Parameters<typeof asOwner<T>>[1]): Promise<T> => asOwner(demo.database.ownerUrl, work)

test('no act of the scenario was refused', () => {
  expect(demo.refusals).toEqual([])
})

test('every status of every kind occurs', async () => {
  const found = await owner((tx) => tx.selectDistinct({ kind: cases.kind, status: cases.status }).from(cases))
  const known = {
    'gp-search': gpSearchStatuses,
    'unscheduled-care': unscheduledCareStatuses,
    'hospital-discharge': hospitalDischargeStatuses,
  }
  for (const kind of caseKinds) {
    const statuses = found.filter((one) => one.kind === kind).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([...known[kind]].toSorted())
  }
})

test('the asking of the list shows somebody to call, and letters to print', async () => {
  const { rows } = await owner((tx) =>
    tx.execute<{ channel: string; people: number }>(sql`select r.channel, count(*)::int as people from revalidations r
      join cases c on c.id = r.case_id join patients p on p.id = c.patient_id
      where r.status = 'to-reach' and (r.channel = 'phone' or p.address_line is not null) group by 1 order by 1 desc`),
  )
  expect(rows.map(({ channel }) => channel)).toEqual(['phone', 'letter'])
})

test('some identities are qualified, with numbers of tests alone', async () => {
  const { rows } = await owner((tx) =>
    tx.execute<{ authority: string }>(
      sql`select distinct authority from patient_identities where status = 'qualified'`,
    ),
  )
  expect(rows).toEqual([{ authority: 'test' }])
})

test('the moves of each case, replayed through its machine, lead to its status', async () => {
  const rows = await owner((tx) => tx.select().from(cases))
  const moves = await owner((tx) =>
    tx.select().from(caseEvents).where(eq(caseEvents.type, 'move')).orderBy(asc(caseEvents.id)),
  )
  for (const row of rows) expect(replay(row, moves)).toBe(row.status)
})

function replay(row: CaseRow, moves: readonly (typeof caseEvents.$inferSelect)[]): string | null {
  const [opening, ...rest] = moves.filter(({ caseId }) => caseId === row.id)
  expect(opening).toMatchObject({ action: 'open', fromStatus: null })
  return rest.reduce((status, move) => {
    const line = kinds[row.kind].machine[move.action]
    expect(move.fromStatus, `${row.reference} ${move.action}`).toBe(status)
    expect(line?.from, `${row.reference} ${move.action}`).toContain(status)
    if (line?.to !== 'derived' && line?.to !== 'previous') expect(move.toStatus).toBe(line?.to)
    return move.toStatus
  }, opening?.toStatus ?? null)
}

test('each move left one line in the trail', async () => {
  const moves = await owner((tx) => tx.select().from(caseEvents).where(eq(caseEvents.type, 'move')))
  const kindOf = new Map((await owner((tx) => tx.select().from(cases))).map(({ id, kind }) => [id, kind]))
  const lines = (await owner((tx) => tx.select().from(auditEntries))).map((line) =>
    [line.caseId, line.action, line.at.toISOString(), line.fromStatus, line.toStatus].join(' '),
  )
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  for (const { caseId, action, at, fromStatus, toStatus } of moves) {
    const line = [caseId, `${kindOf.get(caseId)}.${action}`, at.toISOString(), fromStatus, toStatus].join(' ')
    expect(counts.get(line), line).toBe(1)
  }
})

test('the clocks of each open case are those that its facts give', async () => {
  for (const cptsId of territories) {
    await demo.database.db.transaction(cptsId, async (tx) => {
      const actor = systemActor(cptsId)
      const context = { actor, now: demo.now, kinds, calendar: await loadCalendar(tx, cptsId) }
      for (const row of await tx.select().from(cases).where(eq(cases.isOpen, true))) {
        const clocks = await clocksOf(tx, context, row)
        const stored = { dueAt: row.dueAt, dueCode: row.dueCode, queueAt: instantOf(row.queueAt) }
        expect(stored, row.reference).toEqual({ ...clocks, queueAt: instantOf(clocks.queueAt ?? 'infinity') })
      }
    })
  }
})

/** A timestamp read as text has PostgreSQL's own form. */
const instantOf = (at: string): string => (at === 'infinity' ? at : new Date(at).toISOString())

test('nobody gave more places than they declared', async () => {
  const { rows } = await owner((tx) =>
    tx.execute<{ places: number; taken: number }>(sql`
      select c.places, coalesce(sum(p.places_taken), 0)::int as taken from intake_capacities c
      join proposals p on p.cpts_id = c.cpts_id and p.practitioner_id = c.practitioner_id
        and p.status = 'accepted' and p.capacity_period = c.period
      where c.places is not null group by c.cpts_id, c.practitioner_id, c.places`),
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { places, taken } of rows) expect(places - taken).toBeGreaterThanOrEqual(0)
})

const identityKeys = ['lastName', 'firstName', 'birthName', 'birthDate', 'phone', 'phones', 'address', 'email']

test('no preview tells who the patient is', async () => {
  for (const cptsId of territories) {
    await demo.database.db.read(cptsId, async (db) => {
      for (const proposal of await db.select().from(proposals)) {
        const [row] = await db.select().from(cases).where(eq(cases.id, proposal.caseId))
        const patient = row && (await findPatient(db, { actor: systemActor(cptsId) }, row.patientId))
        if (!patient) throw new Error('A proposal is of nobody')
        const [own] = await toOwnProposals(db, kinds, [proposal], demo.now)
        if (!own) throw new Error('A proposal tells nothing')
        const { preview } = own
        const text = JSON.stringify(preview)
        expect(Object.keys(preview).filter((key) => identityKeys.includes(key))).toEqual([])
        expect(revealsIdentity(preview.note ?? '', patient)).toBe(false)
        for (const fact of [patient.birthDate, patient.addressLine, patient.email, ...patient.phones])
          if (fact) expect(text).not.toContain(fact)
      }
    })
  }
})

test('the accounts shown exist, and the practitioners among them have answers to give', async () => {
  const emails = demoAccounts.map(({ email }) => email as string)
  const known = await owner((tx) => tx.select().from(accounts).where(inArray(accounts.email, emails)))
  expect(known.map(({ email, isDemo }) => [email, isDemo])).toHaveLength(emails.length)
  expect(known.every(({ isDemo }) => isDemo)).toBe(true)
  const { rows } = await owner((tx) =>
    tx.execute<{ email: string; pending: number; first: Date }>(sql`
      select a.email, count(*)::int as pending from accounts a join memberships m on m.account_id = a.id
      join proposals p on p.cpts_id = m.cpts_id and p.practitioner_id = m.practitioner_id and p.status = 'pending'
      group by a.email`),
  )
  for (const account of ['medecin', 'medecin2', 'infirmiere']) {
    expect(rows.find(({ email }) => email === emailOf(account))?.pending, account).toBeGreaterThanOrEqual(3)
  }
})

const picture = (): Promise<unknown[]> =>
  owner(async (tx) => {
    const { rows } = await tx.execute(sql`
      select t.name, c.reference, c.status, c.opened_at, p.first_name, p.birth_name from cases c
      join cpts t on t.id = c.cpts_id join patients p on p.cpts_id = c.cpts_id and p.id = c.patient_id order by 1, 2`)
    return rows
  })

test('a demo that is there stays; one that was cut short starts over, the same as before', {
  timeout: patience,
}, async () => {
  const before = await picture()
  const { url, ownerUrl } = demo.database
  const again = { url, ownerUrl, now: demo.now, password: demoPassword, scale: demo.scale }
  expect(await seedDemo(again)).toBe(false)
  await owner((tx) => tx.execute(sql`delete from reference_versions where name = 'demo'`))
  expect(await seedDemo(again)).toBe(true)
  expect(await picture()).toEqual(before)
})
