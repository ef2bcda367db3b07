import { DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId, type PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { intakeCapacities, practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import { findPractitioner } from './directory.store.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, who = ana) =>
  tested.app.inject({ method, url: `/api/v1/practitioners${path}`, payload, headers: who.headers })
const get = (path = '', who = ana) => call('GET', path, undefined, who)
const names = async (query: string): Promise<string[]> =>
  (await get(query)).json().items.map(({ displayName }: { displayName: string }) => displayName)
const entry = (over: Parameters<typeof aPractitioner>[2] = {}) => aPractitioner(tested, cptsId, over)
const places = (practitionerId: PractitionerId, over: Partial<typeof intakeCapacities.$inferInsert> = {}) =>
  prepare(tested, (tx) =>
    tx.insert(intakeCapacities).values({ cptsId, practitionerId, places: 3, declaredAt: now, ...over }),
  )
const audited = (action: string) =>
  prepare(tested, (tx) =>
    tx
      .select({ from: auditEntries.fromStatus, to: auditEntries.toStatus })
      .from(auditEntries)
      .where(and(eq(auditEntries.cptsId, cptsId), like(auditEntries.action, `${action}%`))),
  )

async function accepted(practitionerId: PractitionerId, placesTaken: number): Promise<void> {
  const { id: caseId } = await aGpSearch(tested, cptsId)
  await prepare(tested, (tx) =>
    tx.insert(proposals).values({
      cptsId,
      id: ProposalId.parse(newRowId()),
      caseId,
      roundId: newRowId(),
      mode: 'direct',
      rank: 1,
      practitionerId,
      status: 'accepted',
      placesTaken,
      capacityPeriod: 1,
      createdAt: now,
      updatedAt: now,
    }),
  )
}

describe('the directory', () => {
  test('is sorted and found by folded name, and filtered', async () => {
    await entry({ lastName: 'Éluère', firstName: 'Zoé' })
    await entry({ lastName: 'Elbaz-Corréa', firstName: 'Ali', municipalityCode: '2A004', specialty: 'SM26' })
    const nurse = { profession: 'nurse', isGeneralPractitioner: false, displayName: 'Dany Infime' } as const
    await entry({ lastName: 'Infime', firstName: 'Dany', ...nurse })
    await entry({ lastName: 'Parti', goneAt: now })
    expect(await names('')).toEqual(['Dr Ali Elbaz-Corréa', 'Dr Zoé Éluère', 'Dany Infime'])
    expect(await names('?q=ELUERE')).toEqual(['Dr Zoé Éluère'])
    expect(await names(`?q=${encodeURIComponent('ali corréa')}`)).toEqual(['Dr Ali Elbaz-Corréa'])
    expect(await names('?q=luere')).toEqual([])
    expect(await names('?profession=nurse')).toEqual(['Dany Infime'])
    expect(await names('?specialty=SM26')).toEqual(['Dr Ali Elbaz-Corréa'])
    expect(await names('?municipality=2A004')).toEqual(['Dr Ali Elbaz-Corréa'])
    expect((await get('?profession=wizard')).statusCode).toBe(422)
  })

  test('is found by a body as by an address, with the same filters and refusals', async () => {
    await entry({ lastName: 'Éluère', firstName: 'Zoé' })
    await entry({ lastName: 'Éluard', firstName: 'Ida', municipalityCode: '2A004' })
    const ward = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
    const found = await call('POST', '/search', { q: 'elu', municipality: '2A004', limit: 5 })
    expect(found.json().items).toMatchObject([{ displayName: 'Dr Ida Éluard' }])
    expect((await call('POST', '/search', { q: '' })).statusCode).toBe(422)
    expect((await call('POST', '/search', { q: 'elu', publication: 'refused' }, ward)).statusCode).toBe(403)
  })

  test('pages without a gap while somebody is entered', async () => {
    const known: string[] = []
    for (const lastName of ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq']) known.push(await entry({ lastName }))
    const seen: string[] = []
    let cursor = ''
    do {
      const { items, next } = (await get(`?limit=2${cursor}`)).json()
      seen.push(...items.map(({ id }: { id: string }) => id))
      await entry({ lastName: 'Aa' })
      cursor = next ? `&cursor=${next}` : ''
    } while (cursor)
    expect(seen.toSorted()).toEqual(known.toSorted())
  })

  test('says what is left of the places declared, who accepts, and who is away', async () => {
    const free = await entry({ lastName: 'Libre', practicePhone: '+33556000000' })
    await places(free)
    await accepted(free, 2)
    const full = await entry({ lastName: 'Plein' })
    await places(full, { places: 1 })
    await accepted(full, 1)
    const later = await entry({ lastName: 'Plustard' })
    await places(later, { opensAt: DayDate.parse('2026-04-01') })
    await entry({ lastName: 'Silence' })
    await call('POST', `/${free}/absences`, { from: '2026-03-01', until: '2026-03-09' })
    expect((await get('?acceptsNewPatients=true')).json().items).toMatchObject([
      {
        id: free,
        capacity: { state: 'declared', places: 3, remaining: 1 },
        reachableBy: 'phone',
        absentUntil: '2026-03-09',
      },
    ])
    expect(await names('?acceptsNewPatients=false')).toEqual(['Dr Alix Plein', 'Dr Alix Plustard', 'Dr Alix Silence'])
    const read = async (id: string) => (await get(`/${id}`)).json().capacity
    const declaredAt = '2026-03-02T09:00:00Z'
    expect(await read(full)).toEqual({ state: 'declared', places: 1, remaining: 0, declaredAt })
  })

  test('is read by a ward and a requester without the places, which no filter tells them either', async () => {
    const id = await entry()
    await places(id)
    for (const role of ['hospital_staff', 'requester'] as const) {
      const reader = await someoneWho(tested, { cptsId, role })
      expect((await get('', reader)).json().items).toMatchObject([{ id, capacity: null }])
      expect((await get(`/${id}`, reader)).json().capacity).toBeNull()
      expect((await get('?acceptsNewPatients=true', reader)).json().code).toBe('role-may-not')
      expect((await get(`/${id}/intake-capacity`, reader)).statusCode).toBe(403)
    }
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await get('', elsewhere)).json().items).toEqual([])
    expect((await get(`/${id}`, elsewhere)).statusCode).toBe(404)
  })
})

describe('an entry made by hand', () => {
  const given = { lastName: 'Saisie', firstName: 'Lou', profession: 'physician', municipality: '33039' }

  test('is named as its profession wants, found at once, and remembers what a person gave', async () => {
    const made = await call('POST', '', { ...given, specialty: 'SM54', rpps: '10001234567' })
    expect([made.statusCode, made.json()]).toMatchObject([
      201,
      { displayName: 'Dr Lou Saisie', isGeneralPractitioner: true, municipality: { name: 'Bègles' }, version: 1 },
    ])
    expect(made.headers.location).toBe(`/api/v1/practitioners/${made.json().id}`)
    expect(await names('?q=saisie')).toEqual(['Dr Lou Saisie'])
    const [row] = await prepare(tested, (tx) =>
      tx.select().from(practitioners).where(eq(practitioners.id, made.json().id)),
    )
    expect(row?.enteredByPerson.toSorted()).toEqual(
      ['first_name', 'last_name', 'municipality_code', 'profession', 'rpps', 'specialty'].toSorted(),
    )
    expect((await call('POST', '', { ...given, rpps: '10001234567' })).json().code).toBe('already-exists')
    expect((await call('POST', '', { ...given, municipality: '99999' })).json().errors).toEqual([
      { pointer: '/municipality', code: 'unknown' },
    ])
  })

  test('is corrected under the version read; only what is given changes', async () => {
    const id = await entry({ lastName: 'Avant', practicePhone: '+33556000000', rpps: '10000000001' })
    await entry({ rpps: '10000000002' })
    const changed = await call('PUT', `/${id}`, { lastName: 'Après', practicePhone: null, version: 1 })
    expect(changed.json()).toMatchObject({ displayName: 'Dr Alix Après', practicePhone: null, rpps: '10000000001' })
    const [row] = await prepare(tested, (tx) => tx.select().from(practitioners).where(eq(practitioners.id, id)))
    expect(row?.enteredByPerson.toSorted()).toEqual(['last_name', 'practice_phone'])
    expect((await call('PUT', `/${id}`, { lastName: 'Encore', version: 1 })).json().code).toBe('version-stale')
    expect((await call('PUT', `/${id}`, { rpps: '10000000002', version: 2 })).json().code).toBe('already-exists')
    const other = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
    expect((await call('PUT', `/${id}`, { lastName: 'Moi', version: 2 }, other)).statusCode).toBe(403)
  })
})

describe('the places', () => {
  const declared = {
    places: 3,
    municipalities: ['33063'],
    accepts: { homeVisits: true, children: true, longTerm: true, newPatients: true },
  }
  const declare = (id: string, version: number, over: object = {}, who = ana) =>
    call('PUT', `/${id}/intake-capacity`, { ...declared, version, ...over }, who)

  test('are declared by the practitioner, once and again: each declaration counts from then on', async () => {
    const id = await entry()
    const self = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
    expect((await get(`/${id}/intake-capacity`, self)).json()).toMatchObject({
      places: null,
      remaining: null,
      version: 0,
    })
    expect((await declare(id, 0, { closesAt: '2026-06-30' }, self)).json()).toMatchObject({
      places: 3,
      remaining: 3,
      closesAt: '2026-06-30',
      version: 1,
    })
    await accepted(id, 2)
    expect((await get(`/${id}/intake-capacity`)).json().remaining).toBe(1)
    expect((await declare(id, 1)).json()).toMatchObject({ remaining: 3, closesAt: null, version: 2 })
    expect((await declare(id, 2, { places: null })).json()).toMatchObject({ places: null, remaining: null })
    expect(await audited(`practitioner.declare-capacity ${id}`)).toEqual([
      { from: 'unknown', to: '3' },
      { from: '3', to: '3' },
      { from: '3', to: 'unknown' },
    ])
  })

  test('under the version read: of two first declarations at once, one is kept', async () => {
    const id = await entry()
    const answers = await Promise.all([declare(id, 0), declare(id, 0, { places: 5 }), declare(id, 0, { places: 7 })])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409])
    expect((await declare(id, 0)).json().code).toBe('version-stale')
  })

  test('are nobody else’s to declare', async () => {
    const id = await entry()
    const colleague = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: await entry() })
    for (const answer of [
      await declare(id, 0, {}, colleague),
      await get(`/${id}/intake-capacity`, colleague),
      await get(`/${id}/absences`, colleague),
    ])
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'role-may-not'])
    expect((await declare(newRowId(), 0)).statusCode).toBe(404)
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await declare(id, 0, {}, elsewhere)).statusCode).toBe(404)
  })

  test('are refused when they close before they open, below zero, or in a commune that does not exist', async () => {
    const id = await entry()
    const refused = async (over: object) => (await declare(id, 0, over)).json().errors
    expect(await refused({ opensAt: '2026-05-01', closesAt: '2026-04-01' })).toEqual([
      { pointer: '/closesAt', code: 'before-opening' },
    ])
    expect(await refused({ places: -1 })).toEqual([{ pointer: '/places', code: 'too-small' }])
    expect(await refused({ municipalities: ['99999'] })).toEqual([{ pointer: '/municipalities', code: 'unknown' }])
  })
})

describe('an absence', () => {
  test('is declared, listed until it is over, and taken back once', async () => {
    const id = await entry()
    const self = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
    const add = (from: string, until: string) => call('POST', `/${id}/absences`, { from, until }, self)
    const later = await add('2026-04-01', '2026-04-10')
    const today = await add('2026-03-02', '2026-03-02')
    expect([later.statusCode, later.json()]).toMatchObject([201, { from: '2026-04-01', until: '2026-04-10' }])
    expect((await add('2026-04-10', '2026-04-01')).json().errors).toEqual([{ pointer: '/until', code: 'before-start' }])
    expect((await add('2026-02-01', '2026-03-01')).json().errors).toEqual([{ pointer: '/until', code: 'past' }])
    expect((await get(`/${id}/absences`, self)).json().items).toEqual([today.json(), later.json()])
    const remove = () => call('DELETE', `/${id}/absences/${later.json().id}`, undefined, self)
    const gone = await remove()
    expect([gone.statusCode, gone.body]).toEqual([204, ''])
    expect((await remove()).statusCode).toBe(404)
    expect((await get(`/${id}/absences`, self)).json().items).toEqual([today.json()])
  })

  test('names who stands in: somebody of the directory, or a name and a phone', async () => {
    const [id, colleague] = [await entry(), await entry({ lastName: 'Relève', practicePhone: '+33556000077' })]
    const add = (payload: object, who = ana) => call('POST', `/${id}/absences`, payload, who)
    const today = { from: '2026-03-02', until: '2026-03-05' }
    const named = await add({ ...today, replacement: { practitionerId: colleague } })
    expect(named.json().replacement).toEqual({
      practitionerId: colleague,
      name: 'Dr Alix Relève',
      phone: '+33556000077',
    })
    expect((await get(`/${id}`)).json()).toMatchObject({
      absentUntil: '2026-03-05',
      replacement: { practitionerId: colleague, name: 'Dr Alix Relève' },
    })
    const later = { from: '2026-04-01', until: '2026-04-02' }
    const typed = await add({ ...later, replacement: { name: 'Camille 🌱', phone: '+33600000009' } })
    expect(typed.json().replacement).toEqual({ practitionerId: null, name: 'Camille 🌱', phone: '+33600000009' })
    expect((await get(`/${id}/absences`)).json().items).toEqual([named.json(), typed.json()])
    const refused = async (replacement: object) =>
      (await add({ from: '2026-05-01', until: '2026-05-02', replacement })).json().errors
    expect(await refused({ practitionerId: id })).toEqual([{ pointer: '/replacement/practitionerId', code: 'oneself' }])
    expect(await refused({ practitionerId: newRowId() })).toEqual([
      { pointer: '/replacement/practitionerId', code: 'unknown' },
    ])
    expect((await add({ from: '2026-05-01', until: '2026-05-02', replacement: {} })).statusCode).toBe(422)
  })

  test('does not overlap another, not even when both are declared at once', async () => {
    const id = await entry()
    const add = (from: string, until: string) => call('POST', `/${id}/absences`, { from, until })
    const both = await Promise.all([add('2026-04-01', '2026-04-10'), add('2026-04-10', '2026-04-12')])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    expect((await add('2026-04-10', '2026-04-10')).json().code).toBe('absence-overlaps')
    expect((await add('2026-04-13', '2026-04-13')).statusCode).toBe(201)
  })

  test('begins and ends with the days of the CPTS, also when the clocks change', async () => {
    const id = await entry()
    await call('POST', `/${id}/absences`, { from: '2026-03-29', until: '2026-03-29' })
    const shownAt = async (instant: string) => {
      const at = await tested.deps.db.read(cptsId, (db) =>
        findPractitioner(db, { ...reading, today: dayIn('Europe/Paris', new Date(instant)) }, id),
      )
      return at?.absentUntil ?? null
    }
    const reading = { cptsId, seesCapacity: true, staleBefore: now, isCoordinator: true, own: null }
    // That day lasts 23 hours: from 23:00 to 22:00 in UTC.
    expect(await shownAt('2026-03-28T22:59:00Z')).toBeNull()
    expect(await shownAt('2026-03-28T23:01:00Z')).toBe('2026-03-29')
    expect(await shownAt('2026-03-29T21:59:00Z')).toBe('2026-03-29')
    expect(await shownAt('2026-03-29T22:01:00Z')).toBeNull()
  })
})
