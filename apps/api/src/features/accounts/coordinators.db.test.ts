import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

const list = (headers: Record<string, string>) => tested.app.inject({ url: '/api/v1/coordinators', headers })

test('a coordinator reads who else may be given a case, of their CPTS alone', async () => {
  const cptsId = await aCpts(tested)
  const zoe = await anAccount(tested, { displayName: 'Zoé Essai' })
  await aMembership(tested, zoe, { cptsId, role: 'coordinator' })
  const ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  await someoneWho(tested, { cptsId, role: 'administrator' })
  await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  const answer = await list(ana.headers)
  expect(answer.statusCode).toBe(200)
  expect(answer.json().items).toEqual([
    { id: ana.accountId, displayName: expect.any(String) },
    { id: zoe, displayName: 'Zoé Essai' },
  ])
})

test('who left, or whose account was closed, is not named any more', async () => {
  const cptsId = await aCpts(tested)
  const ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const gone = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const closed = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const now = tested.deps.now()
  await prepare(tested, async (tx) => {
    await tx.update(memberships).set({ endedAt: now }).where(eq(memberships.accountId, gone.accountId))
    await tx.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, closed.accountId))
  })
  const { items } = (await list(ana.headers)).json()
  expect(items.map(({ id }: { id: string }) => id)).toEqual([ana.accountId])
})

test('nobody else has the list', async () => {
  const cptsId = await aCpts(tested)
  for (const role of ['requester', 'administrator', 'practitioner', 'hospital_staff'] as const) {
    const { headers } = await someoneWho(tested, { cptsId, role })
    expect((await list(headers)).json().code).toBe('role-may-not')
  }
})
