import { AccountId, type CptsId, MembershipId, newId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import type { Database } from '../../platform/db/database.ts'
import { LivePast } from './live-past.ts'
import { LiveRoom } from './live-room.ts'
import { gather, newMoment } from './told-changes.ts'

let tested: TestApp
let cptsId: CptsId
let reads = 0

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
})
afterAll(() => tested.close())

/** A room of one process, and how its newcomers stand to it. */
function aRoom() {
  const now = () => new Date()
  const db: Database = {
    ...tested.deps.db,
    read: (id, work) => {
      reads += 1
      return tested.deps.db.read(id, work)
    },
  }
  const room = new LiveRoom(() => now().getTime(), new LivePast(cptsId, { db, now }))
  const at = (epoch = 'one', isWhole = true) => ({
    isWhole,
    epoch,
    number: room.number,
    since: (number: number) => room.since(number),
    sinceInstant: (from: number) => room.sinceInstant(from),
  })
  reads = 0
  return { room, at }
}

const aNote = async () => {
  const search = await aGpSearch(tested, cptsId)
  const { headers } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const url = `/api/v1/cases/${search.id}/notes`
  await tested.app.inject({ method: 'POST', url, headers, payload: { text: 'Rappelée.' } })
  return search.id
}

const idsOf = (moments: readonly { cases: ReadonlyMap<string, unknown> }[] | null) =>
  (moments ?? []).flatMap(({ cases }) => [...cases.keys()])

test('however many come back together, what they missed is read once or twice', async () => {
  const { room, at } = aRoom()
  const id = await aNote()
  const left = Date.now()
  for (let reader = 0; reader < 200; reader += 1) {
    // Their hearts did not beat together.
    expect(idsOf(await room.past.since(at(), left - reader * 50))).toContain(id)
  }
  expect(reads).toBeLessThanOrEqual(3)
})

test('what is told after the shared reading is not missed by whoever comes later', async () => {
  const { room, at } = aRoom()
  await room.past.since(at(), Date.now())
  const moment = newMoment()
  const { id } = await aGpSearch(tested, cptsId)
  gather(moment, { what: 'case', cptsId, id, kind: 'gp-search', version: 2 })
  room.keep(moment)
  expect(idsOf(await room.past.since(at(), Date.now()))).toContain(id)
  expect(reads).toBe(1)
  // Another epoch vouches for nothing: the tables are read again; nor does a reading serve while notifications are lost.
  await room.past.since(at('two'), Date.now())
  expect(reads).toBe(2)
})

test('who opens a screen costs no reading once the room has listened for as long', async () => {
  const { room, at } = aRoom()
  for (let reader = 0; reader < 50; reader += 1) await room.past.opening(at())
  expect(reads).toBeLessThanOrEqual(2)
  room.wholeSince = Date.now() - 10_000
  const known = reads
  for (let reader = 0; reader < 50; reader += 1) await room.past.opening(at())
  expect(reads).toBe(known)
})

test('those who missed the same are handed the very same message, read once for all who take part', async () => {
  const { room } = aRoom()
  const moment = newMoment()
  const { id } = await aGpSearch(tested, cptsId)
  gather(moment, { what: 'case', cptsId, id, kind: 'gp-search', version: 2 })
  const someone = () => ({
    cptsId,
    accountId: newId(AccountId),
    membershipId: newId(MembershipId),
    practitionerId: null,
    unitIds: [],
  })
  const handed = await Promise.all(
    Array.from({ length: 100 }, () =>
      room.past.deliveryFor({ ...someone(), role: 'coordinator' }, [moment], 'one.1.1'),
    ),
  )
  expect(new Set(handed.map((delivery) => delivery?.message)).size).toBe(1)
  expect(handed[0]?.message.toString()).toContain(id)
  for (let reader = 0; reader < 100; reader += 1) {
    expect(await room.past.deliveryFor({ ...someone(), role: 'requester' }, [moment], 'one.1.1')).toBeUndefined()
  }
  expect(reads).toBeLessThanOrEqual(3)
})
