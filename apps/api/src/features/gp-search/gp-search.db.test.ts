import type { GpSearch, MoveGpSearch } from '@maillage/contracts/gp-search'
import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aDescription } from '../../../test/builders/a-patient.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'

let tested: TestApp
let cptsId: CptsId
let doctorId: PractitionerId
let now = new Date('2026-03-02T09:00:00.000Z')
type Headers = { authorization: string }
const who: Record<'coordinator' | 'doctor' | 'ccas' | 'otherCcas' | 'neighbour' | 'ward' | 'administrator', Headers> = {
  coordinator: { authorization: '' },
  doctor: { authorization: '' },
  ccas: { authorization: '' },
  otherCcas: { authorization: '' },
  neighbour: { authorization: '' },
  ward: { authorization: '' },
  administrator: { authorization: '' },
}

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  const neighbourId = await aCpts(tested, { municipalities: ['2A004'] })
  doctorId = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, doctorId, 5)
  who.coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  who.doctor = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctorId })).headers
  who.ccas = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
  who.otherCcas = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
  who.neighbour = (await someoneWho(tested, { cptsId: neighbourId, role: 'coordinator' })).headers
  who.ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff' })).headers
  who.administrator = (await someoneWho(tested, { cptsId, role: 'administrator' })).headers
})
afterAll(() => tested.close())

let people = 0
const newPerson = () => {
  people += 1
  const birthDate = DayDate.parse(
    `1950-${people % 2 === 0 ? '03' : '07'}-${String((people % 27) + 1).padStart(2, '0')}`,
  )
  return aDescription({ birthName: `Personne${people}`, firstName: 'Dominique', birthDate })
}

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const opening = (over: object = {}) => ({
  patient: newPerson(),
  consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Accueil' },
  channel: 'phone',
  details: { hasLongTermCondition: true, solidarityCover: true, treatmentDaysLeft: 5, freeText: 'Suivi régulier' },
  submit: true,
  ...over,
})

async function open(headers: Headers, over: object = {}): Promise<GpSearch> {
  const answer = await call(headers, 'POST', '/gp-searches', opening(over))
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

type MoveInput = MoveGpSearch extends infer Each ? (Each extends MoveGpSearch ? Omit<Each, 'version'> : never) : never

async function move(headers: Headers, search: Pick<GpSearch, 'id' | 'version'>, input: MoveInput): Promise<GpSearch> {
  const answer = await call(headers, 'POST', `/gp-searches/${search.id}/moves`, { ...input, version: search.version })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

async function proposeTo(search: GpSearch, practitionerId: PractitionerId): Promise<GpSearch> {
  const payload = { mode: 'direct', practitionerIds: [practitionerId], version: search.version }
  const answer = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/proposals`, payload)
  expect(answer.statusCode, answer.body).toBe(201)
  return (await call(who.coordinator, 'GET', `/gp-searches/${search.id}`)).json()
}

const pendingOf = async () => (await call(who.doctor, 'GET', '/proposals?status=pending')).json().items[0]

describe('from the call to the declaration', () => {
  test('the whole way, each by whom it belongs to', async () => {
    let search = await open(who.ccas, { channel: 'professional' })
    expect(search).toMatchObject({ status: 'submitted', reference: expect.stringMatching(/^MT-2026-\d{4}$/) })
    search = (await call(who.coordinator, 'GET', `/gp-searches/${search.id}`)).json()
    expect(search.priority).toMatchObject({ band: 'P1', score: 85 })
    expect(search.dueCode).toBe('triage')
    search = await move(who.coordinator, search, { action: 'qualify' })
    search = await proposeTo(search, doctorId)
    expect(search).toMatchObject({ status: 'proposing', dueCode: 'proposal-answer' })

    const proposal = await pendingOf()
    expect(proposal.contact).toBeNull()
    expect((await call(who.doctor, 'GET', `/gp-searches/${search.id}`)).statusCode).toBe(404)
    const accepted = await call(who.doctor, 'POST', `/proposals/${proposal.id}/acceptance`, {
      version: proposal.version,
    })
    expect(accepted.statusCode, accepted.body).toBe(200)
    expect(accepted.json()).toMatchObject({
      status: 'accepted',
      contact: { displayName: expect.stringContaining('Dominique') },
    })

    search = (await call(who.doctor, 'GET', `/gp-searches/${search.id}`)).json()
    expect(search).toMatchObject({ status: 'matched', matchedWith: { id: doctorId } })
    search = await move(who.doctor, search, { action: 'tell-patient', toldAt: now.toISOString(), agreed: true })
    search = await move(who.doctor, search, { action: 'book-visit', visitAt: '2026-03-10T08:00:00.000Z' })
    expect(search.status).toBe('visit_booked')
    search = await move(who.doctor, search, {
      action: 'declare',
      declaredAt: DayDate.parse('2026-03-02'),
      attestedBy: 'practitioner',
    })
    expect(search).toMatchObject({ status: 'declared', dueAt: null })
  })

  test('the story tells coordinators every step; who accepted reads on from there, without notes nor other answers', async () => {
    let search = await move(who.coordinator, await open(who.ccas), { action: 'qualify' })
    await call(who.coordinator, 'POST', `/cases/${search.id}/notes`, { text: 'Parle peu au téléphone' })
    search = (await call(who.coordinator, 'GET', `/gp-searches/${search.id}`)).json()
    await proposeTo(search, doctorId)
    const proposal = await pendingOf()
    now = new Date(now.getTime() + 60_000)
    await call(who.doctor, 'POST', `/proposals/${proposal.id}/acceptance`, { version: proposal.version })
    const actions = async (headers: Headers) =>
      (await call(headers, 'GET', `/cases/${search.id}/timeline`))
        .json()
        .items.map((entry: { action: string }) => entry.action)
    const whole = await actions(who.coordinator)
    expect(whole).toEqual(expect.arrayContaining(['open', 'qualify', 'sent', 'proposal-sent', 'accepted']))
    expect(whole).toHaveLength(7)
    expect(await actions(who.doctor)).toEqual(['accepted', 'accepted'])
    expect(await actions(who.ccas)).toEqual(['open', 'qualify', 'proposal-sent', 'accepted'])
  })
})

describe('what a practitioner never reads', () => {
  test('before acceptance: no name, address, phone, birth date; ever: no cover, no contributions, no other proposals', async () => {
    let search = await open(who.coordinator, {
      patient: {
        ...newPerson(),
        birthName: 'Introuvable',
        firstName: 'Secrète',
        birthDate: '1947-02-28',
        phones: ['+33639980001'],
        email: 'secrete@essai.example',
        address: { line: '12 rue des Aires', municipality: '33063', postalCode: '33000' },
      },
    })
    search = await move(who.coordinator, search, { action: 'qualify' })
    await proposeTo(search, doctorId)
    const proposal = await pendingOf()
    const preview = JSON.stringify(proposal)
    for (const secret of ['Introuvable', 'Secrète', '1947', '39980001', 'secrete@', 'rue des Aires', 'solidarity']) {
      expect(preview).not.toContain(secret)
    }
    expect(proposal.preview).toMatchObject({ ageBand: '75–79', sex: 'female', municipality: 'Bordeaux', distanceKm: 0 })
    await call(who.doctor, 'POST', `/proposals/${proposal.id}/acceptance`, { version: proposal.version })
    const read: GpSearch = (await call(who.doctor, 'GET', `/gp-searches/${search.id}`)).json()
    expect(read.details).not.toHaveProperty('solidarityCover')
    expect(read.priority.contributions).toEqual([])
    expect(read.proposals).toEqual([])
  })

  test('a note that would tell who it is is refused, and nothing is sent', async () => {
    let search = await open(who.coordinator, { patient: { ...newPerson(), birthName: 'Rossignol', firstName: 'Ève' } })
    search = await move(who.coordinator, search, { action: 'qualify' })
    const payload = {
      mode: 'direct',
      practitionerIds: [doctorId],
      previewNote: 'Mme ROSSIGNOL, très fatiguée',
      version: search.version,
    }
    const answer = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/proposals`, payload)
    expect(answer.json()).toMatchObject({ code: 'identity-in-preview', errors: [{ pointer: '/previewNote' }] })
    const after: GpSearch = (await call(who.coordinator, 'GET', `/gp-searches/${search.id}`)).json()
    expect(after).toMatchObject({ status: 'eligible', proposals: [] })
  })
})

describe('refusals', () => {
  test('a stale version is told before the status: 409 case-changed, and nothing changed', async () => {
    const search = await open(who.coordinator)
    const moved = await move(who.coordinator, search, { action: 'qualify' })
    const again = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/moves`, {
      action: 'qualify',
      version: search.version,
    })
    expect(again.json()).toMatchObject({ status: 409, code: 'case-changed' })
    const current = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/moves`, {
      action: 'qualify',
      version: moved.version,
    })
    expect(current.json()).toMatchObject({
      status: 409,
      code: 'wrong-status',
      allowed: expect.arrayContaining(['close']),
    })
  })

  test.each([
    ['another requester', 'otherCcas', 404],
    ['the neighbouring CPTS', 'neighbour', 404],
    ['a ward', 'ward', 403],
    ['an administrator', 'administrator', 403],
    ['a practitioner who takes no part', 'doctor', 404],
  ] as const)('%s does not reach the case', async (_name, role, status) => {
    const search = await open(who.ccas)
    expect((await call(who[role], 'GET', `/gp-searches/${search.id}`)).statusCode).toBe(status)
    const payload = { action: 'close', reason: 'withdrawn', version: search.version }
    expect((await call(who[role], 'POST', `/gp-searches/${search.id}/moves`, payload)).statusCode).toBe(status)
  })

  test('who asked may withdraw what nobody triaged yet, and no later', async () => {
    const early = await open(who.ccas)
    expect((await move(who.ccas, early, { action: 'close', reason: 'withdrawn' })).status).toBe('closed')
    const late = await move(who.coordinator, await open(who.ccas), { action: 'qualify' })
    const answer = await call(who.ccas, 'POST', `/gp-searches/${late.id}/moves`, {
      action: 'close',
      reason: 'withdrawn',
      version: late.version,
    })
    expect(answer.json()).toMatchObject({ code: 'wrong-status' })
  })

  test.each([
    ['no reason', { action: 'close' }, 'reason-required', '/reason'],
    ['an unknown reason', { action: 'close', reason: 'bored' }, 'invalid-field', '/reason'],
    ['an unknown field', { action: 'qualify', surprise: 1 }, 'invalid-field', '/surprise'],
    [
      'a pause of a year',
      { action: 'hold', reason: 'other', resumeAt: '2027-03-02T09:00:00Z' },
      'invalid-field',
      '/resumeAt',
    ],
    ['two bands at once', { action: 'qualify', band: 'P4', overrideReason: 'essai' }, 'invalid-field', '/band'],
    ['another band without a word', { action: 'qualify', band: 'P2' }, 'reason-required', '/overrideReason'],
  ])('%s is refused with its pointer', async (_name, input, code, pointer) => {
    const search = await open(who.coordinator)
    const answer = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/moves`, {
      ...input,
      version: search.version,
    })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code, errors: [{ pointer }] })
  })

  test('a commune outside the territory is not qualified', async () => {
    const patient = { ...newPerson(), address: { municipality: '2A004' } }
    const search = await open(who.coordinator, { patient })
    const answer = await call(who.coordinator, 'POST', `/gp-searches/${search.id}/moves`, {
      action: 'qualify',
      version: search.version,
    })
    expect(answer.json()).toMatchObject({ status: 409, code: 'municipality-outside-territory' })
  })
})

describe('look-alikes', () => {
  test('a coordinator is told who looks the same, a requester learns nothing and the case carries a flag', async () => {
    const patient = newPerson()
    await open(who.coordinator, { patient })
    const stopped = await call(
      who.coordinator,
      'POST',
      '/gp-searches',
      opening({ patient: { ...patient, firstName: 'DOMINIQUE' } }),
    )
    expect(stopped.json()).toMatchObject({
      status: 409,
      code: 'duplicate-suspected',
      lookAlikes: [{ openCases: [expect.stringMatching(/^MT-/)] }],
    })
    const outside = await call(who.ccas, 'POST', '/gp-searches', opening({ patient }))
    expect(outside.statusCode).toBe(201)
    expect(outside.body).not.toContain('lookAlikes')
    const confirmed = await call(
      who.coordinator,
      'POST',
      '/gp-searches',
      opening({ patient, confirmNotDuplicate: true }),
    )
    expect(confirmed.statusCode).toBe(201)
  })
})

describe('giving back', () => {
  test('closing a matched search gives the place back in the same act', async () => {
    let search = await move(who.coordinator, await open(who.coordinator), { action: 'qualify' })
    const placesLeft = async () =>
      (await call(who.coordinator, 'GET', `/gp-searches/${search.id}/candidates`)).json().items[0]?.remaining
    const before = await placesLeft()
    await proposeTo(search, doctorId)
    const proposal = await pendingOf()
    await call(who.doctor, 'POST', `/proposals/${proposal.id}/acceptance`, { version: proposal.version })
    search = (await call(who.coordinator, 'GET', `/gp-searches/${search.id}`)).json()
    await move(who.coordinator, search, { action: 'close', reason: 'moved_out' })
    expect((await call(who.doctor, 'GET', `/gp-searches/${search.id}`)).statusCode).toBe(404)
    search = await move(who.coordinator, await open(who.coordinator), { action: 'qualify' })
    expect(await placesLeft()).toBe(before)
  })

  test('the second no-show rests the search and asks for a call', async () => {
    let search = await move(who.coordinator, await open(who.coordinator), { action: 'qualify' })
    await proposeTo(search, doctorId)
    const proposal = await pendingOf()
    await call(who.doctor, 'POST', `/proposals/${proposal.id}/acceptance`, { version: proposal.version })
    search = (await call(who.doctor, 'GET', `/gp-searches/${search.id}`)).json()
    const visitAt = '2026-03-12T08:00:00.000Z'
    search = await move(who.doctor, search, { action: 'book-visit', visitAt })
    search = await move(who.doctor, search, { action: 'record-no-show' })
    expect(search).toMatchObject({ status: 'matched', noShows: 1 })
    search = await move(who.doctor, search, { action: 'book-visit', visitAt })
    search = await move(who.doctor, search, { action: 'record-no-show' })
    expect(search).toMatchObject({ status: 'on_hold', noShows: 2, dueCode: 'resume' })
    search = await move(who.coordinator, search, { action: 'resume' })
    expect(search.status).toBe('matched')
  })

  test('a closed search reopens within six months and keeps its seniority, and no later', async () => {
    const search = await move(who.coordinator, await open(who.coordinator), { action: 'close', reason: 'unreachable' })
    const other = await move(who.coordinator, await open(who.coordinator), { action: 'close', reason: 'unreachable' })
    const reopening = { action: 'reopen', reason: 'came_back', version: search.version }
    const [inTime, late] = [
      await reopenAt('2026-08-30', search, reopening),
      await reopenAt('2026-09-03', other, reopening),
    ]
    expect(inTime).toMatchObject({ status: 'eligible', registeredAt: search.registeredAt })
    expect(late).toMatchObject({ status: 409, code: 'reopening-too-late' })
  })
})

/** On another day a session of that day is needed: tokens live for ten minutes. */
async function reopenAt(day: string, search: GpSearch, payload: object): Promise<object> {
  const today = now
  now = new Date(`${day}T09:00:00.000Z`)
  const { headers } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const answer = await call(headers, 'POST', `/gp-searches/${search.id}/moves`, payload)
  now = today
  return answer.json()
}

test('a failed audit undoes the move', async () => {
  const row = await aGpSearch(tested, cptsId)
  await prepare(tested, (tx) =>
    tx.execute(sql`alter table audit_entries add constraint broken check (action <> 'gp-search.qualify') not valid`),
  )
  const answer = await call(who.coordinator, 'POST', `/gp-searches/${row.id}/moves`, { action: 'qualify', version: 1 })
  await prepare(tested, (tx) => tx.execute(sql`alter table audit_entries drop constraint broken`))
  expect(answer.json()).toMatchObject({ status: 500, code: 'internal-error' })
  const read: GpSearch = (await call(who.coordinator, 'GET', `/gp-searches/${row.id}`)).json()
  expect(read).toMatchObject({ status: 'submitted', version: 1 })
})
