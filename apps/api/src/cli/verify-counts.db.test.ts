import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { aGpSearch } from '../../test/builders/a-gp-search.ts'
import { aCpts } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { runCommand } from '../../test/run-command.ts'
import { verifyCounts } from './verify-counts.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

test('a counter that lies is told, and counted anew on request', async () => {
  await aGpSearch(tested, await aCpts(tested))
  expect(await runCommand(tested, verifyCounts)).toBe('Compteurs exacts.')
  await prepare(tested, (tx) => tx.execute(sql`update case_counts set cases = cases + 1`))
  const told = await runCommand(tested, verifyCounts, '--reparer')
  expect(told).toContain('gp-search submitted P3 : 2 compté(s), 1 en réalité.')
  expect(told).toContain('1 compteur(s) repris.')
  expect(await runCommand(tested, verifyCounts)).toBe('Compteurs exacts.')
})
