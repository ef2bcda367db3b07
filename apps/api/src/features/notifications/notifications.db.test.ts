import { type AccountId, type CptsId, type PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import { and, asc, eq } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aSecretary } from '../../../test/builders/a-delegation.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { systemActor } from '../../kernel/actor.ts'
import { findLink } from '../../kernel/links/links.ts'
import { noticeDeliveries, notices } from '../../kernel/notices/notices.table.ts'
import { type Notice, sendNotice } from '../../kernel/notices/send-notice.ts'
import { memberships } from '../../kernel/tables/cpts.table.ts'
import { delegations } from '../../kernel/tables/delegation.table.ts'
import { outbox } from '../../kernel/tables/outbox.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import { type Owner, openOwner } from '../../platform/jobs/owner.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import { smtpMailer } from '../../platform/mail/smtp-mailer.ts'
import { SendFailure } from '../../platform/send-failure.ts'
import type { TextMessage } from '../../platform/sms/texter.ts'
import { defaultChoices } from './choices/default-choices.ts'
import { deliverDue } from './delivery/deliver-due.ts'
import { spreadNotice } from './delivery/spread-notice.ts'
import { noticeChoices } from './notifications.table.ts'
import { tellAnswer } from './telling/tell-answer.ts'
import { tellOpening } from './telling/tell-opening.ts'
import { tellProposal } from './telling/tell-proposal.ts'

let tested: TestApp
let owner: Owner
let cptsId: CptsId
let doctor: Awaited<ReturnType<typeof someoneWho>>
let coordinator: Awaited<ReturnType<typeof someoneWho>>
let practitionerId: PractitionerId
let mails: Mail[]
let texts: TextMessage[]
let broken: (() => Promise<void>) | undefined
const closing: (() => unknown)[] = []
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
  mails = []
  texts = []
  broken = undefined
  cptsId = await aCpts(tested, { name: 'CPTS d’essai' })
  practitionerId = await aPractitioner(tested, cptsId)
  doctor = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })
  coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  // What a test left waiting must not leave in the next.
  await prepare(tested, (tx) => tx.update(noticeDeliveries).set({ status: 'dropped' }))
})

const at = (text: string): Date => new Date(text)
const deps = () => ({
  db: tested.deps.db,
  now: () => now,
  kinds: caseKindsOf(),
  owner,
  publicUrl: 'https://maillage.example',
  mailer: {
    describe: '',
    close: () => undefined,
    send: async (mail: Mail) => {
      await broken?.()
      mails.push(mail)
    },
  },
  secure: { mailer: undefined, write: async () => undefined },
  texter: { describe: '', send: async (text: TextMessage) => void texts.push(text) },
})
const choose = (over: Partial<NoticeChoices>, accountId = doctor.accountId) =>
  prepare(tested, (tx) => {
    const row = { choices: { ...defaultChoices, ...over }, version: 1, updatedAt: now }
    return tx
      .insert(noticeChoices)
      .values({ cptsId, accountId, ...row })
      .onConflictDoUpdate({ target: [noticeChoices.cptsId, noticeChoices.accountId], set: row })
  })
/** What the queue would share out by now, then what it would send. */
async function work(): Promise<void> {
  const waiting = await prepare(tested, (tx) =>
    tx.select().from(notices).where(eq(notices.cptsId, cptsId)).orderBy(asc(notices.id)),
  )
  for (const { id, sendAt, spreadAt } of waiting)
    if (!spreadAt && sendAt <= now) await spreadNotice(deps(), { cptsId, noticeId: id })
  await deliverDue(deps())
}
async function tell(over: Partial<Notice> = {}): Promise<void> {
  const notice: Notice = { kind: 'slot-freed', to: { practitionerId }, ...over }
  await tested.deps.db.transaction(cptsId, (tx) => sendNotice(tx, { actor: systemActor(cptsId), now }, notice))
  await work()
}
const quietly = (over: Partial<Notice> = {}) =>
  tell({ kind: 'none-live', to: { accountId: coordinator.accountId }, ...over })
const deliveries = () =>
  prepare(tested, (tx) =>
    tx
      .select()
      .from(noticeDeliveries)
      .where(and(eq(noticeDeliveries.cptsId, cptsId)))
      .orderBy(asc(noticeDeliveries.id)),
  )
async function aProposal(over: Partial<typeof proposals.$inferInsert> = {}): Promise<ProposalRow> {
  const row = await aGpSearch(tested, cptsId, { ownerId: coordinator.accountId })
  const [proposal] = await aRound(tested, cptsId, row.id, [practitionerId], over)
  if (!proposal) throw new Error('A proposal was made')
  return proposal
}
const change = (id: ProposalRow['id'], set: Partial<ProposalRow>) =>
  prepare(tested, (tx) => tx.update(proposals).set(set).where(eq(proposals.id, id)))
const job = (id: string) => ({ cptsId, proposalId: ProposalId.parse(id) })

describe('a proposal', () => {
  test('is told at once, by mail and in Maillage, with a link that opens it', async () => {
    const { id } = await aProposal()
    await tellProposal(deps(), job(id))
    await tellProposal(deps(), job(id))
    await work()
    expect(mails.map(({ subject }) => subject)).toEqual(['Une nouvelle proposition vous attend'])
    const token = /ouvrir\/(\S+)/.exec(mails[0]?.text ?? '')?.[1] ?? ''
    expect(await findLink(tested.deps.db, token, 'proposal-open', now)).toMatchObject({ subjectId: id })
    expect((await deliveries()).map(({ channel, status }) => [channel, status])).toEqual(
      expect.arrayContaining([
        ['email', 'sent'],
        ['in-app', 'sent'],
      ]),
    )
  })

  test('is reminded at half of its delay, and not once it is answered', async () => {
    const silent = await aProposal()
    const answered = await aProposal()
    for (const { id } of [silent, answered]) await tellProposal(deps(), job(id))
    await work()
    mails = []
    await change(answered.id, { status: 'declined' })
    now = at('2026-03-02T20:59:00Z')
    await work()
    expect(mails).toEqual([])
    // Half of a day is nine in the evening: the reminder waits for the morning.
    now = at('2026-03-02T21:00:00Z')
    await work()
    expect(mails).toEqual([])
    now = at('2026-03-03T06:30:00Z')
    await work()
    expect(mails.map(({ subject }) => subject)).toEqual(['Une proposition attend toujours votre réponse'])
  })

  test('answered while its message waited for the morning is not told any more', async () => {
    now = at('2026-03-02T21:00:00Z')
    const { id } = await aProposal()
    await tellProposal(deps(), job(id))
    await work()
    await change(id, { status: 'withdrawn' })
    now = at('2026-03-03T06:30:00Z')
    await work()
    expect(mails).toEqual([])
    expect((await deliveries()).find(({ channel }) => channel === 'email')?.status).toBe('dropped')
  })

  test('for the same day comes through the night, unless the person closed the door', async () => {
    now = at('2026-03-02T21:00:00Z')
    const expiresAt = at('2026-03-03T07:00:00Z')
    await tellProposal(deps(), job((await aProposal({ expiresAt })).id))
    await work()
    expect(mails.map(({ subject }) => subject)).toEqual(['Une proposition attend votre réponse aujourd’hui'])
    mails = []
    await choose({ urgentPasses: false })
    await tellProposal(deps(), job((await aProposal({ expiresAt })).id))
    await work()
    expect(mails).toEqual([])
  })

  test('answered, is told to whoever follows the case; when nobody has to answer any more, that it waits', async () => {
    await choose({ groups: { answers: ['email'] } }, coordinator.accountId)
    const accepted = await aProposal({ status: 'accepted', answeredBy: doctor.accountId })
    const declined = await aProposal({ status: 'declined', answeredBy: doctor.accountId })
    await tellAnswer(deps(), { ...job(accepted.id), to: 'accepted' })
    await work()
    await tellAnswer(deps(), { ...job(declined.id), to: 'declined' })
    await work()
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Une réponse est arrivée à l’une de vos propositions',
      'Un dossier n’attend plus de réponse de personne',
    ])
  })

  test('whose answer the coordinator wrote down tells the coordinator nothing', async () => {
    const { id } = await aProposal({ status: 'declined', answeredBy: coordinator.accountId })
    await tellAnswer(deps(), { ...job(id), to: 'declined' })
    await work()
    expect(await deliveries()).toEqual([])
  })
})

describe('what is said', () => {
  test('names nobody and nothing of health, in any message of a search', async () => {
    await choose({ groups: { answers: ['email'] } }, coordinator.accountId)
    const { id, caseId } = await aProposal()
    await tellProposal(deps(), job(id))
    await tellAnswer(deps(), { ...job(id), to: 'declined' })
    await tellOpening(deps(), { cptsId, caseId })
    await work()
    for (const { subject, text, html } of mails)
      for (const word of ['Exemple', 'Camille', '1950', 'MT-2026', 'médecin', 'soin', 'patient', caseId, id])
        expect(`${subject} ${text} ${html}`).not.toContain(word)
    expect(mails.length).toBeGreaterThan(1)
  })

  test('an account of another CPTS, one that left, one of nobody: told nothing', async () => {
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    await quietly({ to: { accountId: elsewhere.accountId } })
    await prepare(tested, (tx) =>
      tx.update(memberships).set({ endedAt: now }).where(eq(memberships.accountId, doctor.accountId)),
    )
    await tell()
    expect(mails).toEqual([])
    expect(await deliveries()).toEqual([])
  })

  test('whoever leaves while a message waits is not written to', async () => {
    now = at('2026-03-02T21:00:00Z')
    await quietly()
    await prepare(tested, (tx) =>
      tx.update(memberships).set({ endedAt: now }).where(eq(memberships.accountId, coordinator.accountId)),
    )
    now = at('2026-03-03T06:30:00Z')
    await work()
    expect(mails).toEqual([])
  })
})

describe('a search that is registered', () => {
  const registered = async (over: Parameters<typeof aPatient>[2], channel: 'phone' | 'import' = 'phone') => {
    const patient = await aPatient(tested, cptsId, over)
    const { id } = await aGpSearch(tested, cptsId, { patientId: patient.id, channel })
    await tellOpening(deps(), { cptsId, caseId: id })
    await tellOpening(deps(), { cptsId, caseId: id })
    await work()
  }

  test('is acknowledged by mail, else by text message, else not at all', async () => {
    await registered({ email: 'personne@essai.example', phones: ['+33612345678'] })
    await registered({ phones: ['+33556000001', '+33612345678'] })
    await registered({ phones: ['+33556000001'] })
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['personne@essai.example', 'Votre demande est enregistrée'],
    ])
    expect(texts.map(({ to }) => to)).toEqual(['+33612345678'])
    expect(mails[0]?.text).not.toContain('Choisir')
  })

  test('by a list is not: it was asked elsewhere', async () => {
    await registered({ email: 'personne@essai.example' }, 'import')
    expect(mails).toEqual([])
  })
})

describe('what a person chose', () => {
  test('no mail, a text message: so it is', async () => {
    await choose({ groups: { slots: ['sms'] }, mobile: '+33611111111' })
    await tell()
    expect([mails.length, texts.map(({ to, text }) => [to, text])]).toEqual([
      0,
      [['+33611111111', 'Un de vos créneaux est de nouveau libre.']],
    ])
  })

  test('nothing of a group: nothing at all', async () => {
    await choose({ groups: { slots: [] } })
    await tell()
    expect(await deliveries()).toEqual([])
  })

  test('one message a day gathers what came, at its hour', async () => {
    await choose({ digest: { every: 'day', at: 12 * 60 } }, coordinator.accountId)
    await quietly()
    await quietly()
    expect(mails).toEqual([])
    now = at('2026-03-02T11:00:00Z')
    await work()
    expect(mails.map(({ to, subject }) => [to.endsWith('essai.example'), subject])).toEqual([
      [true, '2 messages vous attendent'],
    ])
    expect((await deliveries()).every(({ status }) => status === 'sent')).toBe(true)
  })
})

describe('what does not arrive', () => {
  /** A real server on a free port; `options` say how it behaves. */
  async function aServer(options: ConstructorParameters<typeof SMTPServer>[0]) {
    const taken: string[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        stream.resume().on('end', () => {
          taken.push(...session.envelope.rcptTo.map(({ address }) => address))
          done()
        })
      },
      ...options,
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    const address = server.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const mailer = smtpMailer(
      { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'maillage@essai.example' },
      { connectMs: 2000, greetingMs: 2000, socketMs: 2000 },
    )
    closing.push(
      () => mailer.close(),
      () => new Promise<void>((resolve) => server.close(() => resolve())),
    )
    broken = async () => {
      const last = { to: 'personne@essai.example', subject: 'x', text: 'x', messageId: '<x@maillage>' }
      await mailer.send(last)
    }
    return { taken }
  }
  const mailOf = async () => (await deliveries()).filter(({ channel }) => channel === 'email')
  const refuse = (responseCode: number) => ({
    onRcptTo: (_address: unknown, _session: unknown, done: (error?: Error) => void) =>
      done(Object.assign(new Error('No such user here'), { responseCode })),
  })

  test('an address that a server refuses is given back at once, without a second try', async () => {
    await aServer(refuse(550))
    await quietly()
    expect(await mailOf()).toMatchObject([{ status: 'refused', failure: 'refused', attempts: 1, handledAt: null }])
    now = at('2026-03-05T09:00:00Z')
    await work()
    expect(await mailOf()).toMatchObject([{ attempts: 1 }])
  })

  test('a refusal that may pass is tried again, later and later, and arrives once the server takes it', async () => {
    await aServer(refuse(451))
    await quietly()
    expect(await mailOf()).toMatchObject([{ status: 'waiting', attempts: 1, dueAt: at('2026-03-02T09:01:00Z') }])
    now = at('2026-03-02T09:01:00Z')
    await work()
    expect(await mailOf()).toMatchObject([{ attempts: 2, dueAt: at('2026-03-02T09:06:00Z') }])
    broken = undefined
    now = at('2026-03-02T09:06:00Z')
    await work()
    expect(await mailOf()).toMatchObject([{ status: 'sent', attempts: 3, failure: null }])
  })

  test('after three days it is given up, and said', async () => {
    await aServer(refuse(451))
    await quietly()
    now = at('2026-03-05T09:00:00Z')
    await work()
    expect(await mailOf()).toMatchObject([{ status: 'given-up', failure: 'later' }])
  })

  test('a fault of ours fails the job once the others have left, and the message waits for its mending', async () => {
    let calls = 0
    broken = async () => {
      calls += 1
      if (calls === 1) throw new TypeError('a mistake in our own words')
    }
    const to = [{ accountId: coordinator.accountId }, { accountId: doctor.accountId }]
    await tested.deps.db.transaction(cptsId, async (tx) => {
      for (const one of to) await sendNotice(tx, { actor: systemActor(cptsId), now }, { kind: 'none-live', to: one })
    })
    await expect(work()).rejects.toThrow('Some messages could not be written')
    expect(mails).toHaveLength(1)
    now = at('2026-03-02T09:01:00Z')
    await work()
    expect(new Set(mails.map(({ to: address }) => address)).size).toBe(2)
  })

  test('a server that takes the call and says nothing holds nothing else back', async () => {
    await aServer({ onConnect: () => undefined })
    await choose({ groups: { slots: ['sms'] }, mobile: '+33611111111' })
    await quietly()
    await tell()
    expect(await mailOf()).toMatchObject([{ status: 'waiting', failure: 'away' }])
    expect(texts).toHaveLength(1)
  })

  test('cut between the sending and its settling, the message is the same to a server that sees it twice', async () => {
    let first: Mail | undefined
    const cut = { ...deps(), db: { ...tested.deps.db, transaction: tested.deps.db.transaction } }
    cut.mailer = {
      ...cut.mailer,
      send: async (mail) => {
        first = mail
        cut.db.transaction = () => Promise.reject(new Error('cut'))
      },
    }
    await tested.deps.db.transaction(cptsId, (tx) =>
      sendNotice(
        tx,
        { actor: systemActor(cptsId), now },
        { kind: 'none-live', to: { accountId: coordinator.accountId } },
      ),
    )
    const [notice] = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, cptsId)))
    await spreadNotice(deps(), { cptsId, noticeId: notice?.id })
    await expect(deliverDue(cut)).rejects.toThrow('cut')
    await deliverDue(deps())
    expect(mails.map(({ messageId }) => messageId)).toEqual([first?.messageId])
  })
})

describe('a secretary whom a doctor named', () => {
  const told = async (secretary: { accountId: AccountId }) =>
    (await deliveries()).filter(({ accountId }) => accountId === secretary.accountId).map(({ channel }) => channel)

  test('is told what the rights that they were given let them do, by their own choices', async () => {
    const answers = await aSecretary(tested, cptsId, [practitionerId], ['answer-proposals'])
    const keepsSlots = await aSecretary(tested, cptsId, [practitionerId], ['slots'])
    const ofAnother = await aSecretary(tested, cptsId, [await aPractitioner(tested, cptsId)])
    await choose({ groups: { proposals: ['in-app'] } }, answers.accountId)
    await tell({ kind: 'date-moved' })
    expect(await told(answers)).toEqual(['in-app'])
    expect(await told(keepsSlots)).toEqual([])
    await tell({ kind: 'slot-freed' })
    expect((await told(keepsSlots)).toSorted()).toEqual(['email', 'in-app'])
    await tell({ kind: 'directory-confirmation' })
    expect(await told(answers)).toHaveLength(1)
    expect(await told(ofAnother)).toEqual([])
  })

  test('is told nothing more once it has ended, even of what was on its way', async () => {
    const secretary = await aSecretary(tested, cptsId, [practitionerId])
    broken = () => Promise.reject(new SendFailure('later', '451'))
    await tell({ kind: 'slot-freed' })
    broken = undefined
    await prepare(tested, (tx) =>
      tx.update(delegations).set({ endedAt: now }).where(eq(delegations.membershipId, secretary.membershipId)),
    )
    now = at('2026-03-02T09:30:00Z')
    await work()
    expect(mails.map(({ to }) => to)).toHaveLength(1)
    await tell({ kind: 'slot-booked' })
    expect(await told(secretary)).toHaveLength(2)
  })
})

test('two processes at once send each message once', async () => {
  await tested.deps.db.transaction(cptsId, (tx) =>
    sendNotice(tx, { actor: systemActor(cptsId), now }, { kind: 'slot-freed', to: { practitionerId } }),
  )
  const [queued] = await prepare(tested, (tx) => tx.select().from(outbox).where(eq(outbox.cptsId, cptsId)))
  const payload = { ...queued?.payload, cptsId }
  await Promise.all([spreadNotice(deps(), payload), spreadNotice(deps(), payload)])
  await Promise.all([deliverDue(deps()), deliverDue(deps()), deliverDue(deps())])
  expect(mails).toHaveLength(1)
})
