import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, aMembership, anAccount, testPassword } from './builders/accounts.ts'
import { codeOf as codeShown, firstSignIn } from './builders/enrolled.ts'

// Behind https no cookie of ours leaves in clear, is read by a script, or is sent by the forms of another site.

let tested: TestApp
let app: FastifyInstance
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  const settings = { ...tested.deps.settings, publicUrl: 'https://maillage.example', cookieSecure: true }
  app = await buildApp({ ...tested.deps, settings })
})
afterAll(async () => {
  await app.close()
  await tested.close()
})

test.each([
  ['maillage_refresh', 'Strict', '/api/v1/sessions'],
  ['maillage_device', 'Strict', '/api/v1'],
])('%s', async (name, sameSite, path) => {
  const email = `${name}@essai.example`
  const accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
  await aMembership(tested, accountId, { cptsId: await aCpts(tested), role: 'coordinator' })
  const { secret } = await firstSignIn(tested, { email })
  now = new Date(now.getTime() + 60_000)
  const payload = { email, password: testPassword, code: codeShown(tested, secret), rememberDevice: true }
  const { cookies } = await app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  const own = cookies.find((cookie) => cookie.name === name)
  expect(own).toMatchObject({ httpOnly: true, secure: true, sameSite, path })
  expect(own).not.toHaveProperty('domain')
})

test('that of the public pages, which no other host may set', async () => {
  const { cookies } = await app.inject({ url: '/suivi/lien-perdu' })
  expect(cookies).toMatchObject([
    { name: '__Host-maillage-page', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' },
  ])
})
