import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { auditEntries } from '../../../kernel/tables/audit.table.ts'
import { publicationConsents } from '../../../kernel/tables/practice.table.ts'
import { practitioners } from '../../../kernel/tables/practitioner.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
let id: PractitionerId
let self: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
  id = await aPractitioner(tested, cptsId, { importedAt: now, practicePhone: '+33556000001', practiceName: 'Cabinet' })
  self = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
})

type Person = typeof ana
const call = (method: 'GET' | 'POST' | 'PUT', path: string, who: Person, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1/practitioners/${id}${path}`, payload, headers: who.headers })
const card = async (who = self) => (await call('GET', '/card', who)).json()
const change = (who: Person, body: object) => call('PUT', '/card', who, body)
const shownTo = async (who: Person) => (await call('GET', '', who)).json()
const row = async () => {
  const [found] = await prepare(tested, (tx) => tx.select().from(practitioners).where(eq(practitioners.id, id)))
  return found
}
const audited = (action: string) =>
  prepare(tested, (tx) =>
    tx
      .select({ to: auditEntries.toStatus, onBehalf: auditEntries.onBehalf, role: auditEntries.role })
      .from(auditEntries)
      .where(and(eq(auditEntries.cptsId, cptsId), like(auditEntries.action, `${action}%`)))
      .orderBy(auditEntries.position),
  )
const sourceOf = (read: { sources: { field: string }[] }, field: string) =>
  read.sources.find((one) => one.field === field)

describe('a card', () => {
  test('is changed by its owner, who thereby confirms it, and each field says where it comes from', async () => {
    const answer = await change(self, {
      practicePhone: '+33556000002',
      mssanteAddress: 'alix.essai@medecin.mssante.example',
      practiceHours: 'le matin 🌞',
      languages: ['français', 'occitan'],
      teleconsultation: true,
      profile: { homeVisits: true, children: false, longTerm: true },
      sites: [{ municipality: '33039', name: 'Annexe', phone: '+33556000003', accessible: true, hours: 'jeudi' }],
      version: 1,
    })
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      {
        practicePhone: '+33556000002',
        practiceHours: 'le matin 🌞',
        teleconsultation: true,
        sites: [{ name: 'Annexe', municipality: { code: '33039', name: 'Bègles' }, accessible: true, hours: 'jeudi' }],
        profile: { homeVisits: true, children: false, longTerm: true },
        confirmation: { at: now.toISOString(), by: 'self' },
        version: 2,
      },
    ])
    const read = await card()
    expect(sourceOf(read, 'practicePhone')).toEqual({ field: 'practicePhone', from: 'self', at: now.toISOString() })
    expect(sourceOf(read, 'sites')).toMatchObject({ from: 'self' })
    expect(sourceOf(read, 'practice')).toMatchObject({ from: 'import' })
    expect(sourceOf(read, 'accessible')).toEqual({ field: 'accessible', from: 'none', at: null })
    expect((await row())?.enteredByPerson).toEqual(
      expect.arrayContaining(['practice_phone', 'mssante_address', 'other_sites', 'languages']),
    )
    expect(await audited(`practitioner.change-card ${id}`)).toEqual([
      { to: null, onBehalf: false, role: 'practitioner' },
    ])
  })

  test('is changed on behalf by the coordinator: traced so, and not confirmed by it', async () => {
    expect((await change(ana, { practiceHours: 'le soir', version: 1 })).statusCode).toBe(200)
    const read = await card()
    expect(sourceOf(read, 'practiceHours')).toMatchObject({ from: 'coordinator' })
    expect(read.confirmation.at).toBeNull()
    expect(await audited('practitioner.change-card')).toEqual([{ to: null, onBehalf: true, role: 'coordinator' }])
  })

  test('is nobody else’s: another practitioner, another CPTS, another role', async () => {
    const other = await aPractitioner(tested, cptsId)
    const colleague = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: other })
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const requester = await someoneWho(tested, { cptsId, role: 'requester' })
    for (const [who, status] of [
      [colleague, 403],
      [elsewhere, 404],
      [requester, 403],
    ] as const) {
      expect((await change(who, { practiceHours: 'jamais', version: 1 })).statusCode).toBe(status)
      expect((await call('GET', '/card', who)).statusCode).toBe(status)
      expect((await call('POST', '/confirmation', who, { version: 1 })).statusCode).toBe(status)
      expect((await call('POST', '/publication', who, { scope: 'internal', given: true })).statusCode).toBe(status)
    }
  })

  test('is refused when somebody changed it meanwhile, or of two at once one is kept', async () => {
    const both = await Promise.all([
      change(self, { practiceHours: 'un', version: 1 }),
      change(ana, { practiceHours: 'deux', version: 1 }),
    ])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect((await change(self, { practiceHours: 'trois', version: 1 })).json().code).toBe('version-stale')
  })

  test('names the field that is wrong', async () => {
    expect((await change(self, { municipality: '99999', version: 1 })).json().errors).toEqual([
      { pointer: '/municipality', code: 'unknown' },
    ])
    const sites = [{ municipality: '33063' }, { municipality: '99999' }]
    expect((await change(self, { sites, version: 1 })).json().errors).toEqual([
      { pointer: '/sites/1/municipality', code: 'unknown' },
    ])
    expect((await change(self, { mssanteAddress: 'pas une adresse', version: 1 })).statusCode).toBe(422)
  })

  test('does not open a new period of places by saying whom one takes', async () => {
    const declared = {
      places: 3,
      municipalities: [],
      accepts: { homeVisits: false, children: true, longTerm: true, newPatients: true },
    }
    await call('PUT', '/intake-capacity', self, { ...declared, version: 0 })
    await change(self, { profile: { homeVisits: true, children: false, longTerm: false }, version: 1 })
    expect((await call('GET', '/intake-capacity', self)).json()).toMatchObject({
      places: 3,
      remaining: 3,
      accepts: { homeVisits: true, children: false, longTerm: false, newPatients: true },
    })
  })

  test('shows who practises at the same address', async () => {
    const line = '12 place des Essais'
    await prepare(tested, (tx) => tx.update(practitioners).set({ practiceLine: line }).where(eq(practitioners.id, id)))
    await aPractitioner(tested, cptsId, { lastName: 'Voisine', practiceLine: line.toUpperCase() })
    await aPractitioner(tested, cptsId, { lastName: 'Ailleurs', practiceLine: line, municipalityCode: '33039' })
    expect((await card()).colleagues.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      'Dr Alix Voisine',
    ])
  })
})

describe('freshness', () => {
  test('the owner says that all is right, or the coordinator by phone, of the card as it was read', async () => {
    expect((await call('POST', '/confirmation', self, { version: 1 })).json().confirmation).toEqual({
      at: now.toISOString(),
      by: 'self',
      askedAt: null,
    })
    expect((await call('POST', '/confirmation', ana, { version: 1 })).json().code).toBe('version-stale')
    const phoned = await call('POST', '/confirmation', ana, { version: 2 })
    expect(phoned.json().confirmation).toMatchObject({ at: now.toISOString(), by: 'phone' })
    expect(await audited('practitioner.confirm-card')).toMatchObject([{ onBehalf: false }, { onBehalf: true }])
  })

  test('is a filter: what was never confirmed, or half a year ago, is to be confirmed', async () => {
    const listed = async (freshness: string) =>
      (await tested.app.inject({ url: `/api/v1/practitioners?freshness=${freshness}`, headers: ana.headers })).json()
        .items.length
    await aPractitioner(tested, cptsId, { confirmedAt: new Date('2025-08-31T09:00:00Z') })
    await aPractitioner(tested, cptsId, { confirmedAt: new Date('2025-09-03T09:00:00Z') })
    expect([await listed('stale'), await listed('fresh')]).toEqual([2, 1])
    await call('POST', '/confirmation', self, { version: 1 })
    expect([await listed('stale'), await listed('fresh')]).toEqual([1, 2])
  })
})

describe('publication', () => {
  const answer = (who: Person, body: object) => call('POST', '/publication', who, body)

  test('is asked, dated, withdrawn at any time, and every answer is kept', async () => {
    await answer(self, { scope: 'internal', given: true })
    await answer(self, { scope: 'internal', given: true })
    await answer(self, { scope: 'internal', given: false })
    const read = await answer(ana, { scope: 'public', given: true, channel: 'paper' })
    expect(read.json().publication).toEqual({
      internal: false,
      public: true,
      history: [
        { scope: 'public', given: true, channel: 'paper', at: now.toISOString() },
        { scope: 'internal', given: false, channel: 'self', at: now.toISOString() },
        { scope: 'internal', given: true, channel: 'self', at: now.toISOString() },
      ],
    })
    expect(await audited('practitioner.publication')).toMatchObject([
      { to: 'given', onBehalf: false },
      { to: 'refused', onBehalf: false },
      { to: 'given', onBehalf: true },
    ])
    const rewrite = tested.deps.db.transaction(cptsId, (tx) => tx.update(publicationConsents).set({ given: true }))
    await expect(rewrite).rejects.toThrow()
  })

  test('says how the answer came when somebody else writes it down', async () => {
    expect((await answer(ana, { scope: 'public', given: true })).json().errors).toEqual([
      { pointer: '/channel', code: 'required' },
    ])
    expect((await answer(self, { scope: 'public', given: true, channel: 'phone' })).json().errors).toEqual([
      { pointer: '/channel', code: 'not-allowed' },
    ])
  })

  test('never asked: what the public extraction gave is shown, what was typed is not', async () => {
    const colleague = await someoneWho(tested, { cptsId, role: 'requester' })
    await change(ana, { practiceEmail: 'cabinet@essai.example', version: 1 })
    expect(await shownTo(colleague)).toMatchObject({
      practicePhone: '+33556000001',
      practiceEmail: null,
      contactsShown: true,
      publication: null,
    })
    await change(ana, { practicePhone: '+33600000001', version: 2 })
    expect(await shownTo(colleague)).toMatchObject({ practicePhone: null, contactsShown: false })
    expect(await shownTo(self)).toMatchObject({ practicePhone: '+33600000001' })
    expect(await shownTo(ana)).toMatchObject({ practicePhone: '+33600000001', publication: { internal: null } })
  })

  test('refused, no contact is shown to anybody but the coordinator; accepted, all of them are', async () => {
    const reader = await someoneWho(tested, { cptsId, role: 'requester' })
    await change(self, {
      practiceEmail: 'cabinet@essai.example',
      sites: [{ municipality: '33039', phone: '+33556000009' }],
      version: 1,
    })
    await answer(self, { scope: 'internal', given: false })
    expect(await shownTo(reader)).toMatchObject({
      practicePhone: null,
      practiceEmail: null,
      contactsShown: false,
      sites: [{ phone: null, municipality: { code: '33039' } }],
    })
    await answer(self, { scope: 'internal', given: true })
    expect(await shownTo(reader)).toMatchObject({
      practicePhone: '+33556000001',
      practiceEmail: 'cabinet@essai.example',
      sites: [{ phone: '+33556000009' }],
    })
  })

  test('is a filter of the coordinator’s alone', async () => {
    const ask = (who: Person) =>
      tested.app.inject({ url: '/api/v1/practitioners?publication=unasked', headers: who.headers })
    expect((await ask(ana)).json().items).toHaveLength(1)
    expect((await ask(self)).json().code).toBe('role-may-not')
  })
})

test('somebody is found by the commune of another of their places, by language and by how they see people', async () => {
  await change(self, {
    sites: [{ municipality: '33039' }],
    languages: ['Occitan'],
    homeVisits: true,
    teleconsultation: true,
    version: 1,
  })
  const found = async (query: string) =>
    (await tested.app.inject({ url: `/api/v1/practitioners?${query}`, headers: ana.headers })).json().items.length
  expect(await found('municipality=33039')).toBe(1)
  expect(await found('municipality=33522')).toBe(0)
  expect(await found('language=occitan&homeVisits=true&teleconsultation=true')).toBe(1)
  expect(await found('language=basque')).toBe(0)
  expect(await found(`team=${newRowId()}`)).toBe(0)
})
