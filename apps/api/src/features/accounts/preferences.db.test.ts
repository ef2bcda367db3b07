import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

const me = async (headers: Record<string, string>) => (await tested.app.inject({ url: '/api/v1/me', headers })).json()
const set = (payload: object, headers: Record<string, string> = {}) =>
  tested.app.inject({ method: 'PUT', url: '/api/v1/me/preferences', payload, headers })

test('letters act as shortcuts until their owner turns them off, for themselves alone', async () => {
  const cptsId = await aCpts(tested)
  const ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const paul = await someoneWho(tested, { cptsId, role: 'requester' })
  expect((await me(ana.headers)).preferences).toEqual({ letterShortcuts: true })
  const answer = await set({ letterShortcuts: false }, ana.headers)
  expect([answer.statusCode, answer.json()]).toEqual([200, { letterShortcuts: false }])
  expect((await me(ana.headers)).preferences).toEqual({ letterShortcuts: false })
  expect((await me(paul.headers)).preferences).toEqual({ letterShortcuts: true })
})

test('a preference needs a session, and nothing else can be slipped in with it', async () => {
  const ana = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect((await set({ letterShortcuts: false })).statusCode).toBe(401)
  expect((await set({ letterShortcuts: false, displayName: 'Autre' }, ana.headers)).statusCode).toBe(422)
})
