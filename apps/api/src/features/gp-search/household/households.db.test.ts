import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aGpSearch } from '../../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../../test/builders/a-patient.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'

let tested: TestApp
let cptsId: CptsId
type Headers = { authorization: string }
let ana: Headers
let doctor: Headers
let doctorId: PractitionerId
const now = new Date('2026-03-02T09:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
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
  id: string
  reference: string
  status: string
  version: number
  householdSize: number
  registeredAt: string
  patient: { id: string }
  household: { patientId: string }[]
  priority: { band: string }
}
const read = async (id: string): Promise<Search> => (await call('GET', `/gp-searches/${id}`)).body
const described = (birthName: string, firstName: string, birthDate: string) => ({
  birthName,
  firstName,
  birthDate,
  sex: 'female',
  phones: [],
  address: { municipality: '33063' },
})
/** A mother of 45, her daughter of 12 and her own mother of 81, whose need is the greatest. */
const family = async (status: 'submitted' | 'eligible' = 'eligible'): Promise<Search> => {
  const { body } = await call('POST', '/gp-searches', {
    patient: described('Verlanche', 'Irma', '1981-02-01'),
    household: [
      { patient: described('Verlanche', 'Lilou', '2014-02-01'), details: {} },
      {
        patient: described('Ostrande', 'Yvette', '1945-02-01'),
        details: { hasLongTermCondition: true, homebound: true },
      },
    ],
    channel: 'phone',
    consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Ana' },
    registeredAt: days(-30).toISOString(),
    confirmNotDuplicate: true,
    details: {},
  })
  if (status === 'submitted') return body
  return (await call('POST', `/gp-searches/${body.id}/moves`, { action: 'qualify', version: body.version })).body
}
const propose = async ({ id, version }: Search) => {
  const made = await call('POST', `/gp-searches/${id}/proposals`, {
    mode: 'direct',
    practitionerIds: [doctorId],
    version,
  })
  return made.body.items[0] as { id: string; version: number }
}
const accept = ({ id, version }: { id: string; version: number }) =>
  call('POST', `/proposals/${id}/acceptance`, { version }, doctor)
const freePlaces = async (): Promise<number> =>
  (await call('GET', `/practitioners/${doctorId}/intake-capacity`, undefined, doctor)).body.remaining
const split = (search: Search, patientIds: readonly string[], over: object = {}) =>
  call('POST', `/gp-searches/${search.id}/household-split`, { patientIds, version: search.version, ...over })
const memberOf = (search: Search, at: number): string => search.household[at]?.patientId ?? ''

describe('one proposal for all', () => {
  test('tells the age band of each and no name, takes a place for each, and gives them back together', async () => {
    const search = await family()
    const offered = await propose(search)
    const own = (await call('GET', `/proposals/${offered.id}`, undefined, doctor)).body
    expect(own.preview).toMatchObject({ householdSize: 3, householdAgeBands: ['80–84', '45–49', '10–14'] })
    expect(JSON.stringify(own)).not.toMatch(/Verlanche|Ostrande|Lilou|Yvette|1945/)
    expect(own).toMatchObject({ placesTaken: 3, contact: null })
    const accepted = (await accept(offered)).body
    expect(await freePlaces()).toBe(2)
    expect(accepted.contact.household).toEqual([
      { displayName: 'Yvette Ostrande', birthDate: '1945-02-01' },
      { displayName: 'Lilou Verlanche', birthDate: '2014-02-01' },
    ])
    await call('POST', `/proposals/${offered.id}/release`, { version: accepted.version, reason: 'fit' }, doctor)
    expect(await freePlaces()).toBe(5)
    expect(await read(search.id)).toMatchObject({ status: 'eligible', registeredAt: days(-30).toISOString() })
  })
})

describe('a split', () => {
  test('gives one member a search of their own, with the seniority; places and priority follow', async () => {
    const search = await family()
    expect(search.priority.band).toBe('P1')
    await accept(await propose(search))
    const matched = await read(search.id)
    const yvette = memberOf(matched, 0)
    const { status, body } = await split(matched, [yvette])
    expect(status).toBe(200)
    expect(body.case).toMatchObject({ status: 'matched', householdSize: 2, priority: { band: 'P4' } })
    expect(await freePlaces()).toBe(3)
    expect(body.searches).toMatchObject([
      { status: 'eligible', householdSize: 1, registeredAt: days(-30).toISOString(), priority: { band: 'P1' } },
    ])
    expect(body.searches[0].patient.id).toBe(yvette)
    expect(body.searches[0].linkedCases).toMatchObject([{ reference: search.reference }])
    expect((await call('GET', `/patients/${yvette}`)).body.household.size).toBe(3)
  })

  test('goes on under another name when the person of the file leaves', async () => {
    const search = await family()
    const irma = search.patient.id
    const { body } = await split(search, [irma])
    expect(body.case.patient.id).toBe(memberOf(search, 0))
    expect(body.case.household.map(({ patientId }: { patientId: string }) => patientId)).toEqual([memberOf(search, 1)])
    expect(body.searches[0].patient.id).toBe(irma)
    expect((await read(search.id)).householdSize).toBe(2)
  })

  test('keeps some together, and what was offered for three is not accepted for two unread', async () => {
    const search = await family()
    const offered = await propose(search)
    const proposing = await read(search.id)
    const { body } = await split(proposing, [search.patient.id, memberOf(search, 1)], { together: true })
    expect(body.searches).toMatchObject([{ householdSize: 2, status: 'eligible' }])
    expect(body.case).toMatchObject({ householdSize: 1, status: 'proposing', household: [] })
    expect((await accept(offered)).body.code).toBe('version-stale')
    const again = (await call('GET', `/proposals/${offered.id}`, undefined, doctor)).body
    expect(again.preview).toMatchObject({ householdSize: 1, householdAgeBands: [] })
    expect((await accept(again)).body).toMatchObject({ status: 'accepted', placesTaken: 1 })
    expect(await freePlaces()).toBe(4)
  })

  test('of everybody, of a stranger or of one person is refused', async () => {
    const search = await family()
    const all = [search.patient.id, memberOf(search, 0), memberOf(search, 1)]
    expect((await split(search, all)).body.errors).toEqual([{ pointer: '/patientIds', code: 'everyone' }])
    expect((await split(search, [crypto.randomUUID()])).body.errors[0].code).toBe('not-in-household')
    expect((await split({ ...search, version: 99 }, [search.patient.id])).body.code).toBe('case-changed')
    const alone = await read((await aGpSearch(tested, cptsId)).id)
    expect((await split(alone, [alone.patient.id])).body.code).toBe('wrong-status')
  })
})

describe('the end of one person’s search', () => {
  const close = (search: Search, over: object) =>
    call('POST', `/gp-searches/${search.id}/moves`, {
      action: 'close',
      reason: 'deceased',
      version: search.version,
      ...over,
    })

  test('does not carry the others: who is meant must be said', async () => {
    const search = await family()
    expect((await close(search, {})).body.code).toBe('household-scope-required')
    const { body } = await close(search, { scope: 'patient' })
    expect(body).toMatchObject({ id: search.id, status: 'eligible', householdSize: 2 })
    const irma = (await call('GET', `/patients/${search.patient.id}`)).body
    expect(irma.cases).toMatchObject([{ status: 'closed' }])
    expect((await close(body, { scope: 'household' })).body).toMatchObject({ status: 'closed', householdSize: 2 })
  })

  test('or their pause', async () => {
    const search = await family()
    const next = { action: 'hold', reason: 'hospitalised', resumeAt: days(10).toISOString() }
    const { body } = await split(search, [memberOf(search, 0)], { next })
    expect(body).toMatchObject({ case: { status: 'eligible', householdSize: 2 }, searches: [{ status: 'on_hold' }] })
  })
})

describe('joining', () => {
  test('a newborn, described: the places and the points follow, and the mother’s offer is read again', async () => {
    const search = await family()
    const offered = await propose(search)
    const { version } = await read(search.id)
    const added = await call('POST', `/gp-searches/${search.id}/household-members`, {
      patient: described('Verlanche', 'Émo 🙂', '2026-02-20'),
      details: { pregnancyOrInfant: true },
      version,
    })
    expect(added).toMatchObject({ status: 200, body: { householdSize: 4, status: 'proposing' } })
    expect((await accept(offered)).body.code).toBe('version-stale')
    expect((await call('GET', `/patients/${search.patient.id}`)).body.household.size).toBe(4)
  })

  test('somebody who searches joins with their search, and takes it back when they leave', async () => {
    const search = await family()
    const paul = await aPatient(tested, cptsId, { birthName: 'Ostrande', firstName: 'Paulin', sex: 'male' })
    const own = await aGpSearch(tested, cptsId, { patientId: paul.id, status: 'eligible', registeredAt: days(-200) })
    const refused = await call('POST', `/gp-searches/${search.id}/household-members`, {
      patient: { id: paul.id },
      version: search.version,
    })
    expect(refused.body).toMatchObject({ code: 'already-open', allowed: [own.reference] })
    const versions = { version: search.version, otherVersion: own.version }
    const joined = await call('POST', `/gp-searches/${search.id}/household-join`, { otherId: own.id, ...versions })
    expect(joined.body).toMatchObject({ householdSize: 4, registeredAt: days(-200).toISOString() })
    const waiting = await read(own.id)
    expect(waiting).toMatchObject({ status: 'closed', statusReason: 'joined_household' })
    const reopening = { action: 'reopen', reason: 'came_back', version: waiting.version }
    expect((await call('POST', `/gp-searches/${own.id}/moves`, reopening)).body.code).toBe('already-open')
    const again = await split(joined.body, [paul.id])
    expect(again.body.searches).toMatchObject([
      { id: own.id, reference: own.reference, status: 'eligible', registeredAt: days(-200).toISOString() },
    ])
    expect((await call('GET', `/patients/${paul.id}`)).body.cases).toHaveLength(1)
  })

  test('a search that a doctor accepted, or one’s own twice, is refused', async () => {
    const search = await family()
    await accept(await propose(search))
    const matched = await read(search.id)
    const body = { patient: described('Verlanche', 'Nino', '2020-01-01'), version: matched.version }
    expect((await call('POST', `/gp-searches/${search.id}/household-members`, body)).body.code).toBe('wrong-status')
    const self = { otherId: search.id, version: matched.version, otherVersion: matched.version }
    expect((await call('POST', `/gp-searches/${search.id}/household-join`, self)).status).toBe(422)
    const member = { patient: { id: memberOf(search, 0) }, channel: 'phone', details: {} }
    const consent = { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Ana' }
    expect((await call('POST', '/gp-searches', { ...member, consent })).body.code).toBe('already-open')
  })
})

describe('at once', () => {
  test('two coordinators part the same household: one does, the other is told that it changed', async () => {
    const search = await family()
    const answers = await Promise.all([0, 1].map((at) => split(search, [memberOf(search, at)])))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await read(search.id)).householdSize).toBe(2)
  })

  test('a doctor accepts while somebody leaves: places are counted for those who stay, never for more', async () => {
    for (let round = 0; round < 4; round += 1) {
      const search = await family()
      const offered = await propose(search)
      const proposing = await read(search.id)
      const before = await freePlaces()
      const [accepted] = await Promise.all([accept(offered), split(proposing, [memberOf(search, 0)])])
      const after = await read(search.id)
      const took = before - (await freePlaces())
      if (accepted.status === 200) expect(took).toBe(after.householdSize)
      else expect(took).toBe(0)
      for (const { id, version } of [after])
        await call('POST', `/gp-searches/${id}/moves`, {
          action: 'close',
          reason: 'withdrawn',
          scope: 'household',
          version,
        })
      expect(await freePlaces()).toBe(5)
    }
  })

  test('two households join each other from both sides: everybody searches once', async () => {
    const [one, other] = [await family(), await read((await aGpSearch(tested, cptsId, { status: 'eligible' })).id)]
    const join = (mine: Search, theirs: Search) =>
      call('POST', `/gp-searches/${mine.id}/household-join`, {
        otherId: theirs.id,
        version: mine.version,
        otherVersion: theirs.version,
      })
    const answers = await Promise.all([join(one, other), join(other, one)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const open = [await read(one.id), await read(other.id)].filter(({ status }) => status !== 'closed')
    expect(open.map(({ householdSize }) => householdSize)).toEqual([4])
  })
})

test('another CPTS and other roles part nothing', async () => {
  const search = await family()
  const elsewhere = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
  const body = { patientIds: [memberOf(search, 0)], version: search.version }
  const path = `/gp-searches/${search.id}/household-split`
  expect((await call('POST', path, body, elsewhere)).status).toBe(404)
  for (const role of ['practitioner', 'requester', 'hospital_staff', 'administrator'] as const) {
    const { headers } = await someoneWho(tested, { cptsId, role })
    expect((await call('POST', path, body, headers)).body.code).toBe('role-may-not')
  }
})
