import { setTimeout as wait } from 'node:timers/promises'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { openNotifications } from '../src/platform/live/notifications.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { somePlaces } from './builders/a-round.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'
import { type Recorder, recordStatements, type Sent } from './plans/recorded-statements.ts'

// Before the pool opens its first connection.
const recorder: Recorder = recordStatements()
const now = new Date('2026-03-02T09:00:00.000Z')
let tested: TestApp
let headers: Record<string, string>
let practitionerIds: PractitionerId[]

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  const cptsId = await aCpts(tested)
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  practitionerIds = [await aPractitioner(tested, cptsId), await aPractitioner(tested, cptsId)]
  for (const id of practitionerIds) await somePlaces(tested, cptsId, id, 50)
})
afterAll(async () => {
  recorder.stop()
  await tested.close()
})

const opening = (birthName: string, birthDate: string) => ({
  patient: { birthName, firstName: 'Solène', birthDate, sex: 'female', phones: [], address: { municipality: '33063' } },
  consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Accueil' },
  channel: 'phone',
  details: { hasLongTermCondition: true },
  submit: true,
})
const onBehalf = { channel: 'phone', spokenTo: 'Le secrétariat' }

/**
 * Of the requests alone: the process tells the database now and then how many there were, and learns once which sessions
 * have ended, from when on it listens.
 */
const ofRequests = (sent: readonly Sent[]): Sent[] =>
  sent.filter(({ text }) => !/rate_limits|^listen |^select 1$|from "sessions"/.test(text))

/** A search from its opening to an acceptance: how many statements each act sent, `begin` and `commit` left out. */
async function story(birthName: string, birthDate: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const send = async (name: string, path: string, payload: object) => {
    const own = { ...headers, 'idempotency-key': `${birthDate}-${name}` }
    const url = `/api/v1${path}`
    const { result, sent } = await recorder.during(() =>
      tested.app.inject({ method: 'POST', url, headers: own, payload }),
    )
    expect(result.statusCode, result.body).toBeLessThan(300)
    counts[name] = ofRequests(sent).length
    return result.json()
  }
  const opened = await send('open', '/gp-searches', opening(birthName, birthDate))
  const path = `/gp-searches/${opened.id}`
  const { version } = await send('move', `${path}/moves`, { action: 'qualify', version: opened.version })
  const round = { mode: 'sequential', practitionerIds, version }
  const { items } = await send('propose', `${path}/proposals`, round)
  const [first, second] = items
  await send('decline', `/proposals/${first.id}/decline`, { version: first.version, reason: 'too_far', onBehalf })
  await send('accept', `/proposals/${second.id}/acceptance`, { version: second.version + 1, onBehalf })
  return counts
}

// A lower number is a gain to note here; a higher one is a trip more to the database at each of these acts.
test('an act asks the database as often as it must, and not once more', async () => {
  const counts = await story('Personne', '1971-09-23')
  expect(counts).toEqual({ open: 12, move: 10, propose: 20, decline: 18, accept: 22 })
})

test('a page of the queue is one reading and its line in the trail; confirmed as it was, it is nothing', async () => {
  const { url } = tested.database
  const notifications = openNotifications({ url, channel: 'maillage_case', onError: () => undefined })
  const app = await buildApp({ ...tested.deps, notifications })
  const page = (asked: Record<string, string> = {}) =>
    recorder.during(() => app.inject({ url: '/api/v1/worklist', headers: { ...headers, ...asked } }))
  try {
    // The first reader makes the process listen, and is given no name.
    let name: unknown
    while (!name) {
      await wait(20)
      name = (await page()).result.headers.etag
    }
    const read = await page()
    const confirmed = await page({ 'if-none-match': String(name) })
    expect([read.result.statusCode, confirmed.result.statusCode]).toEqual([200, 304])
    expect([ofRequests(read.sent).length, ofRequests(confirmed.sent).length]).toEqual([2, 0])
  } finally {
    await app.close()
    await notifications.close()
  }
})
