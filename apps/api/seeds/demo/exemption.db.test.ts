import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '../../src/kernel/tables/cpts.table.ts'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { anAccount, testPassword } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { openTestDatabase } from '../../test/test-db.ts'
import { endExemptions, exemptDemo } from './exemption.ts'
import { prepareDemo } from './prepare-demo.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

const signIn = async (email: string): Promise<unknown> => {
  const payload = { email, password: testPassword }
  const answer = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  return answer.json().mustEnrol ?? false
}
const setDemo = (email: string) =>
  prepare(tested, (tx) => tx.update(accounts).set({ isDemo: true }).where(eq(accounts.email, email)))

test('DEMO_SECOND_FACTOR=on asks the demo’s people for one, off no longer, and nobody else is touched', async () => {
  const [shown, other] = ['montree@demo.maillage.example', 'autre@essai.example']
  await anAccount(tested, { email: shown })
  await anAccount(tested, { email: other, isSecondFactorExempt: false })
  await setDemo(shown)
  await exemptDemo(tested.database.ownerUrl, false)
  expect([await signIn(shown), await signIn(other)]).toEqual([true, true])
  await exemptDemo(tested.database.ownerUrl, true)
  expect([await signIn(shown), await signIn(other)]).toEqual([false, true])
})

test('taken back while a session is open, it ends with its next renewal', async () => {
  const email = 'ouverte@demo.maillage.example'
  await anAccount(tested, { email })
  await setDemo(email)
  const payload = { email, password: testPassword }
  const opened = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  await exemptDemo(tested.database.ownerUrl, false)
  const cookie = `maillage_refresh=${opened.cookies[0]?.value}`
  const headers = { cookie, origin: 'http://localhost:3000' }
  const renewed = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions/refresh', headers })
  expect(renewed.json().code).toBe('session-ended')
  await exemptDemo(tested.database.ownerUrl, true)
})

test('a start without demo ends the demo’s exemptions; in production, everybody’s', async () => {
  const database = await openTestDatabase()
  const address = (name: string) => `${name}@essai.example`
  const insert = (name: string, isDemo: boolean) =>
    database.asOwner((tx) =>
      tx.insert(accounts).values({
        id: crypto.randomUUID() as typeof accounts.$inferInsert.id,
        email: address(name),
        displayName: name,
        passwordHash: 'x',
        isDemo,
        isSecondFactorExempt: true,
        createdAt: new Date('2026-03-02T09:00:00Z'),
      }),
    )
  const exempt = async () =>
    (await database.asOwner((tx) => tx.select().from(accounts).where(eq(accounts.isSecondFactorExempt, true)))).map(
      ({ displayName }) => displayName,
    )
  await insert('demo', true)
  await insert('volume', false)
  const { url, ownerUrl } = database
  await endExemptions(ownerUrl, { isProduction: false })
  expect(await exempt()).toEqual(['volume'])
  const { fieldCipher, acceptedHealthIds } = tested.deps
  const identities = { fieldCipher, acceptedHealthIds }
  const start = { demo: undefined, dataDir: '/nowhere', url, ownerUrl, identities, say: () => undefined }
  await prepareDemo({ ...start, isProduction: true, now: tested.deps.now })
  expect(await exempt()).toEqual([])
  await database.close()
})

test('the database refuses the exemption to an address that somebody could have', async () => {
  const id = await anAccount(tested, { email: 'quelquun@cpts-du-causse.fr', isSecondFactorExempt: false })
  const exempted = prepare(tested, (tx) =>
    tx.update(accounts).set({ isSecondFactorExempt: true }).where(eq(accounts.id, id)),
  )
  await expect(exempted).rejects.toMatchObject({ cause: { constraint: 'accounts_exempt_are_invented' } })
})

test.each([
  sql`update accounts set is_second_factor_exempt = true`,
  sql`update accounts set is_demo = true`,
  sql`update accounts set email = 'autre@essai.example'`,
  sql`insert into accounts (id, email, display_name, password_hash, created_at, is_second_factor_exempt)
    values (gen_random_uuid(), 'x@essai.example', 'x', 'x', now(), true)`,
  sql`insert into accounts (id, email, display_name, password_hash, created_at, is_demo)
    values (gen_random_uuid(), 'x@essai.example', 'x', 'x', now(), true)`,
  sql`delete from accounts`,
])('the API’s role has no right to say who is exempt, nor who is invented (%#)', async (statement) => {
  const refused = tested.deps.db.global((tx) => tx.execute(statement))
  await expect(refused).rejects.toMatchObject({ cause: { code: '42501' } })
})
