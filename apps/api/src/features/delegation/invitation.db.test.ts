import type { CptsId, DelegationId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, anAccount, someoneWho, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { firstSignIn } from '../../../test/builders/enrolled.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'

let tested: TestApp
let cptsId: CptsId
let shiftMs = 0
type Headers = { authorization: string }
let doctor: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date(Date.now() + shiftMs) })
  cptsId = await aCpts(tested, { name: 'CPTS des Essais' })
  const practitionerId = await aPractitioner(tested, cptsId, { lastName: 'Invitant' })
  doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId })).headers
})
afterAll(() => tested.close())
beforeEach(() => {
  shiftMs = 0
})

const call = (headers: Headers | undefined, path: string, payload: object) =>
  tested.app.inject({ method: 'POST', url: `/api/v1${path}`, ...(headers ? { headers } : {}), payload })

let count = 0
async function invite(over: { email?: string; displayName?: string } = {}) {
  count += 1
  const body = { email: `invitee${count}@essai.example`, displayName: 'Sacha 🌿 Essai', rights: ['answer-proposals'] }
  const answer = await call(doctor, '/delegations', { ...body, ...over })
  return { answer, delegation: answer.json() as { id: DelegationId; version: number; email: string } }
}

/** What the job that sends the message does: only it ever holds the link. */
const linkOf = ({ id }: { id: DelegationId }) =>
  tested.deps.db.transaction(cptsId, (tx) => {
    const now = tested.deps.now()
    const expiresAt = new Date(now.getTime() + 7 * 86_400_000)
    return issueLink(tx, { cptsId, purpose: 'delegation-invitation', subjectId: id, expiresAt, now })
  })

const read = (token: string) => call(undefined, '/delegation-invitations/reading', { token })
const accept = (token: string, password?: string) =>
  call(undefined, '/delegation-invitations/acceptance', { token, ...(password ? { password } : {}) })

test('the invited person reads who invites them, chooses a password, and acts', async () => {
  const { answer, delegation } = await invite()
  expect([answer.statusCode, answer.json().status]).toEqual([201, 'invited'])
  const token = await linkOf(delegation)
  expect((await read(token)).json()).toMatchObject({
    practitioner: 'Dr Alix Invitant',
    cpts: 'CPTS des Essais',
    rights: ['answer-proposals'],
    choosesPassword: true,
  })
  expect((await accept(token)).json().errors).toEqual([expect.objectContaining({ pointer: '/password' })])
  expect((await accept(token, 'trop court')).statusCode).toBe(422)
  expect((await accept(token, testPassword)).json()).toEqual({ email: delegation.email })
  const { headers } = await firstSignIn(tested, delegation)
  const mine = await tested.app.inject({ url: '/api/v1/delegations', headers })
  expect(mine.json().items).toMatchObject([{ id: delegation.id, status: 'active' }])
})

test('a link serves once, even for two at the same moment', async () => {
  const { delegation } = await invite()
  const token = await linkOf(delegation)
  const answers = await Promise.all([accept(token, testPassword), accept(token, `${testPassword} bis`)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 404])
  expect((await accept(token, testPassword)).statusCode).toBe(404)
  expect((await read(token)).statusCode).toBe(404)
})

test('late, taken back, sent anew or invented: the same answer', async () => {
  const late = await invite()
  const lateToken = await linkOf(late.delegation)
  shiftMs = 8 * 86_400_000
  expect((await read(lateToken)).statusCode).toBe(404)
  expect((await accept(lateToken, testPassword)).statusCode).toBe(404)
  shiftMs = 0
  const back = await invite()
  const backToken = await linkOf(back.delegation)
  await call(doctor, `/delegations/${back.delegation.id}/end`, { version: back.delegation.version })
  expect((await accept(backToken, testPassword)).statusCode).toBe(404)
  const again = await invite()
  const first = await linkOf(again.delegation)
  await call(doctor, `/delegations/${again.delegation.id}/invitation`, { version: again.delegation.version })
  expect((await read(first)).statusCode).toBe(404)
  expect((await read(await linkOf(again.delegation))).statusCode).toBe(200)
  expect((await read('invente')).statusCode).toBe(404)
})

test('who has an account keeps its password: the link alone opens nothing of it', async () => {
  const email = 'connue@essai.example'
  await anAccount(tested, { email })
  const { delegation } = await invite({ email: 'Connue@Essai.example' })
  const token = await linkOf(delegation)
  expect((await read(token)).json().choosesPassword).toBe(false)
  expect((await accept(token, 'un mot de passe tout autre')).statusCode).toBe(200)
  const wrong = await call(undefined, '/sessions', { email, password: 'un mot de passe tout autre' })
  expect(wrong.json().code).toBe('wrong-credentials')
  expect((await call(undefined, '/sessions', { email, password: testPassword })).statusCode).toBe(201)
})

test('one invites somebody once at a time, and may again once it ended', async () => {
  const { delegation } = await invite()
  const { email } = delegation
  expect((await invite({ email })).answer.json().code).toBe('already-exists')
  await call(doctor, `/delegations/${delegation.id}/end`, { version: delegation.version })
  expect((await invite({ email })).answer.statusCode).toBe(201)
})

test('the message names nobody: neither the practitioner nor the invited person', async () => {
  const { delegation } = await invite()
  const [kept] = await prepare(tested, (tx) =>
    tx
      .select()
      .from(notices)
      .where(and(eq(notices.cptsId, cptsId), eq(notices.about, delegation.id))),
  )
  expect(kept).toMatchObject({ kind: 'delegation-invitation', email: delegation.email, values: { jours: 7 } })
})

test('nobody without a card of the directory names a secretary', async () => {
  const body = { email: 'x@essai.example', displayName: 'X', rights: ['slots'] }
  for (const role of ['coordinator', 'requester', 'administrator', 'hospital_staff'] as const) {
    const { headers } = await someoneWho(tested, { cptsId, role })
    expect((await call(headers, '/delegations', body)).json().code).toBe('role-may-not')
  }
  const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner' })
  expect((await call(headers, '/delegations', body)).json().code).toBe('role-may-not')
  expect((await call(doctor, '/delegations', { ...body, rights: [] })).statusCode).toBe(422)
  expect((await call(doctor, '/delegations', { ...body, rights: ['slots', 'slots'] })).statusCode).toBe(422)
})
