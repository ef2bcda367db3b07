import { type AccountId, type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, anAccount } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { systemActor } from '../actor.ts'
import { outbox } from '../tables/outbox.table.ts'
import { notices } from './notices.table.ts'
import { cancelNotices, type Notice, sendNotice } from './send-notice.ts'

let tested: TestApp
let cptsId: CptsId
let accountId: AccountId
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  accountId = await anAccount(tested)
})
afterAll(() => tested.close())

const context = () => ({ actor: systemActor(cptsId), now })
const send = (over: Partial<Notice> = {}) =>
  tested.deps.db.transaction(cptsId, (tx) =>
    sendNotice(tx, context(), { kind: 'proposal-received', to: { accountId }, ...over }),
  )
const about = (id: string) =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(notices)
      .where(and(eq(notices.cptsId, cptsId), eq(notices.about, id))),
  )
const queued = async (noticeId: string | undefined) =>
  (await prepare(tested, (tx) => tx.select().from(outbox).where(eq(outbox.cptsId, cptsId)))).filter(
    ({ payload }) => payload.noticeId === noticeId,
  )

test('a notice is kept with its job; one for later waits', async () => {
  const id = newRowId()
  const sendAt = new Date('2026-03-03T09:00:00Z')
  expect(await send({ about: id, link: { path: '/propositions' } })).toBe(true)
  expect(await send({ about: id, sendAt })).toBe(true)
  const [first, second] = await about(id)
  expect(await queued(first?.id)).toMatchObject([{ topic: 'spread-notice', runAt: null }])
  expect(await queued(second?.id)).toMatchObject([{ topic: 'spread-notice', runAt: sendAt }])
})

test('the same key is told once, even by two at the same moment', async () => {
  const id = newRowId()
  const told = await Promise.all([1, 2, 3].map(() => send({ about: id, key: `essai:${id}` })))
  expect(told.filter(Boolean)).toHaveLength(1)
  expect(await about(id)).toHaveLength(1)
})

test('an act that is undone tells nothing', async () => {
  const id = newRowId()
  const undone = tested.deps.db.transaction(cptsId, async (tx) => {
    await sendNotice(tx, context(), { kind: 'test', to: { accountId }, about: id })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await about(id)).toEqual([])
})

test('what was to be told later is taken back by what it is about', async () => {
  const id = newRowId()
  const other = newRowId()
  await send({ about: id })
  await send({ about: other })
  await tested.deps.db.transaction(cptsId, (tx) => cancelNotices(tx, context(), id, ['proposal-received']))
  expect(await about(id)).toMatchObject([{ cancelledAt: now }])
  expect(await about(other)).toMatchObject([{ cancelledAt: null }])
})

test('a kind takes its own values and no other', async () => {
  await expect(send({ values: { nom: 'Exemple' } })).rejects.toThrow('takes exactly')
})
