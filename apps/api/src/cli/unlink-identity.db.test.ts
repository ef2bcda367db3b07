import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { anAccount } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { runCommand } from '../../test/run-command.ts'
import { openidLinks } from '../platform/openid/openid.table.ts'
import { unlinkIdentity } from './unlink-identity.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

test('the links of one account are undone, and no other', async () => {
  const at = { linkedAt: new Date(), lastUsedAt: new Date() }
  const links = [
    { issuer: 'https://un.example', subject: 'a', accountId: await anAccount(tested, { email: 'lie@essai.example' }) },
    { issuer: 'https://un.example', subject: 'b', accountId: await anAccount(tested) },
  ]
  await prepare(tested, (tx) => tx.insert(openidLinks).values(links.map((link) => ({ ...link, ...at }))))
  expect(await runCommand(tested, unlinkIdentity, '--email', 'Lie@essai.example')).toContain('Liens défaits : 1')
  expect(await prepare(tested, (tx) => tx.select().from(openidLinks))).toMatchObject([{ subject: 'b' }])
  expect(await runCommand(tested, unlinkIdentity, '--email', 'lie@essai.example')).toContain('aucune identité')
  await expect(runCommand(tested, unlinkIdentity, '--email', 'rien@essai.example')).rejects.toThrow('Aucun compte')
})
