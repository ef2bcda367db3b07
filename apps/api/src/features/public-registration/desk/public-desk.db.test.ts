import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aBrowser } from '../../../../test/a-browser.ts'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { cptsMunicipalities } from '../../../kernel/tables/cpts.table.ts'

let tested: TestApp
let cptsId: CptsId
let admin: Awaited<ReturnType<typeof someoneWho>>
const commune = '34145'
const desk = { isOpen: true, phone: '+33465714000', hours: 'le matin', email: 'droits@essai.example', version: 0 }
const text =
  '## Ce que nous gardons\nVos réponses, le temps de chercher un médecin avec vous, et rien de plus. '.repeat(4)

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())
beforeEach(async () => {
  await prepare(tested, (tx) => tx.delete(cptsMunicipalities).where(eq(cptsMunicipalities.municipalityCode, commune)))
  cptsId = await aCpts(tested, { municipalities: [commune] })
  admin = await someoneWho(tested, { cptsId, role: 'administrator' })
})

const put = (payload: object, { headers } = admin) =>
  tested.app.inject({ method: 'PUT', url: '/api/v1/public-desk', payload, headers })
const publish = (payload: object) =>
  tested.app.inject({ method: 'POST', url: '/api/v1/information-notices', payload, headers: admin.headers })
const page = (url = `/demande?commune=${commune}`) => aBrowser(tested).get(url)

test('what the administrator writes is read by the public, and by no neighbour', async () => {
  expect((await put(desk)).json()).toEqual({ ...desk, version: 1 })
  expect((await page()).html).toContain('href="tel:+33465714000"')
  const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
  const read = await tested.app.inject({ url: '/api/v1/public-desk', headers: neighbour.headers })
  expect(read.json()).toMatchObject({ phone: null, version: 0 })
})

test('of two who write at once, one is told that it changed', async () => {
  const answers = await Promise.all([put(desk), put({ ...desk, hours: 'le soir' })])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect((await put({ ...desk, version: 1, phone: '12' })).statusCode).toBe(422)
})

test('requests shut, the page invites to call', async () => {
  await put({ ...desk, isOpen: false })
  const { html } = await page()
  expect(html).toContain('ne reçoit pas de demande en ligne')
  expect(html).not.toContain('Commencer')
})

test('a text that is published stands at once; the older ones stay', async () => {
  expect((await page(`/demande/donnees?commune=${commune}`)).html).toContain('produit-1')
  const answers = await Promise.all([publish({ text, seen: 0 }), publish({ text, seen: 0 })])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
  const { html } = await page(`/demande/donnees?commune=${commune}`)
  expect(html).toContain('Ce que nous gardons')
  expect(html).not.toContain('produit-1')
  const list = await tested.app.inject({ url: '/api/v1/information-notices', headers: admin.headers })
  expect(list.json().items.map(({ version }: { version: string }) => version)).toEqual(['1', 'produit-1'])
})
