import { type CaseId, type CptsId, newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { slotBookings } from '../../src/kernel/slots/slot.table.ts'
import { auditEntries } from '../../src/kernel/tables/audit.table.ts'
import { caseEvents, cases } from '../../src/kernel/tables/case.table.ts'
import { caseCounts } from '../../src/kernel/tables/case-count.table.ts'
import type { Db } from '../../src/platform/db/database.ts'
import { buildTestApp, type TestApp } from '../build-test-app.ts'
import { aGpSearch } from '../builders/a-gp-search.ts'
import { aPractitioner } from '../builders/a-practitioner.ts'
import { aRound, somePlaces } from '../builders/a-round.ts'
import { aCpts, someoneWho } from '../builders/accounts.ts'
import { prepare } from '../builders/as-owner.ts'
import { aSlot } from '../builders/some-slots.ts'
import { brokenInvariants, wrongPlaces } from './invariants.ts'

const start = new Date('2026-03-02T09:00:00.000Z')
let tested: TestApp
let cptsId: CptsId
let practitionerId: PractitionerId
let headers: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => start })
  cptsId = await aCpts(tested)
  practitionerId = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, practitionerId, 1)
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterAll(() => tested.close())

const owner = (work: (tx: Db) => Promise<unknown>): Promise<unknown> => prepare(tested, work)

/** A case as an act leaves it: opened, and told. */
async function aCase(): Promise<CaseId> {
  const { id } = await aGpSearch(tested, cptsId)
  await tell(id, {})
  return id
}

const tell = (caseId: CaseId, over: Partial<typeof caseEvents.$inferInsert>): Promise<unknown> =>
  owner((tx) =>
    tx.insert(caseEvents).values({
      cptsId,
      id: newRowId(),
      caseId,
      at: start,
      type: 'opened',
      action: 'open',
      actorRole: 'coordinator',
      ...over,
    }),
  )

const moved = (caseId: CaseId, fromStatus: string, toStatus: string): Promise<unknown> =>
  tell(caseId, { type: 'move', action: 'submit', fromStatus, toStatus })

const accepted = (caseId: CaseId): Promise<unknown> => {
  const answer = { status: 'accepted', answeredAt: start, placesTaken: 1, capacityPeriod: 1 } as const
  return aRound(tested, cptsId, caseId, [practitionerId], answer)
}

// What a fault of the product would leave behind. The database refuses some of it by itself: its belt is taken off first.
const faults: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'more places given than declared',
    async () => {
      for (const id of [await aCase(), await aCase()]) await accepted(id)
    },
  ],
  [
    'a case accepted twice',
    async () => {
      await owner((tx) => tx.execute(sql`drop index proposals_one_accepted`))
      const id = await aCase()
      await accepted(id)
      await accepted(id)
    },
  ],
  [
    'a proposal that awaits an answer on a closed case',
    async () => {
      const id = await aCase()
      await aRound(tested, cptsId, id, [practitionerId])
      await owner((tx) =>
        tx.update(cases).set({ status: 'closed', closedAt: start, isOpen: false }).where(eq(cases.id, id)),
      )
    },
  ],
  [
    'an answered proposal without its moment',
    async () => aRound(tested, cptsId, await aCase(), [practitionerId], { status: 'declined' }),
  ],
  ['a timeline out of order', async () => tell(await aCase(), { at: new Date(start.getTime() - 1000) })],
  ['a case without its opening', () => aGpSearch(tested, cptsId)],
  [
    'a move that does not start where the one before ended',
    async () => {
      const id = await aCase()
      await moved(id, 'submitted', 'eligible')
      await moved(id, 'waiting', 'submitted')
    },
  ],
  ['a case elsewhere than its last move led', async () => moved(await aCase(), 'submitted', 'eligible')],
  [
    'a slot booked beyond its places',
    async () => {
      const { id: slotId } = await aSlot(tested, cptsId, practitionerId, new Date(start.getTime() + 3_600_000))
      for (const caseId of [await aCase(), await aCase()]) {
        const booking = { cptsId, id: newRowId(), slotId, practitionerId, caseId, createdAt: start, bookedAt: start }
        await owner((tx) => tx.insert(slotBookings).values({ ...booking, state: 'booked' }))
      }
    },
  ],
  [
    'a case closed and open at once',
    async () => {
      const id = await aCase()
      await owner((tx) => tx.update(cases).set({ closedAt: start }).where(eq(cases.id, id)))
    },
  ],
  [
    'an impossible status',
    async () => {
      const id = await aCase()
      await owner((tx) => tx.update(cases).set({ status: 'nowhere' }).where(eq(cases.id, id)))
    },
  ],
  ['counted', () => owner((tx) => tx.update(caseCounts).set({ cases: sql`${caseCounts.cases} + 1` }))],
  [
    'the trail is broken',
    async () => {
      await tested.app.inject({ url: '/api/v1/worklist', headers })
      await brokenInvariants(tested, start)
      await owner((tx) => tx.update(auditEntries).set({ action: 'nothing happened' }))
    },
  ],
]

describe('what must always hold', () => {
  test('holds at first', async () => {
    await aCase()
    expect(await brokenInvariants(tested, start)).toEqual([])
    expect(await wrongPlaces(tested, cptsId, headers)).toEqual([])
  })

  test.each(faults)('is seen to hold no longer: %s', async (rule, breakIt) => {
    const before = await brokenInvariants(tested, start)
    expect(before.filter((line) => line.includes(rule))).toEqual([])
    await breakIt()
    const after = await brokenInvariants(tested, start)
    expect(after.filter((line) => line.includes(rule))).not.toEqual([])
  })

  test('is seen to hold no longer: places below none', async () => {
    expect((await wrongPlaces(tested, cptsId, headers)).join()).toContain('-')
  })
})
