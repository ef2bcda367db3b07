import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { issueLink } from '../../../kernel/links/links.ts'
import { notices } from '../../../kernel/notices/notices.table.ts'
import { auditEntries } from '../../../kernel/tables/audit.table.ts'
import { practitioners } from '../../../kernel/tables/practitioner.table.ts'
import { withoutRest } from '../../../platform/jobs/pace.ts'
import { askConfirmations } from './ask-confirmations.ts'

let tested: TestApp
let cptsId: CptsId
const start = new Date('2026-09-02T09:00:00Z')
let now = start
const old = new Date('2026-02-01T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  now = start
  cptsId = await aCpts(tested)
})

const ask = () => askConfirmations(tested.deps, cptsId, withoutRest)
const told = () =>
  prepare(tested, (tx) =>
    tx
      .select({ practitionerId: notices.practitionerId, email: notices.email, link: notices.link })
      .from(notices)
      .where(eq(notices.cptsId, cptsId)),
  )

describe('the confirmation of cards', () => {
  test('is asked of whoever can be written to and has not confirmed for half a year, once', async () => {
    const signedIn = await aPractitioner(tested, cptsId, { createdAt: old })
    await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: signedIn })
    const written = await aPractitioner(tested, cptsId, { createdAt: old, practiceEmail: 'cabinet@essai.example' })
    await aPractitioner(tested, cptsId, { createdAt: old, lastName: 'Injoignable' })
    await aPractitioner(tested, cptsId, { createdAt: old, practiceEmail: 'parti@essai.example', goneAt: now })
    const confirmedAt = new Date('2026-08-01T09:00:00Z')
    await aPractitioner(tested, cptsId, { createdAt: old, confirmedAt, practiceEmail: 'frais@essai.example' })
    expect(await ask()).toBe(2)
    expect(await told()).toEqual(
      expect.arrayContaining([
        {
          practitionerId: signedIn,
          email: null,
          link: { purpose: 'directory-confirm', subjectId: signedIn, days: 30 },
        },
        {
          practitionerId: null,
          email: 'cabinet@essai.example',
          link: { purpose: 'directory-confirm', subjectId: written, days: 30 },
        },
      ]),
    )
    expect(await ask()).toBe(0)
    now = new Date('2027-03-10T09:00:00Z')
    expect(await ask()).toBe(3)
  })

  test('of two runs at once, asks each person once', async () => {
    await aPractitioner(tested, cptsId, { createdAt: old, practiceEmail: 'cabinet@essai.example' })
    const asked = await Promise.all([ask(), ask()])
    expect(asked.sort()).toEqual([0, 1])
    expect(await told()).toHaveLength(1)
  })
})

describe('the link of a message', () => {
  let id: PractitionerId
  let token: string
  beforeEach(async () => {
    id = await aPractitioner(tested, cptsId, { lastName: '<Lévy> & 🌿', practicePhone: '+33556000001' })
    const expiresAt = new Date(now.getTime() + 86_400_000)
    token = await tested.deps.db.transaction(cptsId, (tx) =>
      issueLink(tx, { cptsId, purpose: 'directory-confirm', subjectId: id, expiresAt, now }),
    )
  })
  const open = () => tested.app.inject({ url: `/annuaire/confirmation/${token}` })
  async function tap(page: Awaited<ReturnType<typeof open>>, version = '1') {
    const formToken = /name="formToken" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return tested.app.inject({
      method: 'POST',
      url: `/annuaire/confirmation/${token}`,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ formToken, version }).toString(),
    })
  }
  const confirmed = async () => {
    const [row] = await prepare(tested, (tx) =>
      tx
        .select({ by: practitioners.confirmedBy })
        .from(practitioners)
        .where(and(eq(practitioners.id, id), isNotNull(practitioners.confirmedAt))),
    )
    return row?.by
  }

  test('shows the card and confirms it in one tap, which the trail keeps in the person’s place', async () => {
    const page = await open()
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Tout est juste')
    expect(page.body).toContain('&lt;Lévy&gt; &amp; 🌿')
    expect(await confirmed()).toBeUndefined()
    expect((await tap(page)).body).toContain('votre fiche est confirmée')
    expect(await confirmed()).toBe('link')
    expect((await open()).body).toContain('votre fiche est confirmée')
    const trail = await prepare(tested, (tx) =>
      tx
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.action, `practitioner.confirm-card ${id}`)),
    )
    expect(trail).toMatchObject([{ role: 'system', onBehalf: true, onBehalfOf: id }])
  })

  test('tapped twice at once, confirms once', async () => {
    const page = await open()
    const answers = await Promise.all([tap(page), tap(page)])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  })

  test('does not confirm a card that changed since it was shown', async () => {
    const page = await open()
    await prepare(tested, (tx) => tx.update(practitioners).set({ version: 2 }).where(eq(practitioners.id, id)))
    const answer = await tap(page)
    expect([answer.statusCode, answer.body.includes('a changé entre-temps')]).toEqual([409, true])
    expect(await confirmed()).toBeUndefined()
  })

  test('expired, unknown, or sent by another page, confirms nothing', async () => {
    const page = await open()
    now = new Date(now.getTime() + 2 * 86_400_000)
    expect((await open()).statusCode).toBe(404)
    expect((await tap(page)).statusCode).toBe(404)
    now = start
    const forged = await tested.app.inject({
      method: 'POST',
      url: `/annuaire/confirmation/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'version=1',
    })
    expect(forged.statusCode).toBe(400)
    expect(await confirmed()).toBeUndefined()
  })
})
