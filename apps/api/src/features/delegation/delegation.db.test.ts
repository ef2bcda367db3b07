import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { newId, OrganizationId } from '@maillage/contracts/kit/ids'
import type { DelegationRight } from '@maillage/contracts/roles'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aDelegationOf, aSecretary } from '../../../test/builders/a-delegation.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'

let tested: TestApp
let cptsId: CptsId
type Headers = { authorization: string }
let coordinator: Headers

beforeAll(async () => {
  tested = await buildTestApp()
  cptsId = await aCpts(tested)
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterAll(() => tested.close())

const call = (headers: Headers, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

async function aDoctor(lastName: string, over: { cptsId?: CptsId } = {}) {
  const where = over.cptsId ?? cptsId
  const id = await aPractitioner(tested, where, { lastName })
  await somePlaces(tested, where, id, 20)
  const { headers } = await someoneWho(tested, { cptsId: where, role: 'practitioner', practitionerId: id })
  return { id, headers }
}

async function offeredTo(practitionerId: PractitionerId) {
  const row = await aGpSearch(tested, cptsId, { status: 'proposing' })
  const [proposal] = await aRound(tested, cptsId, row.id, [practitionerId])
  if (!proposal) throw new Error('Nothing was proposed')
  return { caseId: row.id, id: proposal.id, version: proposal.version }
}

const accept = (headers: Headers, { id, version }: { id: string; version: number }) =>
  call(headers, 'POST', `/proposals/${id}/acceptance`, { version })

async function aTeam(rights?: readonly DelegationRight[]) {
  const doctor = await aDoctor('Berger')
  const secretary = await aSecretary(tested, cptsId, [doctor.id], rights)
  return { doctor, secretary, delegation: secretary.delegations[0] ?? '' }
}

describe('acting for a practitioner', () => {
  test('an answer is traced both times: in the story, in the trail and in the list of acts', async () => {
    const { doctor, secretary, delegation } = await aTeam()
    const offered = await offeredTo(doctor.id)
    const answer = await accept(secretary.headers, offered)
    expect([answer.statusCode, answer.json().status]).toEqual([200, 'accepted'])
    const story = (await call(coordinator, 'GET', `/cases/${offered.caseId}/timeline`)).json()
    expect(story.items).toContainEqual(
      expect.objectContaining({
        action: 'accepted',
        byRole: 'secretary',
        onBehalf: { practitioner: 'Dr Alix Berger', spokenTo: null, calledAt: null },
      }),
    )
    const trail = (await call(coordinator, 'GET', `/audit-entries?caseId=${offered.caseId}`)).json()
    expect(trail.items).toContainEqual(
      expect.objectContaining({ action: 'proposal.accepted', onBehalf: true, onBehalfOf: 'Dr Alix Berger' }),
    )
    for (const headers of [doctor.headers, secretary.headers, coordinator]) {
      const acts = (await call(headers, 'GET', `/delegations/${delegation}/acts`)).json()
      expect(acts.items.map(({ action }: { action: string }) => action)).toContain('proposal.accepted')
    }
  })

  test('one list holds the proposals of all their practitioners, each named, and nobody else’s', async () => {
    const [one, two, other] = [await aDoctor('Un'), await aDoctor('Deux'), await aDoctor('Trois')]
    const { headers } = await aSecretary(tested, cptsId, [one.id, two.id])
    for (const { id } of [one, two, other]) await offeredTo(id)
    const { items } = (await call(headers, 'GET', '/proposals?status=pending')).json()
    expect(items.map(({ practitioner }: { practitioner: { id: string } }) => practitioner.id).toSorted()).toEqual(
      [one.id, two.id].toSorted(),
    )
    const foreign = await offeredTo(other.id)
    expect((await accept(headers, foreign)).statusCode).toBe(404)
  })

  test('a right that was not given is refused, and what it opens is not shown', async () => {
    const { doctor, secretary } = await aTeam(['answer-proposals'])
    const offered = await offeredTo(doctor.id)
    const accepted = (await accept(secretary.headers, offered)).json()
    expect([accepted.status, accepted.contact, accepted.caseId]).toEqual(['accepted', null, null])
    expect((await call(secretary.headers, 'GET', `/gp-searches/${offered.caseId}`)).statusCode).toBe(404)
    const places = await call(secretary.headers, 'GET', `/practitioners/${doctor.id}/intake-capacity`)
    expect([places.statusCode, places.json().code]).toEqual([403, 'delegation-ended'])
    const without = await aTeam(['follow-patients'])
    const { id } = await offeredTo(without.doctor.id)
    expect((await call(without.secretary.headers, 'GET', `/proposals/${id}`)).statusCode).toBe(404)
  })

  test('clinical details stay closed unless the practitioner opened them', async () => {
    const details = { hasLongTermCondition: true, freeText: 'Suivi à reprendre.', preferences: { homeVisit: true } }
    for (const opened of [false, true]) {
      const { doctor, secretary } = await aTeam(
        opened ? undefined : ['answer-proposals', 'follow-patients', 'places-and-absences'],
      )
      const row = await aGpSearch(tested, cptsId, { status: 'proposing', details })
      const [proposal] = await aRound(tested, cptsId, row.id, [doctor.id])
      await accept(secretary.headers, { id: proposal?.id ?? '', version: proposal?.version ?? 1 })
      const read = (await call(secretary.headers, 'GET', `/gp-searches/${row.id}`)).json()
      expect(read.details).toEqual(opened ? details : { preferences: { homeVisit: true } })
    }
  })

  test('a visit, a declaration, places and an absence are the secretary’s to record', async () => {
    const { doctor, secretary } = await aTeam()
    const offered = await offeredTo(doctor.id)
    await accept(secretary.headers, offered)
    const move = async (action: string, fields: object) => {
      const { version } = (await call(secretary.headers, 'GET', `/gp-searches/${offered.caseId}`)).json()
      return await call(secretary.headers, 'POST', `/gp-searches/${offered.caseId}/moves`, {
        action,
        version,
        ...fields,
      })
    }
    const visitAt = new Date(Date.now() + 86_400_000).toISOString()
    expect((await move('book-visit', { visitAt })).json().status).toBe('visit_booked')
    expect((await move('unmatch', { reason: 'fit' })).statusCode).toBe(403)
    const declaredAt = new Date().toISOString().slice(0, 10)
    expect((await move('declare', { declaredAt, attestedBy: 'practitioner' })).json().status).toBe('declared')
    const path = `/practitioners/${doctor.id}`
    const { version } = (await call(secretary.headers, 'GET', `${path}/intake-capacity`)).json()
    const accepts = { homeVisits: true, children: true, longTerm: true, newPatients: true }
    const places = { places: 3, opensAt: declaredAt, municipalities: [], accepts, version }
    expect((await call(secretary.headers, 'PUT', `${path}/intake-capacity`, places)).statusCode).toBe(200)
    const away = { from: '2099-07-01', until: '2099-07-15' }
    expect((await call(secretary.headers, 'POST', `${path}/absences`, away)).statusCode).toBe(201)
    const written = await prepare(tested, (tx) =>
      tx
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(and(eq(auditEntries.onBehalfOf, doctor.id), eq(auditEntries.actorId, secretary.accountId))),
    )
    const actions = written.map(({ action }) => action.split(' ')[0])
    expect(actions).toEqual(
      expect.arrayContaining([
        'gp-search.book-visit',
        'gp-search.declare',
        'practitioner.declare-capacity',
        'practitioner.add-absence',
      ]),
    )
  })

  test('of two secretaries who answer at once, one answer stands', async () => {
    const doctor = await aDoctor('Pressé')
    const [one, two] = [await aSecretary(tested, cptsId, [doctor.id]), await aSecretary(tested, cptsId, [doctor.id])]
    const offered = await offeredTo(doctor.id)
    const decline = { version: offered.version, reason: 'no_capacity' }
    const answers = await Promise.all([
      accept(one.headers, offered),
      call(two.headers, 'POST', `/proposals/${offered.id}/decline`, decline),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    const kept = (await call(doctor.headers, 'GET', `/proposals/${offered.id}`)).json()
    expect(['accepted', 'declined']).toContain(kept.status)
  })

  test('nobody else may speak for a practitioner, and a secretary is nobody’s patient desk', async () => {
    const { secretary } = await aTeam()
    for (const path of ['/worklist', '/audit-entries', '/home', `/partners/${newId(OrganizationId)}/none`])
      expect([403, 404]).toContain((await call(secretary.headers, 'GET', path)).statusCode)
    expect((await call(secretary.headers, 'POST', '/delegations', {})).statusCode).toBe(403)
    expect((await call(secretary.headers, 'POST', '/patients/search', { q: 'essai' })).statusCode).toBe(403)
  })
})

describe('the end of a delegation', () => {
  test('is worth it at the next request, whatever the token says; /me still answers', async () => {
    const { doctor, secretary, delegation } = await aTeam()
    const offered = await offeredTo(doctor.id)
    const ended = await call(doctor.headers, 'POST', `/delegations/${delegation}/end`, { version: 1 })
    expect([ended.statusCode, ended.json().status]).toEqual([200, 'ended'])
    for (const refused of [
      await call(secretary.headers, 'GET', '/proposals'),
      await accept(secretary.headers, offered),
      await call(secretary.headers, 'GET', '/practitioners'),
    ])
      expect([refused.statusCode, refused.json().code]).toEqual([403, 'delegation-ended'])
    const me = (await call(secretary.headers, 'GET', '/me')).json()
    expect([me.memberships, me.current]).toEqual([[], null])
  })

  test('waits for the act under way, and the act that comes after it is refused', async () => {
    const { doctor, secretary, delegation } = await aTeam()
    const offered = await offeredTo(doctor.id)
    const [answer, end] = await Promise.all([
      accept(secretary.headers, offered),
      call(doctor.headers, 'POST', `/delegations/${delegation}/end`, { version: 1 }),
    ])
    expect(end.statusCode).toBe(200)
    const { status } = (await call(doctor.headers, 'GET', `/proposals/${offered.id}`)).json()
    // Either order is right; a refusal must have changed nothing.
    expect([answer.statusCode, status]).toEqual(answer.statusCode === 200 ? [200, 'accepted'] : [403, 'pending'])
  })

  test('leaves the others: who acts for two goes on for one', async () => {
    const [one, two] = [await aDoctor('Un'), await aDoctor('Deux')]
    const secretary = await aSecretary(tested, cptsId, [one.id, two.id])
    const [toOne, toTwo] = [await offeredTo(one.id), await offeredTo(two.id)]
    await call(secretary.headers, 'POST', `/delegations/${secretary.delegations[0]}/end`, { version: 1 })
    expect((await accept(secretary.headers, toOne)).statusCode).toBe(404)
    expect((await accept(secretary.headers, toTwo)).statusCode).toBe(200)
  })

  test('is the practitioner’s, the secretary’s, the coordination’s; never another’s, nor twice', async () => {
    const { delegation, secretary } = await aTeam()
    const end = (headers: Headers, version = 1) => call(headers, 'POST', `/delegations/${delegation}/end`, { version })
    const elsewhere = await aCpts(tested)
    const foreign = (await someoneWho(tested, { cptsId: elsewhere, role: 'coordinator' })).headers
    const requester = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
    expect((await end((await aDoctor('Autre')).headers)).statusCode).toBe(404)
    expect((await end(foreign)).statusCode).toBe(404)
    expect((await end(requester)).statusCode).toBe(403)
    expect((await end(coordinator, 7)).json().code).toBe('version-stale')
    expect((await end(secretary.headers)).statusCode).toBe(200)
    expect((await end(coordinator, 2)).json().code).toBe('version-stale')
  })

  test('goes with the practitioner’s own role', async () => {
    const { secretary, doctor } = await aTeam()
    await aDelegationOf(tested, doctor.id).practitionerLeaves()
    expect((await call(secretary.headers, 'GET', '/proposals')).json().code).toBe('delegation-ended')
  })
})
