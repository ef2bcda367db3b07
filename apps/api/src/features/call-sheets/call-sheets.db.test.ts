import { createServer } from 'node:net'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, asc, desc, eq } from 'drizzle-orm'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anSmtpServer } from '../../../test/an-smtp-server.ts'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { noticeDeliveries, notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { type CaseRow, caseEvents } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import { noticeJobs } from '../../notice-jobs.ts'
import { type Owner, openOwner } from '../../platform/jobs/owner.ts'
import { openSecureMailer } from '../../platform/mail/secure-mailer.ts'

const domains = ['*.mssante.example']
const from = 'CPTS d’essai <cpts@cpts.mssante.example>'
const address = 'alix@medecin.mssante.example'
const told = 'Diabète suivi, traitement pour dix jours.'

let tested: TestApp
let owner: Owner
let now = new Date('2026-03-02T09:00:00Z')
let cptsId: CptsId
let practitionerId: PractitionerId
let row: CaseRow
let proposal: ProposalRow
let headers: { authorization: string }
let server: Awaited<ReturnType<typeof anSmtpServer>>
const plain: unknown[] = []
const closing: (() => unknown)[] = []

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  // The settings are the app's own object: a server that has the account.
  Object.assign(tested.deps.settings, { secureDomains: domains })
  owner = openOwner(tested.database.ownerUrl, () => undefined)
})
afterAll(async () => {
  await owner.close()
  await tested.close()
})
beforeEach(async () => {
  now = new Date('2026-03-02T09:00:00Z')
  plain.length = 0
  cptsId = await aCpts(tested, { name: 'CPTS d’essai' })
  const coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  headers = await signedIn(tested, coordinator.accountId)
  practitionerId = await aPractitioner(tested, cptsId, { mssanteAddress: address })
  row = await aGpSearch(tested, cptsId, {
    status: 'matched',
    ownerId: coordinator.accountId,
    details: { freeText: told },
  })
  await prepare(tested, (tx) =>
    tx
      .update(patients)
      .set({ firstName: 'Éloïse', lastName: 'Lœuvre', phones: ['+33639980102'], addressLine: '14 rue des Aires' })
      .where(and(eq(patients.cptsId, cptsId), eq(patients.id, row.patientId))),
  )
  const accepted = { status: 'accepted', firstVisitAt: new Date('2026-03-05T13:30:00Z') } as const
  const [first] = await aRound(tested, cptsId, row.id, [practitionerId], accepted)
  if (!first) throw new Error('A round has somebody')
  proposal = first
  await serve()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await prepare(tested, (tx) => tx.update(noticeDeliveries).set({ status: 'dropped' }))
})

async function serve(options: Parameters<typeof anSmtpServer>[0] = {}): Promise<void> {
  server = await anSmtpServer(options)
  closing.push(server.close)
}
const path = () => `/api/v1/cases/${row.id}/call-sheets`
const read = async () => (await tested.app.inject({ url: path(), headers })).json()
const post = (body: object = {}, as = headers) =>
  tested.app.inject({
    method: 'POST',
    url: path(),
    headers: { ...as, 'idempotency-key': crypto.randomUUID() },
    payload: { proposalId: proposal.id, address, ...body },
  })
/** What the queue would run by now. */
async function work(smtpUrl: string | null = server.url, patience = 10_000): Promise<void> {
  const waits = { connectMs: patience, greetingMs: patience, socketMs: patience }
  const secureMailer = smtpUrl ? openSecureMailer({ smtpUrl, from, domains, folder: '' }, waits) : undefined
  const jobs = noticeJobs({
    db: tested.deps.db,
    now: () => now,
    kinds: caseKindsOf(),
    owner,
    publicUrl: 'https://maillage.example',
    mailer: { describe: '', close: () => undefined, send: async (mail) => void plain.push(mail) },
    texter: { describe: '', send: async (text) => void plain.push(text) },
    secureMailer,
  })
  const pace = { isStopped: () => false, rest: async () => undefined }
  const waiting = await prepare(tested, (tx) =>
    tx.select().from(notices).where(eq(notices.cptsId, cptsId)).orderBy(asc(notices.id)),
  )
  for (const { id, spreadAt } of waiting) if (!spreadAt) await jobs['spread-notice']?.({ cptsId, noticeId: id }, pace)
  await jobs['deliver-notices']?.({}, pace)
  secureMailer?.close()
}
const deliveries = () =>
  prepare(tested, (tx) => tx.select().from(noticeDeliveries).where(eq(noticeDeliveries.cptsId, cptsId)))
const audited = async () =>
  (
    await prepare(tested, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)).orderBy(desc(auditEntries.position)),
    )
  ).map(({ action, patientId }) => `${action} ${patientId === row.patientId}`)

/** The words of the file that a message carries. */
async function paperOf(body: string): Promise<{ text: string; pages: number }> {
  const [, part = ''] = body.split(/Content-Type: application\/pdf[\s\S]*?\r?\n\r?\n/)
  const base64 = part.split(/\r?\n--/)[0] ?? ''
  const pdf = await getDocumentProxy(new Uint8Array(Buffer.from(base64, 'base64')))
  const { text, totalPages } = await extractText(pdf, { mergePages: true })
  return { text: text.replaceAll(/\s+/g, ' '), pages: totalPages }
}
/** What everybody on the way may read of it: all but the file. */
const outside = (body: string): string => {
  const [said = ''] = body.split('Content-Type: application/pdf')
  return said
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

test('whoever accepted receives the call sheet, a page that says what they may read and no more', async () => {
  await prepare(tested, (tx) =>
    tx.insert(caseEvents).values({
      ...{
        cptsId,
        id: crypto.randomUUID(),
        caseId: row.id,
        at: now,
        type: 'note',
        action: 'add',
        actorRole: 'coordinator',
      },
      text: 'Note interne de la coordination',
    }),
  )
  expect((await post()).statusCode).toBe(202)
  await work()
  expect(server.taken.map(({ from: sender, to }) => [sender, ...to])).toEqual([['cpts@cpts.mssante.example', address]])
  const body = server.taken[0]?.body ?? ''
  const { text, pages } = await paperOf(body)
  expect(pages).toBe(1)
  for (const words of ['Éloïse Lœuvre', '06 39 98 01 02', '14 rue des Aires', told, 'Première visite', row.reference])
    expect(text).toContain(words)
  expect(text).not.toContain('interne')
  for (const word of ['Lœuvre', 'uvre', row.reference, 'Diab', '0639980102', 'decin traitant'])
    expect(outside(body)).not.toContain(word)
  expect(plain).toEqual([])
})

test('the act, the writing, the story and the log all tell it', async () => {
  await post()
  await work()
  expect((await read()).items).toMatchObject([
    { proposalId: proposal.id, address, isReachable: true, sendings: [{ address, status: 'sent' }] },
  ])
  expect(await audited()).toEqual(expect.arrayContaining(['gp-search.send-call-sheet true', 'call-sheet.write true']))
  const story = await tested.app.inject({ url: `/api/v1/cases/${row.id}/timeline`, headers })
  expect(story.json().items).toContainEqual(
    expect.objectContaining({ type: 'proposal', action: 'call-sheet-sent', practitioner: 'Dr Alix Essai' }),
  )
  expect(await deliveries()).toMatchObject([{ channel: 'mssante', address, status: 'sent', attempts: 1 }])
})

test('an address outside the list is refused, on the screen as in the act', async () => {
  const outsider = 'alix@messagerie.example'
  await prepare(tested, (tx) =>
    tx.update(practitioners).set({ mssanteAddress: outsider }).where(eq(practitioners.id, practitionerId)),
  )
  expect((await read()).items).toMatchObject([{ address: outsider, isReachable: false }])
  expect((await post({ address: outsider })).statusCode).toBe(422)
  // What was confirmed is no longer what the card says.
  expect((await post()).json()).toMatchObject({ code: 'version-stale' })
  expect(await deliveries()).toEqual([])
})

test('only the coordination of this very CPTS sends it', async () => {
  const other = await aCpts(tested)
  const stranger = await someoneWho(tested, { cptsId: other, role: 'coordinator' })
  expect((await post({}, await signedIn(tested, stranger.accountId))).statusCode).toBe(404)
  for (const role of ['practitioner', 'administrator', 'requester', 'hospital_staff'] as const) {
    const someone = await someoneWho(tested, { cptsId, role, ...(role === 'practitioner' ? { practitionerId } : {}) })
    expect((await post({}, await signedIn(tested, someone.accountId))).statusCode).toBe(403)
  }
})

test('who has not accepted, or gave the case back, receives nothing', async () => {
  const asked = await aPractitioner(tested, cptsId, { mssanteAddress: 'sam@medecin.mssante.example' })
  const [pending] = await aRound(tested, cptsId, row.id, [asked])
  const answer = await post({ proposalId: pending?.id, address: 'sam@medecin.mssante.example' })
  expect(answer.json()).toMatchObject({ code: 'wrong-status' })
  expect((await read()).items).toHaveLength(1)
  await post()
  await prepare(tested, (tx) => tx.update(proposals).set({ status: 'released' }).where(eq(proposals.id, proposal.id)))
  await work()
  expect(server.taken).toEqual([])
  expect(await audited()).not.toContain('call-sheet.write true')
})

test('asked twice at once, or while the first is still on its way, it leaves once', async () => {
  const answers = await Promise.all([post(), post(), post()])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202])
  await work()
  expect(server.taken).toHaveLength(1)
  await post()
  await work()
  expect(server.taken).toHaveLength(2)
})

test('a server that takes the call and says nothing makes it wait; tried again, it is the same message', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  closing.push(() => new Promise((resolve) => silent.close(resolve)))
  const place = silent.address()
  await post()
  await work(`smtp://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}`, 300)
  expect(await deliveries()).toMatchObject([{ status: 'waiting', failure: 'away', attempts: 1 }])
  expect(plain).toEqual([])
  now = new Date('2026-03-02T09:20:00Z')
  await work()
  expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 2 }])
  const [delivery] = await deliveries()
  expect(server.taken.map(({ body }) => /Message-ID: (\S+)/.exec(body)?.[1])).toEqual([`<${delivery?.id}@maillage>`])
})

test('refused for good, it is shown to the coordination; without an account it waits, never by ordinary mail', async () => {
  await serve({ onRcptTo: (_to, _session, done) => done(Object.assign(new Error('No'), { responseCode: 550 })) })
  await post()
  await work()
  const undelivered = await tested.app.inject({ url: '/api/v1/undelivered-messages', headers })
  expect(undelivered.json().items).toMatchObject([{ channel: 'mssante', why: 'refused', address }])
  await post()
  await work(null)
  expect((await deliveries()).map(({ status }) => status).toSorted()).toEqual(['refused', 'waiting'])
  expect(plain).toEqual([])
})

test('a server without an account says so, and sends nothing', async () => {
  Object.assign(tested.deps.settings, { secureDomains: undefined })
  closing.push(() => Object.assign(tested.deps.settings, { secureDomains: domains }))
  expect(await read()).toMatchObject({ isOn: false })
  expect((await post()).json()).toMatchObject({ code: 'secure-mail-off' })
})
