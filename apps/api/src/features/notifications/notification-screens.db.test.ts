import type { CptsId } from '@maillage/contracts/kit/ids'
import { newId, newRowId, ProposalId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { systemActor } from '../../kernel/actor.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { noticeDeliveries, notices } from '../../kernel/notices/notices.table.ts'
import { type Notice, sendNotice } from '../../kernel/notices/send-notice.ts'
import { spreadNotice } from './delivery/spread-notice.ts'

let tested: TestApp
let cptsId: CptsId
let doctor: Awaited<ReturnType<typeof someoneWho>>
let ana: Awaited<ReturnType<typeof someoneWho>>
let admin: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  const practitionerId = await aPractitioner(tested, cptsId)
  doctor = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  admin = await someoneWho(tested, { cptsId, role: 'administrator' })
})

type Headers = { authorization: string }
const call = async (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) => {
  const answer = await tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
async function tell(notice: Notice): Promise<void> {
  await tested.deps.db.transaction(cptsId, (tx) => sendNotice(tx, { actor: systemActor(cptsId), now }, notice))
  const [made] = await prepare(tested, (tx) =>
    tx
      .select()
      .from(notices)
      .where(and(eq(notices.cptsId, cptsId), eq(notices.kind, notice.kind))),
  )
  await spreadNotice({ db: tested.deps.db, now: () => now, kinds: caseKindsOf() }, { cptsId, noticeId: made?.id })
}

describe('what one received', () => {
  test('is one’s own, counted until it is looked at, and leads where it should', async () => {
    const subjectId = newId(ProposalId)
    const link = { purpose: 'proposal-open', subjectId, days: 3 } as const
    await tell({ kind: 'slot-freed', to: { accountId: doctor.accountId }, link })
    await tell({ kind: 'visit-told', to: { accountId: doctor.accountId }, link: { path: '/propositions' } })
    const { body } = await call(doctor.headers, 'GET', '/notifications?limit=1')
    expect(body.items).toMatchObject([{ isRead: false, target: { to: 'page', path: '/propositions' } }])
    const rest = await call(doctor.headers, 'GET', `/notifications?cursor=${body.next}`)
    expect(rest.body.items).toMatchObject([
      { subject: 'Un de vos créneaux est de nouveau libre', target: { id: subjectId } },
    ])
    expect((await call(doctor.headers, 'GET', '/notifications/unread')).body).toEqual({ unread: 2, undelivered: 0 })
    const until = body.items[0].id
    expect((await call(ana.headers, 'POST', '/notifications/reading', { until })).body).toEqual({
      unread: 0,
      undelivered: 0,
    })
    expect((await call(doctor.headers, 'POST', '/notifications/reading', { until })).body).toEqual({
      unread: 0,
      undelivered: 0,
    })
    expect((await call(ana.headers, 'GET', '/notifications')).body.items).toEqual([])
  })

  test('a question about one’s card leads to one’s card', async () => {
    const link = { purpose: 'directory-confirm', subjectId: newId(ProposalId), days: 30 } as const
    await tell({ kind: 'directory-confirmation', to: { accountId: doctor.accountId }, link })
    const { body } = await call(doctor.headers, 'GET', '/notifications')
    expect(body.items).toMatchObject([{ target: { to: 'page', path: '/ma-fiche' } }])
  })

  test('the link of a message opens its proposal to whoever signed in there, and to nobody elsewhere', async () => {
    const subjectId = newId(ProposalId)
    const expiresAt = new Date('2026-03-05T09:00:00Z')
    const token = await tested.deps.db.transaction(cptsId, (tx) =>
      issueLink(tx, { cptsId, purpose: 'proposal-open', subjectId, expiresAt, now }),
    )
    const open = (headers: Headers, said = token) =>
      call(headers, 'POST', '/notification-links/opening', { token: said })
    expect(await open(doctor.headers)).toEqual({ status: 200, body: { to: 'proposal', id: subjectId, path: null } })
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'practitioner' })
    expect((await open(elsewhere.headers)).status).toBe(404)
    expect((await open(doctor.headers, 'x')).status).toBe(404)
    expect((await open(admin.headers)).status).toBe(403)
  })
})

describe('what one chooses', () => {
  const choices = {
    groups: { proposals: ['sms'] },
    quiet: { from: 1200, until: 450 },
    urgentPasses: false,
    digest: { every: 'day', at: 720 },
    mobile: '+33612345678',
  }

  test('starts with everything on, is kept, and not over a choice made meanwhile', async () => {
    const first = await call(doctor.headers, 'GET', '/notification-choices')
    expect(first.body).toMatchObject({ version: 0, timeZone: 'Europe/Paris', choices: { groups: {}, mobile: null } })
    expect(first.body.groups.map(({ group }: { group: string }) => group)).toContain('proposals')
    const kept = await call(doctor.headers, 'PUT', '/notification-choices', { choices, version: 0 })
    expect([kept.status, kept.body.version, kept.body.choices]).toEqual([200, 1, choices])
    expect((await call(doctor.headers, 'PUT', '/notification-choices', { choices, version: 0 })).status).toBe(409)
    expect((await call(ana.headers, 'GET', '/notification-choices')).body.version).toBe(0)
  })

  test.each([
    ['a day without an hour', { quiet: { from: 60, until: 60 } }, '/choices/quiet/until'],
    ['a number that takes no text', { mobile: '+33556000001' }, '/choices/mobile'],
    ['texts without a number', { mobile: null }, '/choices/mobile'],
  ])('%s is refused', async (_what, over, pointer) => {
    const answer = await call(doctor.headers, 'PUT', '/notification-choices', {
      choices: { ...choices, ...over },
      version: 0,
    })
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer])
  })

  test('a trial is written once a minute', async () => {
    for (const _time of [1, 2]) expect((await call(doctor.headers, 'POST', '/notification-trials')).status).toBe(204)
    const made = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, cptsId)))
    expect(made.map(({ kind }) => kind)).toEqual(['test'])
  })
})

describe('the words of an administrator', () => {
  const words = {
    subject: 'Bonjour de {{ cpts }}',
    text: 'Une proposition.',
    action: 'Voir',
    short: 'Une proposition.',
  }
  const path = '/message-templates/proposal-received'

  test('are kept by version, shown, and given back to the product', async () => {
    const kept = await call(admin.headers, 'PUT', path, { words, version: 0 })
    expect(kept.body).toMatchObject({ words, isReworded: true, version: 1 })
    await tell({ kind: 'proposal-received', to: { accountId: doctor.accountId } })
    const [received] = (await call(doctor.headers, 'GET', '/notifications')).body.items
    expect(received.subject).toMatch(/^Bonjour de CPTS d’essai/)
    expect((await call(admin.headers, 'PUT', path, { words, version: 0 })).status).toBe(409)
    const reset = await call(admin.headers, 'PUT', path, { words: null, version: 1 })
    expect(reset.body).toMatchObject({ isReworded: false, version: 2, words: reset.body.defaults })
  })

  test('that name something of health, or quote what they may not, are refused part by part', async () => {
    const bad = { ...words, subject: 'Un patient {{ nom }}', action: 'https://ailleurs.example' }
    const refused = await call(admin.headers, 'PUT', path, { words: bad, version: 0 })
    expect(refused.body.errors).toEqual([
      { pointer: '/words/subject', code: 'unknown-placeholder', detail: 'nom' },
      { pointer: '/words/subject', code: 'forbidden-word', detail: 'patient' },
      { pointer: '/words/action', code: 'address', detail: 'https:' },
    ])
    const seen = await call(admin.headers, 'POST', `${path}/preview`, { words: bad })
    expect([seen.status, seen.body.faults.length]).toEqual([200, 3])
    expect((await call(admin.headers, 'PUT', '/message-templates/nothing', { words, version: 0 })).status).toBe(404)
  })

  test('two at once: one is kept', async () => {
    const both = await Promise.all([1, 2].map(() => call(admin.headers, 'PUT', path, { words, version: 0 })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('what did not arrive', () => {
  const refused = async () => {
    const patient = await aPatient(tested, cptsId, { email: 'perdue@essai.example' })
    await tell({ kind: 'request-registered', to: { patientId: patient.id } })
    await prepare(tested, (tx) =>
      tx
        .update(noticeDeliveries)
        .set({ status: 'refused', failure: 'refused' })
        .where(eq(noticeDeliveries.cptsId, cptsId)),
    )
    return patient
  }

  test('is shown to the coordination with whose it is, until somebody dealt with it', async () => {
    const { id } = await refused()
    const { body } = await call(ana.headers, 'GET', '/undelivered-messages')
    expect(body.items).toMatchObject([
      { why: 'refused', address: 'perdue@essai.example', person: 'Camille Exemple', patientId: id },
    ])
    expect((await call(ana.headers, 'GET', '/notifications/unread')).body.undelivered).toBe(1)
    expect((await call(doctor.headers, 'GET', '/notifications/unread')).body.undelivered).toBe(0)
    const handling = `/undelivered-messages/${body.items[0].id}/handling`
    const other = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await call(other.headers, 'POST', handling)).status).toBe(404)
    expect((await call(ana.headers, 'POST', handling)).status).toBe(204)
    expect((await call(ana.headers, 'POST', handling)).status).toBe(404)
    expect((await call(ana.headers, 'GET', '/undelivered-messages')).body.items).toEqual([])
    expect((await call(ana.headers, 'POST', `/undelivered-messages/${newRowId()}/handling`)).status).toBe(404)
  })

  test('the log of whoever runs the CPTS names no patient and shows no address', async () => {
    await refused()
    await tell({ kind: 'slot-freed', to: { accountId: doctor.accountId } })
    const { body } = await call(admin.headers, 'GET', '/message-deliveries')
    expect(
      body.items.map(({ status, channel }: { status: string; channel: string }) => `${channel} ${status}`).sort(),
    ).toEqual(['email refused', 'email waiting', 'in-app sent'])
    for (const word of ['perdue', 'Camille', 'Exemple', '@']) expect(JSON.stringify(body)).not.toContain(word)
  })
})
