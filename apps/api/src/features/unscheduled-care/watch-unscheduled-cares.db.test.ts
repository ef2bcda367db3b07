import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { type CaseRow, caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { watchUnscheduledCares } from './watch-unscheduled-cares.ts'

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
const minutes = (count: number) => new Date(monday.getTime() + count * 60_000)
let tested: TestApp
let cptsId: CptsId

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
})

afterAll(async () => {
  await tested.close()
})

const watchAt = async (now: Date) => {
  const { told } = await watchUnscheduledCares({ db: tested.deps.db, now: () => now, kinds: caseKindsOf() }, cptsId)
  return told
}

const read = async ({ id }: CaseRow): Promise<CaseRow | undefined> => {
  const [row] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, id)))
  return row
}

const toldOf = ({ id }: CaseRow) =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(caseEvents)
      .where(and(eq(caseEvents.caseId, id), inArray(caseEvents.action, ['triage-late', 'care-late']))),
  )

test('a triage that is late is told once', async () => {
  cptsId = await aCpts(tested)
  const row = await anUnscheduledCare(tested, cptsId)
  expect(await watchAt(minutes(14))).toEqual([])
  expect(await watchAt(minutes(15))).toEqual([row.id])
  expect(await watchAt(minutes(16))).toEqual([])
  expect(await read(row)).toMatchObject({ status: 'submitted', escalatedAt: null, version: 1 })
})

test('past its deadline a request is escalated, rises, and never ends by itself', async () => {
  cptsId = await aCpts(tested)
  const care = { level: 'U2', basis: 'clinician' } as const
  const row = await anUnscheduledCare(tested, cptsId, { status: 'triaged', care })
  await watchAt(minutes(12 * 60))
  expect(await read(row)).toMatchObject({ score: 62, escalatedAt: null })
  await watchAt(minutes(24 * 60))
  const weeksLater = minutes(21 * 24 * 60)
  await watchAt(weeksLater)
  expect(await read(row)).toMatchObject({
    status: 'triaged',
    isOpen: true,
    score: 74,
    escalatedAt: minutes(24 * 60),
    escalationReason: 'care-late',
    version: 1,
  })
  expect((await toldOf(row)).map(({ action }) => action)).toEqual(['care-late'])
})

test('who is booked or ended is left in peace', async () => {
  cptsId = await aCpts(tested)
  const care = { level: 'U1', basis: 'clinician' } as const
  await anUnscheduledCare(tested, cptsId, { status: 'booked', care })
  await anUnscheduledCare(tested, cptsId, { status: 'cancelled', isOpen: false, care })
  expect(await watchAt(minutes(48 * 60))).toEqual([])
})
