import { type AccountId, type CaseId, type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { noticeDeliveries, notices } from '../../kernel/notices/notices.table.ts'
import { coordinatorAbsences } from '../../kernel/tables/coordinator-absence.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { noticeJobs } from '../../notice-jobs.ts'
import { type Owner, openOwner } from '../../platform/jobs/owner.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import { SendFailure } from '../../platform/send-failure.ts'
import { defaultChoices } from '../notifications/choices/default-choices.ts'
import { noticeChoices } from '../notifications/notifications.table.ts'
import { tellUnread } from './tell-unread.ts'

let tested: TestApp
let owner: Owner
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let admin: Awaited<ReturnType<typeof someoneWho>>
let sent: Mail[]
// Monday 2 March 2026, ten in the morning in Paris.
const monday = new Date('2026-03-02T09:00:00Z')
let now = monday

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  owner = openOwner(tested.database.ownerUrl, () => undefined)
})
afterAll(async () => {
  await owner.close()
  await tested.close()
})
beforeEach(async () => {
  now = monday
  // What another test left waiting must not leave in this one.
  await prepare(tested, (tx) => tx.update(noticeDeliveries).set({ status: 'dropped' }))
  sent = []
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  admin = await someoneWho(tested, { cptsId, role: 'administrator' })
})

const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
const deps = () => ({ db: tested.deps.db, now: () => now, kinds: caseKindsOf() })
const tell = (): Promise<CaseId[]> => tellUnread(deps(), cptsId)
const mailer = {
  describe: 'à l’essai',
  send: async (mail: Mail): Promise<void> => {
    sent.push(mail)
  },
  close: () => undefined,
}
const waiting = (of = cptsId) =>
  prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, of)).orderBy(asc(notices.id)))
/** What the queue would share out and send. */
async function sendAll(by: { send: (mail: Mail) => Promise<void> } = mailer): Promise<void> {
  const jobs = noticeJobs({
    ...deps(),
    owner,
    publicUrl: 'https://maillage.example',
    mailer: { ...mailer, ...by },
    texter: { describe: '', send: async () => undefined },
    secureMailer: undefined,
  })
  const pace = { isStopped: () => false, rest: async () => undefined }
  for (const { id, spreadAt } of await waiting())
    if (!spreadAt) await jobs['spread-notice']?.({ cptsId, noticeId: id }, pace)
  await jobs['deliver-notices']?.({}, pace)
}
const emailOf = async (id: AccountId): Promise<string | undefined> =>
  (await prepare(tested, (tx) => tx.select().from(accounts).where(eq(accounts.id, id))))[0]?.email
const firstBand = (over: Parameters<typeof aGpSearch>[2] = {}) => aGpSearch(tested, cptsId, { bandRank: 1, ...over })

test('a P1 that nobody opened is told after four opening hours, once, to the administrator', async () => {
  const row = await firstBand()
  now = later(239)
  expect(await tell()).toEqual([])
  now = later(1)
  expect(await tell()).toEqual([row.id])
  now = later(120)
  expect(await tell()).toEqual([])
  await sendAll()
  expect(sent.map(({ to }) => to)).toEqual([await emailOf(admin.accountId)])
})

test('a request for the same day is told after fifteen minutes; one for two days is not', async () => {
  const row = await anUnscheduledCare(tested, cptsId, { care: { level: 'U1' } })
  await anUnscheduledCare(tested, cptsId, { care: { level: 'U3' }, bandRank: 3 })
  now = later(14)
  expect(await tell()).toEqual([])
  now = later(1)
  expect(await tell()).toEqual([row.id])
})

test('what is due together goes in one mail, and what follows waits a quarter of an hour', async () => {
  await firstBand()
  await firstBand({ openedAt: later(1) })
  now = later(241)
  expect(await tell()).toHaveLength(2)
  await firstBand({ openedAt: new Date(now.getTime() - 240 * 60_000) })
  now = later(14)
  expect(await tell()).toEqual([])
  now = later(1)
  expect(await tell()).toHaveLength(1)
  await sendAll()
  expect(sent.map(({ subject }) => subject)).toEqual([
    '2 demandes urgentes attendent d’être lues',
    '1 demande urgente attend d’être lue',
  ])
})

test('the mail says how many and where, and nothing of anybody’s health', async () => {
  const row = await firstBand()
  now = later(240)
  await tell()
  await sendAll()
  const [mail] = sent
  expect(mail?.text).toContain('https://maillage.example/file')
  for (const word of ['Exemple', 'Camille', '1950', row.reference, 'médecin', 'soin', 'patient']) {
    expect(`${mail?.subject} ${mail?.text}`).not.toContain(word)
  }
})

test('opened by a coordinator in time, it is not told; opened after, the mail is not sent', async () => {
  const row = await firstBand()
  const open = async (): Promise<number> => {
    const headers = await signedIn(tested, ana.accountId)
    return (await tested.app.inject({ url: `/api/v1/gp-searches/${row.id}`, headers })).statusCode
  }
  now = later(240)
  expect(await tell()).toEqual([row.id])
  expect(await open()).toBe(200)
  await sendAll()
  expect(sent).toEqual([])
  expect(await tell()).toEqual([])
})

test('while the owner is away, the deputy is told of theirs', async () => {
  const bea = await someoneWho(tested, { cptsId, role: 'coordinator' })
  await firstBand({ ownerId: ana.accountId })
  await firstBand()
  await prepare(tested, (tx) =>
    tx.insert(coordinatorAbsences).values({
      cptsId,
      id: newRowId(),
      accountId: ana.accountId,
      deputyId: bea.accountId,
      fromDay: '2026-03-02' as never,
      untilDay: '2026-03-06' as never,
      createdAt: now,
    }),
  )
  now = later(240)
  await tell()
  await sendAll()
  expect(new Map(sent.map(({ to, subject }) => [to, subject]))).toEqual(
    new Map([
      [await emailOf(admin.accountId), '2 demandes urgentes attendent d’être lues'],
      [await emailOf(bea.accountId), '1 demande urgente attend d’être lue'],
    ]),
  )
})

test('without an administrator, the coordinators who are there are told', async () => {
  const alone = await aCpts(tested)
  const cleo = await someoneWho(tested, { cptsId: alone, role: 'coordinator' })
  await aGpSearch(tested, alone, { bandRank: 1 })
  now = later(240)
  expect(await tellUnread(deps(), alone)).toHaveLength(1)
  expect(await waiting(alone)).toMatchObject([{ kind: 'unread-cases', accountId: cleo.accountId }])
})

test('whoever left the CPTS since is told nothing more of it', async () => {
  await firstBand()
  now = later(240)
  await tell()
  await prepare(tested, (tx) =>
    tx.update(memberships).set({ endedAt: now }).where(eq(memberships.accountId, admin.accountId)),
  )
  await sendAll()
  expect(sent).toEqual([])
})

test('another CPTS is told nothing of it', async () => {
  await firstBand()
  now = later(240)
  const other = await aCpts(tested)
  await someoneWho(tested, { cptsId: other, role: 'administrator' })
  expect(await tellUnread(deps(), other)).toEqual([])
})

test('of several told together, those that were opened meanwhile are no longer counted', async () => {
  const row = await firstBand()
  await firstBand()
  now = later(240)
  await tell()
  const headers = await signedIn(tested, ana.accountId)
  await tested.app.inject({ url: `/api/v1/gp-searches/${row.id}`, headers })
  await sendAll()
  expect(sent.map(({ subject }) => subject)).toEqual(['1 demande urgente attend d’être lue'])
})

test('it goes by the channels that the person chose, and stands in the log', async () => {
  await prepare(tested, (tx) =>
    tx.insert(noticeChoices).values({
      ...{ cptsId, accountId: admin.accountId, version: 1, updatedAt: now },
      choices: { ...defaultChoices, groups: { alerts: ['in-app'] } },
    }),
  )
  await anUnscheduledCare(tested, cptsId, { care: { level: 'U1' } })
  now = later(15)
  await tell()
  await sendAll()
  expect(sent).toEqual([])
  const headers = await signedIn(tested, admin.accountId)
  const inbox = await tested.app.inject({ url: '/api/v1/notifications', headers })
  expect(inbox.json().items).toMatchObject([{ subject: '1 demande urgente attend d’être lue' }])
  const log = await tested.app.inject({ url: '/api/v1/message-deliveries', headers })
  expect(log.json().items).toMatchObject([{ group: 'alerts', channel: 'in-app', status: 'sent' }])
})

test('a server that fails is tried again, and told once', async () => {
  await firstBand()
  now = later(240)
  await tell()
  await sendAll({ send: () => Promise.reject(new SendFailure('away', '421')) })
  expect(sent).toEqual([])
  now = later(20)
  await sendAll()
  await sendAll()
  expect(sent).toHaveLength(1)
})
