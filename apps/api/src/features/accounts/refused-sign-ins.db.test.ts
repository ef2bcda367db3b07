import type { AccountId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { enrolledAccount } from '../../../test/builders/enrolled.ts'
import { buildApp } from '../../app.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'

let tested: TestApp
let accountId: AccountId
let email: string
let count = 0

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

beforeEach(async () => {
  count += 1
  email = `refusee${count}@essai.example`
  accountId = (await enrolledAccount(tested, email)).accountId
  await aMembership(tested, accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
})

const signIn = (typed: object, app = tested.app) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { email, password: testPassword, ...typed },
    remoteAddress: `10.1.0.${count}`,
  })
const lines = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.actorId, accountId)))
  return rows.map(({ action, outcome }) => `${action} ${outcome}`)
}

test('a wrong password and a wrong code leave a line each; asking for the code leaves none', async () => {
  expect((await signIn({})).json().code).toBe('second-factor-required')
  await signIn({ password: 'wrong' })
  await vi.waitFor(async () => expect(await lines()).toEqual(['session.refused refused']))
  await signIn({ code: '000000' })
  await vi.waitFor(async () => expect(await lines()).toHaveLength(2))
})

test('tries that come too soon leave none: nobody fills the trail', async () => {
  for (let tries = 0; tries < 12; tries += 1) await signIn({ password: 'wrong' })
  expect((await signIn({ password: 'wrong' })).statusCode).toBe(429)
  await vi.waitFor(async () => expect(await lines()).toHaveLength(6))
})

test('the line is written once the caller was answered, and the same is asked for an e-mail that nobody has', async () => {
  const asked: string[] = []
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const { db } = tested.deps
  const app = await buildApp({
    ...tested.deps,
    db: {
      ...db,
      global: (work) => {
        asked.push('global')
        return db.global(work)
      },
      transaction: async (cptsId, work) => {
        asked.push('line')
        await held
        return await db.transaction(cptsId, work)
      },
    },
  })
  const stranger = { email: `personne${count}@nulle-part.example` }
  // The first request of an address also takes its share of the limits.
  await signIn(stranger, app)
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(3))
  asked.length = 0
  const unknown = await signIn(stranger, app)
  await vi.waitFor(() => expect(asked).toEqual(['global', 'global', 'global']))
  asked.length = 0
  const known = await signIn({ password: 'wrong' }, app)
  // Answered, though the line waits.
  expect({ ...known.json(), instance: '' }).toEqual({ ...unknown.json(), instance: '' })
  await vi.waitFor(() => expect(asked).toEqual(['global', 'global', 'global', 'line']))
  expect(await lines()).toEqual([])
  release()
  await vi.waitFor(async () => expect(await lines()).toEqual(['session.refused refused']))
  await app.close()
})
