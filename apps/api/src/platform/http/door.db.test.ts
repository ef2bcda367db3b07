import { problems } from '@maillage/contracts/kit/problems'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

const get = (url: string, headers: Record<string, string> = {}) => tested.app.inject({ url, headers })

test('the process answers, and so does what it needs', async () => {
  expect((await get('/livez')).json()).toEqual({ status: 'alive' })
  expect((await get('/readyz')).json()).toEqual({ status: 'ready' })
})

test('an address that leads nowhere is a problem, with the request as its instance', async () => {
  const answer = await get('/api/v1/nowhere')
  expect(answer.statusCode).toBe(404)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toEqual({
    type: '/problems/not-found',
    ...problems['not-found'],
    code: 'not-found',
    instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
  })
})

test('an address that cannot be decoded is a problem too', async () => {
  const answer = await get('/api/v1/%zz')
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'malformed-request'])
})

test('a problem leads to its page, and only the catalogue has pages', async () => {
  expect((await get('/problems/case-changed')).body).toContain('« case-changed »')
  expect((await get('/problems/toString')).statusCode).toBe(404)
})

test('no answer is kept by a cache or shown in another site', async () => {
  const { headers } = await get('/livez')
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['content-security-policy']).toContain("script-src 'self';")
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('the documentation opens without reaching anybody else', async () => {
  const page = await get('/api/docs/')
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toContain("connect-src 'self'")
  expect((await get('/api/openapi.json')).json().openapi).toBe('3.1.0')
})

test('a route that declares no access stops the start', async () => {
  const { buildApp } = await import('../../app.ts')
  const app = await buildApp(tested.deps)
  expect(() => app.get('/forgotten', async () => ({}))).toThrow('declares no access')
  await app.close()
})
