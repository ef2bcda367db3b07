import type { CaseId, CptsId, PatientId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aBrowser, type Browser } from '../../../../test/a-browser.ts'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { issueLink } from '../../../kernel/links/links.ts'
import { notices } from '../../../kernel/notices/notices.table.ts'
import { cases } from '../../../kernel/tables/case.table.ts'
import { registrations } from '../public-registration.table.ts'

let tested: TestApp
let cptsId: CptsId
type Headers = { authorization: string }
let ana: Headers
let doctor: Headers
let doctorId: PractitionerId
let browser: Browser
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  browser = aBrowser(tested)
  cptsId = await aCpts(tested)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  doctorId = await aPractitioner(tested, cptsId, { lastName: 'Un' })
  await somePlaces(tested, cptsId, doctorId, 5)
  doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })).headers
})

const call = async (method: 'GET' | 'POST', path: string, payload?: object, headers = ana) => {
  const answer = await tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}
interface Search {
  id: CaseId
  reference: string
  status: string
  version: number
  householdSize: number
  patient: { id: PatientId }
  household: { patientId: PatientId }[]
  consent: unknown
  missing: string[]
}
const read = async (id: string): Promise<Search> => (await call('GET', `/gp-searches/${id}`)).body
const described = (birthName: string, firstName: string, birthDate: string) => ({
  ...{ birthName, firstName, birthDate, sex: 'female', phones: [] },
  address: { municipality: '33063' },
})
const births = { irma: ['01', '02', '1981'], yvette: ['01', '02', '1945'] } as const
/** A mother, her daughter of 12 and her own mother, triaged; or the mother alone. */
const family = async (isAlone = false): Promise<Search> => {
  const others = [
    { patient: described('Verlanche', 'Lilou', '2014-02-01'), details: {} },
    { patient: described('Ostrande', 'Yvette', '1945-02-01'), details: { homebound: true } },
  ]
  const { body } = await call('POST', '/gp-searches', {
    patient: described('Verlanche', 'Irma', '1981-02-01'),
    ...(isAlone ? {} : { household: others }),
    channel: 'phone',
    consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Ana' },
    confirmNotDuplicate: true,
    details: {},
  })
  return (await call('POST', `/gp-searches/${body.id}/moves`, { action: 'qualify', version: body.version })).body
}
const firstMember = ({ household: [first] }: Search): PatientId => {
  if (!first) throw new Error('Nobody searches with them')
  return first.patientId
}
const propose = async ({ id, version }: Search) => {
  const asked = { mode: 'direct', practitionerIds: [doctorId], version }
  return (await call('POST', `/gp-searches/${id}/proposals`, asked)).body.items[0] as { id: string; version: number }
}
const accept = ({ id, version }: { id: string; version: number }) =>
  call('POST', `/proposals/${id}/acceptance`, { version }, doctor)
const ownProposal = async (id: string) => (await call('GET', `/proposals/${id}`, undefined, doctor)).body
const freePlaces = async (): Promise<number> =>
  (await call('GET', `/practitioners/${doctorId}/intake-capacity`, undefined, doctor)).body.remaining
const told = async (): Promise<string[]> => {
  const rows = await prepare(tested, (tx) =>
    tx
      .select()
      .from(notices)
      .where(and(eq(notices.cptsId, cptsId), eq(notices.practitionerId, doctorId))),
  )
  return rows.map(({ kind }) => kind).filter((kind) => /withdrawn|ended|changed/.test(kind))
}
/** Somebody of a search follows it online, as if they had asked there. */
async function follow(caseId: CaseId, patientId: PatientId, born: readonly string[], at: Browser = browser) {
  const id = crypto.randomUUID()
  await prepare(tested, (tx) =>
    tx.insert(registrations).values({
      ...{ cptsId, id, municipalityCode: '33063', noticeVersion: 'produit-1', submittedAt: now, confirmedAt: now },
      ...{ caseId, patientId },
    }),
  )
  const expiresAt = new Date('2027-01-01T00:00:00Z')
  const purpose = 'registration-follow-up'
  const token = await tested.deps.db.transaction(cptsId, (tx) =>
    issueLink(tx, { cptsId, purpose, subjectId: id, expiresAt, now }),
  )
  await at.get(`/suivi/${token}`)
  const [birthDateDay = '', birthDateMonth = '', birthDateYear = ''] = born
  return at.post(`/suivi/${token}`, { birthDateDay, birthDateMonth, birthDateYear })
}
const caseOf = async (patientId: PatientId) => {
  const rows = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.patientId, patientId)))
  const [row] = rows
  if (!row || rows.length > 1) throw new Error(`${rows.length} cases`)
  return row
}

describe('somebody of a household who withdraws', () => {
  test('leaves alone, is told so, and the others go on under the name of the oldest', async () => {
    const search = await family()
    const irma = search.patient.id
    await follow(search.id, irma, births.irma)
    const page = await browser.get('/suivi/dossier/retrait')
    expect(page.html).toContain('Les autres personnes de votre foyer restent sur la liste')
    expect(page.html).toContain('Pour tout le foyer')
    expect((await browser.post('/suivi/dossier/retrait')).location).toBe('/suivi/dossier?fait=retire-seul')
    const after = await browser.get('/suivi/dossier?fait=retire-seul')
    expect(after.html).toContain('Les autres personnes de votre foyer restent sur la liste')
    expect(after.html).toContain('Vous avez retiré votre demande')
    expect(await caseOf(irma)).toMatchObject({ status: 'closed', statusReason: 'withdrawn', householdSize: 1 })
    const others = await read(search.id)
    expect(others).toMatchObject({ status: 'eligible', householdSize: 2 })
    expect(others.patient.id).toBe(search.household[0]?.patientId)
    expect((await browser.post('/suivi/dossier/retrait')).location).toBe('/suivi/dossier?fait=close')
    expect((await read(search.id)).householdSize).toBe(2)
  })

  test('withdraws everybody only by saying so, and only as the one it is opened for', async () => {
    const search = await family()
    const yvette = firstMember(search)
    const hers = aBrowser(tested)
    await follow(search.id, yvette, births.yvette, hers)
    const page = await hers.get('/suivi/dossier/retrait')
    expect(page.html).not.toContain('Pour tout le foyer')
    expect((await hers.post('/suivi/dossier/retrait', { scope: 'household' })).location).toContain('retire-seul')
    expect(await read(search.id)).toMatchObject({ status: 'eligible', householdSize: 2, patient: search.patient })
    await follow(search.id, search.patient.id, births.irma)
    await browser.get('/suivi/dossier/retrait')
    expect((await browser.post('/suivi/dossier/retrait', { scope: 'household' })).location).toContain('retire-foyer')
    expect(await read(search.id)).toMatchObject({ status: 'closed', householdSize: 2 })
  })

  test('two who withdraw at once leave one to search; a doctor who holds them is told and keeps the last one', async () => {
    const search = await family()
    const offer = await propose(search)
    await accept(offer)
    const yvette = firstMember(search)
    const hers = aBrowser(tested)
    await follow(search.id, yvette, births.yvette, hers)
    await follow(search.id, search.patient.id, births.irma)
    await Promise.all([hers.get('/suivi/dossier/retrait'), browser.get('/suivi/dossier/retrait')])
    const both = await Promise.all([hers.post('/suivi/dossier/retrait'), browser.post('/suivi/dossier/retrait')])
    expect(both.map(({ location }) => location)).toEqual(Array(2).fill('/suivi/dossier?fait=retire-seul'))
    const left = await read(search.id)
    expect(left).toMatchObject({ status: 'matched', householdSize: 1, household: [] })
    expect(await freePlaces()).toBe(4)
    expect((await ownProposal(offer.id)).contact.displayName).toBe('Lilou Verlanche')
    expect(await told()).toEqual(['acceptance-changed', 'acceptance-changed'])
  })

  test('changes what concerns them and nobody else, and the link of one never opens another’s', async () => {
    const search = await family()
    const yvette = firstMember(search)
    expect((await follow(search.id, yvette, births.irma)).status).toBe(422)
    await follow(search.id, yvette, births.yvette)
    const summary = await browser.get('/suivi/dossier/recapitulatif')
    expect(summary.html).toContain('Yvette')
    expect(summary.html).not.toMatch(/Irma|Lilou/)
    const page = await browser.get('/suivi/dossier/situation')
    const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? ''
    await browser.post('/suivi/dossier/situation', { version, livesAlone: 'yes' })
    const after = (await call('GET', `/gp-searches/${search.id}`)).body
    expect(after.household[0].details).toEqual({ livesAlone: true })
    expect(after.details.livesAlone).toBeUndefined()
  })
})

describe('an agreement taken back', () => {
  test('cancels what is proposed: the doctor is told, answers nothing more, and the case waits for an agreement', async () => {
    const search = await family(true)
    const offer = await propose(search)
    await follow(search.id, search.patient.id, births.irma)
    await browser.get('/suivi/dossier/accord')
    await browser.post('/suivi/dossier/accord', { consent: 'no' })
    expect(await read(search.id)).toMatchObject({ status: 'info_requested', consent: null, missing: ['consent'] })
    expect(await ownProposal(offer.id)).toMatchObject({ status: 'withdrawn', contact: null })
    expect((await accept(offer)).body.code).toBe('proposal-closed')
    expect(await told()).toEqual(['proposal-withdrawn'])
    const again = await read(search.id)
    const asked = { mode: 'direct', practitionerIds: [doctorId], version: again.version }
    expect((await call('POST', `/gp-searches/${search.id}/proposals`, asked)).body.code).toBe('wrong-status')
    await browser.post('/suivi/dossier/accord', { consent: 'yes' })
    expect(await read(search.id)).toMatchObject({
      status: 'submitted',
      consent: { channel: 'online' },
      missing: [],
    })
  })

  test('takes the identity away from who had accepted, and gives the places back', async () => {
    const search = await family(true)
    const offer = await propose(search)
    await accept(offer)
    expect((await ownProposal(offer.id)).contact.displayName).toBe('Irma Verlanche')
    await follow(search.id, search.patient.id, births.irma)
    await browser.get('/suivi/dossier/accord')
    await browser.post('/suivi/dossier/accord', { consent: 'no' })
    expect(await ownProposal(offer.id)).toMatchObject({ status: 'released', contact: null, caseId: null })
    expect((await call('GET', `/gp-searches/${search.id}`, undefined, doctor)).status).toBe(404)
    expect(await freePlaces()).toBe(5)
    expect(await told()).toEqual(['acceptance-ended'])
  })

  test('concerns one of a household alone; the others’ proposal goes on', async () => {
    const search = await family()
    const offer = await propose(search)
    const yvette = firstMember(search)
    await follow(search.id, yvette, births.yvette)
    await browser.get('/suivi/dossier/accord')
    expect((await browser.post('/suivi/dossier/accord', { consent: 'no' })).location).toContain('accord-seul')
    expect(await caseOf(yvette)).toMatchObject({ status: 'info_requested', consent: null })
    expect(await read(search.id)).toMatchObject({ status: 'proposing', householdSize: 2 })
    expect(await ownProposal(offer.id)).toMatchObject({ status: 'pending', placesTaken: 2 })
  })

  test('said on the phone, by whoever coordinates: for all, or for one; the answer comes with a new agreement', async () => {
    const search = await family()
    const move = (over: object) => call('POST', `/gp-searches/${search.id}/moves`, { version: search.version, ...over })
    expect((await move({ action: 'withdraw-consent' })).body.code).toBe('household-scope-required')
    const { body } = await move({ action: 'withdraw-consent', scope: 'household' })
    expect(body).toMatchObject({ status: 'info_requested', missing: ['consent'] })
    const provided = { action: 'provide-info', version: body.version }
    expect((await move(provided)).body.errors).toMatchObject([{ pointer: '/consent' }])
    const consent = { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Ana' }
    expect((await move({ ...provided, consent })).body).toMatchObject({ status: 'submitted', consent })
  })

  test('a request withdrawn while a doctor answers: one of the two, and never a doctor with a closed case', async () => {
    const search = await family(true)
    const offer = await propose(search)
    await follow(search.id, search.patient.id, births.irma)
    await browser.get('/suivi/dossier/retrait')
    const [, answer] = await Promise.all([browser.post('/suivi/dossier/retrait'), accept(offer)])
    expect(await read(search.id)).toMatchObject({ status: 'closed' })
    expect((await ownProposal(offer.id)).contact).toBeNull()
    expect([200, 409]).toContain(answer.status)
    expect(await freePlaces()).toBe(5)
  })
})
