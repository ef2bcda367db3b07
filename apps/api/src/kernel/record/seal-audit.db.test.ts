import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { systemActor } from '../actor.ts'
import { recordAudit } from './audit.ts'
import { findBrokenSeal, sealAudit } from './seal-audit.ts'

let tested: TestApp
let cptsId: CptsId
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())

const write = (action: string) =>
  tested.deps.db.transaction(cptsId, (tx) => recordAudit(tx, systemActor(cptsId), { action, at: new Date() }))
const seal = (now: Date) => prepare(tested, (tx) => sealAudit(tx, cptsId, now))
const broken = () => prepare(tested, (tx) => findBrokenSeal(tx, cptsId))

test('closed ranges are sealed one after the other, and a changed line is found', async () => {
  await write('one')
  await write('two')
  expect(await seal(new Date())).toBe(0)
  expect(await seal(later(2))).toBe(2)
  expect(await seal(later(2))).toBe(0)
  await write('three')
  expect(await seal(later(4))).toBe(1)
  expect(await broken()).toBeNull()
  await prepare(tested, (tx) => tx.execute(sql`update audit_entries set action = 'forged' where action = 'two'`))
  expect(await broken()).not.toBeNull()
  await prepare(tested, (tx) => tx.execute(sql`update audit_entries set action = 'two' where action = 'forged'`))
  expect(await broken()).toBeNull()
  await prepare(tested, (tx) => tx.execute(sql`delete from audit_entries where action = 'one'`))
  expect(await broken()).not.toBeNull()
})

test.each([
  "at = at + interval '1 second'",
  "actor_id = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'",
  "role = 'practitioner'",
  "action = 'case.read-other'",
  "case_id = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'",
  "patient_id = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'",
  "from_status = 'open'",
  "to_status = 'closed'",
  "outcome = 'refused'",
  'on_behalf = not on_behalf',
  "on_behalf_of = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'",
  "shown = array['0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11']::uuid[]",
])('a sealed line is not rewritten unseen: set %s', async (change) => {
  const own = await aCpts(tested)
  await tested.deps.db.transaction(own, (tx) =>
    recordAudit(tx, systemActor(own), { action: 'case.read', at: new Date(), shown: [own] }),
  )
  await prepare(tested, (tx) => sealAudit(tx, own, later(2)))
  expect(await prepare(tested, (tx) => findBrokenSeal(tx, own))).toBeNull()
  await prepare(tested, (tx) => tx.execute(`update audit_entries set ${change} where cpts_id = '${own}'`))
  expect(await prepare(tested, (tx) => findBrokenSeal(tx, own))).not.toBeNull()
})

test('an act that began before another and wrote after it leaves no hole in a range', async () => {
  const other = await aCpts(tested)
  const entry = (action: string) => ({ action, at: new Date() })
  const began = await tested.deps.db.transaction(other, async (tx) => {
    const { rows } = await tx.execute<{ at: Date }>(sql`select now() as at`)
    await tx.execute(sql`select pg_sleep(0.05)`)
    await tested.deps.db.transaction(other, (inner) => recordAudit(inner, systemActor(other), entry('short')))
    await recordAudit(tx, systemActor(other), entry('long'))
    return new Date(rows[0]?.at ?? 0)
  })
  const settling = new Date(began.getTime() + 60_020)
  await prepare(tested, (tx) => sealAudit(tx, other, settling))
  await prepare(tested, (tx) => sealAudit(tx, other, later(2)))
  expect(await prepare(tested, (tx) => findBrokenSeal(tx, other))).toBeNull()
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(sql`select sum(entries)::int as sealed from audit_seals where cpts_id = ${other}`),
  )
  expect(rows).toEqual([{ sealed: 2 }])
})
