import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, anAccount } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { systemActor } from '../actor.ts'
import { recordAudit } from './audit.ts'
import { forgetTrail } from './forget-trail.ts'
import { findBrokenSeal, sealAudit } from './seal-audit.ts'

let tested: TestApp
let cptsId: CptsId
const day = 86_400_000
const start = Date.now()
const on = (days: number): Date => new Date(start + days * day)

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  // Two ranges: one sealed on the first day, one four hundred days later.
  for (const days of [0, 400]) {
    for (const action of ['one', 'two'])
      await tested.deps.db.transaction(cptsId, (tx) =>
        recordAudit(tx, systemActor(cptsId), { action, at: on(days), shown: [crypto.randomUUID()] }),
      )
    await prepare(tested, (tx) => sealAudit(tx, cptsId, on(days + 1)))
  }
})

const owner = { transaction: <T>(work: Parameters<typeof prepare<T>>[1]) => prepare(tested, work) }
const forget = (days: number) => forgetTrail({ owner, now: () => on(days) }, cptsId)
const broken = () => prepare(tested, (tx) => findBrokenSeal(tx, cptsId))
const lines = async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from audit_entries where cpts_id = ${cptsId}`),
  )
  return rows[0]?.n
}

test('whole ranges leave once their time is over, and the chain still holds', async () => {
  await forget(1000)
  expect(await lines()).toBe(4)
  await forget(1 + 366 * 3)
  expect([await lines(), await broken()]).toEqual([2, null])
  await forget(1 + 366 * 3)
  expect(await lines()).toBe(2)
  await forget(402 + 366 * 3)
  expect([await lines(), await broken()]).toEqual([0, null])
})

test('a CPTS keeps its trail for as long as it set', async () => {
  const by = await anAccount(tested)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into cpts_settings (cpts_id, name, value, version, changed_by, changed_at)
      values (${cptsId}, 'audit-months', 12, 1, ${by}, now())`),
  )
  await forget(400)
  expect([await lines(), await broken()]).toEqual([2, null])
})

test('a range that was changed is kept, and all that follows it', async () => {
  await prepare(tested, (tx) =>
    tx.execute(sql`update audit_entries set shown = null where cpts_id = ${cptsId} and position =
      (select min(position) from audit_entries where cpts_id = ${cptsId})`),
  )
  await forget(402 + 366 * 3)
  expect(await lines()).toBe(4)
  expect(await broken()).not.toBeNull()
})

test('lines taken out are found, whatever their seal was made to say', async () => {
  const erase = (removedAt: Date | null) =>
    prepare(tested, async (tx) => {
      await tx.execute(sql`delete from audit_entries where cpts_id = ${cptsId} and position <=
        (select min(to_position) from audit_seals where cpts_id = ${cptsId})`)
      await tx.execute(sql`update audit_seals set removed_at = ${removedAt?.toISOString() ?? null}::timestamptz
        where cpts_id = ${cptsId} and to_position = (select min(to_position) from audit_seals where cpts_id = ${cptsId})`)
    })
  await erase(null)
  expect(await broken()).not.toBeNull()
  await erase(on(30))
  expect(await broken()).not.toBeNull()
  await erase(on(366 * 3))
  expect(await broken()).toBeNull()
  // The later one said to be gone, while the earlier one stands: ranges leave from the oldest on.
  await prepare(tested, (tx) => tx.execute(sql`update audit_seals set removed_at = null where cpts_id = ${cptsId}`))
  expect(await broken()).not.toBeNull()
})

test('the API removes no line, nor says that one was', async () => {
  const { db } = tested.deps
  await expect(db.transaction(cptsId, (tx) => tx.execute(sql`delete from audit_entries`))).rejects.toThrow()
  await expect(
    db.transaction(cptsId, (tx) => tx.execute(sql`update audit_seals set removed_at = now()`)),
  ).rejects.toThrow()
})
