import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, someoneWho, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { resetSecondFactor } from '../../cli/reset-second-factor.ts'
import { nameOfTotp } from '../../kernel/accounts/check-code.ts'
import { hasSecondFactor } from '../../kernel/accounts/second-factors.store.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { totpFactors } from '../../kernel/tables/second-factor.table.ts'
import { secondFactorResets } from '../../kernel/tables/second-factor-reset.table.ts'
import { readConfig } from '../../platform/config.ts'
import { wrap } from '../../platform/session/key-wrap.ts'

type Someone = Awaited<ReturnType<typeof someoneWho>>

let tested: TestApp
let now: Date
let cptsId: CptsId
let ana: Someone
let bob: Someone
let eva: Someone
/** Whose telephone is lost. */
let lost: Someone & { email: string }
let count = 0

beforeAll(async () => {
  now = new Date('2026-03-02T09:00:00Z')
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'administrator' })
  bob = await someoneWho(tested, { cptsId, role: 'administrator' })
  eva = await someoneWho(tested, { cptsId, role: 'coordinator' })
  count += 1
  const email = `telephone-perdu${count}@essai.example`
  const accountId = await anAccount(tested, { email })
  const { membershipId } = await aMembership(tested, accountId, { cptsId, role: 'coordinator' })
  const opened = await post('/sessions', {}, { email, password: testPassword })
  lost = { accountId, membershipId, email, headers: { authorization: `Bearer ${opened.json().accessToken}` } }
  await prepare(tested, async (tx) => {
    await tx.update(accounts).set({ isSecondFactorExempt: false }).where(eq(accounts.id, accountId))
    const wrappedSecret = wrap(tested.deps.masterKey, 'of an authenticator', nameOfTotp(accountId))
    const factor = { id: crypto.randomUUID(), accountId, wrappedSecret, createdAt: now, confirmedAt: now }
    await tx.insert(totpFactors).values(factor)
  })
})

const post = (path: string, headers: object = {}, payload?: object) =>
  tested.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: { ...headers },
    payload,
    remoteAddress: `10.8.${count % 200}.1`,
  })
const codeOf = ({ statusCode, json }: LightMyRequestResponse): unknown => (statusCode < 300 ? statusCode : json().code)
const ask = (by: Someone, of: Someone = lost) => post(`/members/${of.accountId}/second-factor-resets`, by.headers)
const confirm = (by: Someone, id: string) => post(`/second-factor-resets/${id}/confirmation`, by.headers)
const isProtected = () => tested.deps.db.global((tx) => hasSecondFactor(tx, lost.accountId))
const aRequest = async (by = ana): Promise<string> => (await ask(by)).json().id
const toldTo = async (email: string): Promise<string[]> => {
  const rows = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.email, email)))
  return rows.map(({ kind }) => kind)
}
const linkTo = (purpose: 'second-factor-proof' | 'second-factor-objection', subjectId: string): Promise<string> =>
  tested.deps.db.transaction(cptsId, (tx) => {
    const expiresAt = new Date(now.getTime() + 72 * 3_600_000)
    return issueLink(tx, { cptsId, purpose, subjectId, expiresAt, now })
  })
const requestOf = async (): Promise<string> => {
  const ofPerson = and(eq(secondFactorResets.accountId, lost.accountId), eq(secondFactorResets.cptsId, cptsId))
  const [row] = await prepare(tested, (tx) => tx.select().from(secondFactorResets).where(ofPerson))
  return row?.id ?? ''
}

describe('by two people', () => {
  test('one asks, another confirms: the factor and every session end, and the person is told twice', async () => {
    const id = await aRequest()
    expect(await isProtected()).toBe(true)
    expect(codeOf(await confirm(bob, id))).toBe(204)
    expect(await isProtected()).toBe(false)
    const me = await tested.app.inject({ url: '/api/v1/me', headers: lost.headers })
    expect(codeOf(me)).toBe('session-ended')
    const again = await post('/sessions', {}, { email: lost.email, password: testPassword })
    expect(again.json()).toMatchObject({ mustEnrol: true })
    expect(await toldTo(lost.email)).toEqual(['second-factor-reset-asked', 'second-factor-reset-done'])
    const trail = await prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)))
    const acts = trail.filter(({ action }) => action.endsWith(lost.accountId))
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual([
      [`second-factor.reset-asked ${lost.accountId}`, ana.accountId],
      [`second-factor.reset ${lost.accountId}`, bob.accountId],
    ])
  })

  test('neither who asked, nor the person, nor another role, nor another CPTS confirms', async () => {
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'administrator' })
    const doctor = await someoneWho(tested, { cptsId, role: 'practitioner' })
    const id = await aRequest()
    expect(codeOf(await confirm(ana, id))).toBe('role-may-not')
    expect(codeOf(await confirm(lost, id))).toBe('role-may-not')
    expect(codeOf(await confirm(doctor, id))).toBe('role-may-not')
    expect(codeOf(await confirm(elsewhere, id))).toBe('not-found')
    expect(codeOf(await ask(elsewhere))).toBe('not-found')
    expect(codeOf(await ask(lost))).toBe('role-may-not')
    expect(await isProtected()).toBe(true)
  })

  test('of two who confirm at once, one does; a second request while one is open is refused', async () => {
    const id = await aRequest()
    expect(codeOf(await ask(bob))).toBe('already-exists')
    const both = await Promise.all([confirm(bob, id), confirm(eva, id)])
    expect(both.map(codeOf).map(String).sort()).toEqual(['204', 'wrong-status'])
  })

  test('it is over after three days, and another may then be asked', async () => {
    const id = await aRequest()
    now = new Date(now.getTime() + 73 * 3_600_000)
    // Tokens of ten minutes are long gone.
    const fresh = async (one: Someone): Promise<Someone> => {
      const [row] = await prepare(tested, (tx) => tx.select().from(accounts).where(eq(accounts.id, one.accountId)))
      const opened = await post('/sessions', {}, { email: row?.email, password: testPassword })
      return { ...one, headers: { authorization: `Bearer ${opened.json().accessToken}` } }
    }
    expect(codeOf(await confirm(await fresh(bob), id))).toBe('wrong-status')
    expect(codeOf(await ask(await fresh(ana)))).toBe(201)
  })

  test('who asked and lost their role since counts no more; nor does who confirms', async () => {
    const id = await aRequest(eva)
    const end = (one: Someone) =>
      prepare(tested, (tx) => tx.update(memberships).set({ endedAt: now }).where(eq(memberships.id, one.membershipId)))
    await end(bob)
    expect(codeOf(await confirm(bob, id))).toBe('role-may-not')
    await end(eva)
    expect(codeOf(await confirm(ana, id))).toBe('wrong-status')
    expect(await isProtected()).toBe(true)
  })

  test('the person objects by the link of the message, and nothing happens', async () => {
    const id = await aRequest()
    const token = await linkTo('second-factor-objection', id)
    expect(codeOf(await post('/second-factor-resets/objection', {}, { token }))).toBe(204)
    expect(codeOf(await post('/second-factor-resets/objection', {}, { token }))).toBe('not-found')
    expect(codeOf(await confirm(bob, id))).toBe('wrong-status')
    expect(await isProtected()).toBe(true)
  })

  test('whoever may answer can refuse, and what was refused stays so', async () => {
    const id = await aRequest()
    expect(codeOf(await post(`/second-factor-resets/${id}/refusal`, eva.headers))).toBe(204)
    expect(codeOf(await confirm(bob, id))).toBe('wrong-status')
  })

  test('nothing is asked for who has nothing to lose', async () => {
    expect(codeOf(await ask(ana, eva))).toBe('wrong-status')
  })
})

describe('by mail and an administrator', () => {
  const askByMail = (password = testPassword) => post('/second-factor-resets', {}, { email: lost.email, password })

  test('the password, then the mailbox, then an administrator: none of them alone', async () => {
    expect(codeOf(await askByMail('not this one'))).toBe('wrong-credentials')
    expect(codeOf(await askByMail())).toBe(202)
    expect(await toldTo(lost.email)).toEqual(['second-factor-reset-proof'])
    const id = await requestOf()
    expect(codeOf(await confirm(ana, id))).toBe('not-found')
    const token = await linkTo('second-factor-proof', id)
    expect(codeOf(await post('/second-factor-resets/proof', {}, { token }))).toBe(204)
    expect(codeOf(await post('/second-factor-resets/proof', {}, { token }))).toBe('not-found')
    expect(codeOf(await confirm(eva, id))).toBe('role-may-not')
    expect(await isProtected()).toBe(true)
    expect(codeOf(await confirm(ana, id))).toBe(204)
    expect(await isProtected()).toBe(false)
  })

  test('one that nobody proved keeps no colleague from asking', async () => {
    await askByMail()
    expect(codeOf(await ask(ana))).toBe(201)
  })

  test('the database itself refuses one person in both places', async () => {
    const id = await aRequest()
    const alone = prepare(tested, (tx) =>
      tx
        .update(secondFactorResets)
        .set({ status: 'done', decidedBy: ana.accountId, decidedAt: now })
        .where(eq(secondFactorResets.id, id)),
    )
    await expect(alone).rejects.toMatchObject({ cause: { constraint: 'second_factor_resets_two_people' } })
  })
})

test('an operator takes it away where nobody else can confirm', async () => {
  const said: string[] = []
  const context = {
    config: readConfig({}, '/nowhere'),
    migrations: [],
    now: () => now,
    db: tested.deps.db,
    asOwner: tested.database.asOwner,
    say: (line: string) => void said.push(line),
  }
  await resetSecondFactor.run(context, ['--email', lost.email])
  expect(await isProtected()).toBe(false)
  expect(said[0]).toContain(lost.email)
  expect(await toldTo(lost.email)).toEqual(['second-factor-reset-done'])
  await expect(resetSecondFactor.run(context, ['--email', 'personne@nulle-part.example'])).rejects.toThrow(
    'Aucun compte',
  )
})
