import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { systemActor } from '../actor.ts'
import { recordAudit } from './audit.ts'
import { keepMark, readTrail } from './trail.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

test('an act that began before another and wrote after it hides no line from a job', async () => {
  const cptsId = await aCpts(tested)
  const entry = (action: string) => ({ action, at: new Date() })
  const began = await tested.deps.db.transaction(cptsId, async (tx) => {
    const { rows } = await tx.execute<{ at: Date }>(sql`select now() as at`)
    await tx.execute(sql`select pg_sleep(0.05)`)
    await tested.deps.db.transaction(cptsId, (inner) => recordAudit(inner, systemActor(cptsId), entry('short')))
    await recordAudit(tx, systemActor(cptsId), entry('long'))
    return new Date(rows[0]?.at ?? 0)
  })
  const seen: string[] = []
  // The moment when the long act has settled and the short one has not, then a later one.
  for (const now of [began.getTime() + 60_020, began.getTime() + 120_000])
    await prepare(tested, async (tx) => {
      const lines = await readTrail(tx, cptsId, 'readings', new Date(now))
      seen.push(...lines.map(({ action }) => action))
      const last = lines.at(-1)
      if (last) await keepMark(tx, cptsId, 'readings', last.position)
    })
  expect(seen).toEqual(['short', 'long'])
})
