import type { CptsId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aVirtualKey } from '../../../test/builders/a-virtual-key.ts'
import { aCpts, aMembership, anAccount, someoneWho, testPassword } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { codeOf as codeShown, firstSignIn } from '../../../test/builders/enrolled.ts'
import { resetSecondFactor } from '../../cli/reset-second-factor.ts'
import { issueLink } from '../../kernel/links/links.ts'
import { notices } from '../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { readConfig } from '../../platform/config.ts'

// A reset leaves nothing behind that would open the account again, and nobody whom it concerns in the dark.

type Someone = Awaited<ReturnType<typeof someoneWho>>

let tested: TestApp
let now = new Date('2026-03-02T09:00:00Z')
let cptsId: CptsId
let ana: Someone
let bob: Someone
let eva: Someone
let lost: Awaited<ReturnType<typeof protectedInEachWay>>
let count = 0

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  count += 1
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'administrator' })
  bob = await someoneWho(tested, { cptsId, role: 'administrator' })
  eva = await someoneWho(tested, { cptsId, role: 'coordinator' })
  lost = await protectedInEachWay(`chaque-preuve${count}@essai.example`)
})

const call = (method: 'GET' | 'POST', path: string, headers: object = {}, payload?: object) =>
  tested.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers },
    payload,
    remoteAddress: `10.11.${count}.1`,
  })
const codeOf = ({ statusCode, json }: LightMyRequestResponse): unknown => (statusCode < 300 ? statusCode : json().code)
const bearerOf = (answer: LightMyRequestResponse) => ({ authorization: `Bearer ${answer.json().accessToken}` })
const ask = async (by: Someone): Promise<string> =>
  (await call('POST', `/members/${lost.accountId}/second-factor-resets`, by.headers)).json().id
const answer = (by: Someone, id: string, word: 'confirmation' | 'refusal') =>
  call('POST', `/second-factor-resets/${id}/${word}`, by.headers)
const askByMail = () => call('POST', '/second-factor-resets', {}, { email: lost.email, password: testPassword })
const trailOf = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)))
  return rows.map(({ action, actorId }) => `${action} by ${actorId}`)
}
const toldOf = async (kind: string) => {
  const rows = await prepare(tested, (tx) => tx.select().from(notices).where(eq(notices.cptsId, cptsId)))
  return rows.flatMap((row) => (row.kind === kind ? [row.accountId ?? row.email] : [])).sort()
}

/** Somebody with an authenticator, recovery codes, a key, and a browser that is asked for no code. */
async function protectedInEachWay(email: string) {
  const accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
  await aMembership(tested, accountId, { cptsId, role: 'coordinator' })
  const { secret, recoveryCodes } = await firstSignIn(tested, { email })
  now = new Date(now.getTime() + 60_000)
  const typed = { email, password: testPassword }
  const code = codeShown(tested, secret)
  const opened = await call('POST', '/sessions', {}, { ...typed, code, rememberDevice: true })
  const headers = bearerOf(opened)
  const key = aVirtualKey()
  const made = key.make((await call('POST', '/me/passkeys/options', headers)).json())
  expect(codeOf(await call('POST', '/me/passkeys', headers, { name: 'Clé', made }))).toBe(201)
  const device = opened.cookies.find(({ name }) => name === 'maillage_device')?.value
  const enter = async () => {
    const challenge = (await call('POST', '/sessions/passkey/options')).json()
    return {
      key: codeOf(await call('POST', '/sessions/passkey', {}, { signed: key.sign(challenge) })),
      code: codeOf(await call('GET', '/me/second-factor', headers)),
    }
  }
  return { accountId, email, headers, recoveryCodes, enter, remembered: { cookie: `maillage_device=${device}` } }
}

const operator = () =>
  resetSecondFactor.run(
    {
      config: readConfig({}, '/nowhere'),
      migrations: [],
      now: () => now,
      db: tested.deps.db,
      asOwner: tested.database.asOwner,
      say: () => undefined,
    },
    ['--email', lost.email],
  )
const twoPeople = async () => void (await answer(bob, await ask(ana), 'confirmation'))

describe.each([
  ['two people', twoPeople],
  ['the operator', operator],
])('once %s took it away', (_who, takeAway) => {
  test('neither key, recovery code, remembered browser nor open session serves; the owner and the trail know', async () => {
    expect(await lost.enter()).toEqual({ key: 201, code: 200 })
    await takeAway()
    expect(await lost.enter()).toEqual({ key: 'passkey-refused', code: 'session-ended' })
    const typed = { email: lost.email, password: testPassword }
    const again = await call('POST', '/sessions', lost.remembered, { ...typed, code: lost.recoveryCodes[0] })
    // Not protected any more: what was enrolled later takes back no browser and no code of before.
    expect([codeOf(again), again.json().mustEnrol]).toEqual([201, true])
    const fresh = bearerOf(again)
    expect((await call('GET', '/me/second-factor', fresh)).json()).toMatchObject({
      totp: null,
      passkeys: [],
      recoveryCodes: null,
      devices: [],
    })
    expect(await toldOf('second-factor-reset-done')).toEqual([lost.email])
    expect(await trailOf()).toContain(`second-factor.reset by ${lost.accountId}`)
  })
})

test('what the operator did leaves colleagues nothing to confirm', async () => {
  const id = await ask(ana)
  await operator()
  expect(codeOf(await answer(bob, id, 'confirmation'))).toBe('wrong-status')
})

test('whoever may answer is told, but neither who asked nor the person', async () => {
  await ask(ana)
  expect(await toldOf('second-factor-reset-waits')).toEqual([bob.accountId, eva.accountId].sort())
})

test('one asked by mail is told to administrators alone once it was proved, and stands in the trail', async () => {
  expect(codeOf(await askByMail())).toBe(202)
  expect(await toldOf('second-factor-reset-waits')).toEqual([])
  const found = await prepare(tested, (tx) =>
    tx.execute<{ id: string }>(`select id from second_factor_resets where account_id = '${lost.accountId}'`),
  )
  const subjectId = found.rows[0]?.id ?? ''
  const token = await tested.deps.db.transaction(cptsId, (tx) => {
    const expiresAt = new Date(now.getTime() + 3_600_000)
    return issueLink(tx, { cptsId, purpose: 'second-factor-proof', subjectId, expiresAt, now })
  })
  expect(codeOf(await call('POST', '/second-factor-resets/proof', {}, { token }))).toBe(204)
  expect(await toldOf('second-factor-reset-waits')).toEqual([ana.accountId, bob.accountId].sort())
  expect(await toldOf('second-factor-reset-asked')).toEqual([lost.email])
  expect(await trailOf()).toContain(`second-factor.reset-asked by ${lost.accountId}`)
})

test('who knows the password fills nobody’s mailbox: each message is a try, though the password is right', async () => {
  const codes: unknown[] = []
  for (let left = 7; left > 0; left -= 1) codes.push(codeOf(await askByMail()))
  expect(codes.at(-1)).toBe('too-many-requests')
})

test('a refusal leaves a line, and who asked from an account closed since counts no more', async () => {
  const refused = await ask(ana)
  expect(codeOf(await answer(eva, refused, 'refusal'))).toBe(204)
  expect(await trailOf()).toContain(`second-factor.reset-refused ${lost.accountId} by ${eva.accountId}`)
  const id = await ask(ana)
  await prepare(tested, (tx) => tx.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, ana.accountId)))
  expect(codeOf(await answer(bob, id, 'confirmation'))).toBe('wrong-status')
})
