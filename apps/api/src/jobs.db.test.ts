import { newId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../test/build-test-app.ts'
import { aCpts, someoneWho } from '../test/builders/accounts.ts'
import { prepare } from '../test/builders/as-owner.ts'
import { caseKindsOf } from './case-kinds.ts'
import { tasksOf } from './jobs.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

/** A list that a process left running; without its file, going on with it fails. */
async function leftRunning(content: string | null) {
  const cptsId = await aCpts(tested)
  const { accountId } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const id = newId(WaitingListImportId)
  const bytes = content === null ? null : Buffer.from(content)
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into waiting_list_imports (cpts_id, id, file_name, content, sheet, status, lines, counts, created_by, created_at)
      values (${cptsId}, ${id}, 'liste.csv', ${bytes}, '', 'running', 1, '{}', ${accountId}, now())`),
  )
  const status = async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ status: string }>(sql`select status from waiting_list_imports where id = ${id}`),
    )
    return rows[0]?.status
  }
  return { status }
}

test('a list that fails in one CPTS does not hold up those of the others', async () => {
  const list = 'Nom;Prénom;Né(e) le;Sexe;Code postal;Ville\r\nVALMORIN;Lucette;12/03/1944;F;33000;Bordeaux'
  const lost = await leftRunning(null)
  const sound = await leftRunning(list)
  const alsoLost = await leftRunning(null)
  const mailer = { describe: '', send: () => Promise.resolve(), close: () => undefined }
  const deps = { db: tested.deps.db, now: () => new Date(Date.now()), kinds: caseKindsOf(), mailer, publicUrl: '' }
  const tend = tasksOf(deps, tested.database.ownerUrl)['tend-cases']
  // The runner's own tools are of no use to this task.
  await expect(tend?.(undefined, {} as never)).rejects.toThrow()
  expect(await Promise.all([lost.status(), sound.status(), alsoLost.status()])).toEqual([
    'interrupted',
    'done',
    'interrupted',
  ])
})
