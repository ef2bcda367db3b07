import type { GpSearch } from '@maillage/contracts/gp-search'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Proposal } from '@maillage/contracts/proposals'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { expireProposal } from './expire-proposal.ts'

let tested: TestApp
let cptsId: CptsId
let shiftMs = 0
type Headers = { authorization: string }
let coordinator: Headers
let doctors: { id: PractitionerId; headers: Headers }[]
let quiet: PractitionerId

beforeAll(async () => {
  tested = await buildTestApp({ now: () => new Date(Date.now() + shiftMs) })
  cptsId = await aCpts(tested)
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  doctors = []
  for (const lastName of ['Un', 'Deux', 'Trois']) {
    const id = await aPractitioner(tested, cptsId, { lastName })
    await somePlaces(tested, cptsId, id, 50)
    const { headers } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })
    doctors.push({ id, headers })
  }
  quiet = await aPractitioner(tested, cptsId, { lastName: 'Sans Compte', practicePhone: '+33465710142' })
})
afterAll(() => tested.close())
beforeEach(() => {
  shiftMs = 0
})

const call = (headers: Headers, method: 'GET' | 'POST', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const doctor = (index: number) => {
  const found = doctors[index]
  if (!found) throw new Error(`There is no doctor ${index}`)
  return found
}

const read = async (id: GpSearch['id']): Promise<GpSearch> =>
  (await call(coordinator, 'GET', `/gp-searches/${id}`)).json()

async function proposed(mode: 'direct' | 'sequential' | 'broadcast', ids: PractitionerId[], over: object = {}) {
  const row = await aGpSearch(tested, cptsId, { status: 'eligible' })
  const payload = { mode, practitionerIds: ids, version: row.version, ...over }
  const answer = await call(coordinator, 'POST', `/gp-searches/${row.id}/proposals`, payload)
  return { id: row.id, answer, items: (answer.json().items ?? []) as Proposal[] }
}

const of = async (id: GpSearch['id'], practitionerId: PractitionerId): Promise<Proposal> => {
  const found = (await read(id)).proposals.find(({ practitioner }) => practitioner.id === practitionerId)
  if (!found) throw new Error('Nothing was proposed to this practitioner')
  return found
}

const decline = async (id: GpSearch['id'], index: number, reason = 'too_far') => {
  const { id: proposalId, version } = await of(id, doctor(index).id)
  return call(doctor(index).headers, 'POST', `/proposals/${proposalId}/decline`, { version, reason })
}
const accept = async (id: GpSearch['id'], index: number) => {
  const { id: proposalId, version } = await of(id, doctor(index).id)
  return call(doctor(index).headers, 'POST', `/proposals/${proposalId}/acceptance`, { version })
}
const statuses = async (id: GpSearch['id']) =>
  Object.fromEntries(
    (await read(id)).proposals.map(({ practitioner, status }) => [practitioner.displayName.split(' ').at(-1), status]),
  )

describe('one after the other', () => {
  test('the next is asked at a decline, the search returns to the list after the last', async () => {
    const { id } = await proposed('sequential', [doctor(0).id, doctor(1).id])
    expect(await statuses(id)).toEqual({ Un: 'pending', Deux: 'queued' })
    expect(
      (await call(doctor(1).headers, 'GET', '/proposals')).json().items.map((one: { id: string }) => one.id),
    ).not.toContain((await of(id, doctor(1).id)).id)
    expect((await decline(id, 0)).statusCode).toBe(200)
    expect(await statuses(id)).toEqual({ Un: 'declined', Deux: 'pending' })
    expect((await read(id)).status).toBe('proposing')
    await decline(id, 1, 'no_capacity')
    expect(await statuses(id)).toEqual({ Un: 'declined', Deux: 'declined' })
    expect((await read(id)).status).toBe('eligible')
  })

  test('silence moves on as well, and is counted apart from a decline', async () => {
    const { id } = await proposed('sequential', [doctor(0).id, doctor(1).id], {
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    })
    const deps = { ...tested.deps, kinds: caseKindsOf() }
    const first = await of(id, doctor(0).id)
    expect(await expireProposal(deps, cptsId, first.id)).toBe(false)
    shiftMs = 61_000
    expect(await expireProposal(deps, cptsId, first.id)).toBe(true)
    expect(await expireProposal(deps, cptsId, first.id)).toBe(false)
    expect(await statuses(id)).toEqual({ Un: 'expired', Deux: 'pending' })
    const second = await of(id, doctor(1).id)
    const windowMs = Date.parse(second.expiresAt ?? '') - Date.parse(second.sentAt ?? '')
    // The same window as the first, give or take the moment that the request took.
    expect(Math.abs(windowMs - 60_000)).toBeLessThan(5000)
  })

  test('an answer after the clock ran out is refused even before the job has come by', async () => {
    const { id } = await proposed('direct', [doctor(0).id], { expiresAt: new Date(Date.now() + 60_000).toISOString() })
    shiftMs = 61_000
    expect((await accept(id, 0)).json()).toMatchObject({ status: 409, code: 'proposal-closed' })
  })

  test('withdrawing the one who is asked goes on with the next; one who only waits leaves quietly', async () => {
    const { id } = await proposed('sequential', [doctor(0).id, doctor(1).id, doctor(2).id])
    const waiting = await of(id, doctor(1).id)
    await call(coordinator, 'POST', `/proposals/${waiting.id}/withdrawal`, { version: waiting.version })
    expect(await statuses(id)).toEqual({ Un: 'pending', Deux: 'withdrawn', Trois: 'queued' })
    const asked = await of(id, doctor(0).id)
    await call(coordinator, 'POST', `/proposals/${asked.id}/withdrawal`, { version: asked.version })
    expect(await statuses(id)).toEqual({ Un: 'withdrawn', Deux: 'withdrawn', Trois: 'pending' })
  })
})

describe('all at once', () => {
  test('the first who accepts has the patient, the others are superseded and told so', async () => {
    const { id } = await proposed(
      'broadcast',
      doctors.map((one) => one.id),
    )
    expect((await accept(id, 1)).statusCode).toBe(200)
    expect(await statuses(id)).toEqual({ Un: 'superseded', Deux: 'accepted', Trois: 'superseded' })
    expect((await accept(id, 0)).json()).toMatchObject({ status: 409, code: 'proposal-closed' })
    expect((await accept(id, 1)).statusCode).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'matched', matchedWith: { id: doctor(1).id } })
  })

  test('giving back frees the place, keeps the seniority and closes the file to who gave back', async () => {
    const { id } = await proposed('direct', [doctor(0).id])
    await accept(id, 0)
    const before = await read(id)
    const { id: proposalId, version } = await of(id, doctor(0).id)
    const released = await call(doctor(0).headers, 'POST', `/proposals/${proposalId}/release`, {
      version,
      reason: 'fit',
    })
    expect(released.json()).toMatchObject({ status: 'released', contact: null })
    expect(await read(id)).toMatchObject({ status: 'eligible', registeredAt: before.registeredAt, matchedWith: null })
    expect((await call(doctor(0).headers, 'GET', `/gp-searches/${id}`)).statusCode).toBe(404)
  })
})

describe('whoever has no account is called', () => {
  test('a callback is due, the answer is noted for them, and the callback is done', async () => {
    const { id } = await proposed('direct', [quiet])
    expect(await of(id, quiet)).toMatchObject({ practitioner: { reachableBy: 'phone' } })
    const reminders = async () => (await call(coordinator, 'GET', `/cases/${id}/reminders`)).json()
    expect(JSON.stringify(await reminders())).toContain('Appeler')
    const { id: proposalId, version } = await of(id, quiet)
    const alone = await call(coordinator, 'POST', `/proposals/${proposalId}/acceptance`, { version })
    expect(alone.json()).toMatchObject({ status: 422, errors: [{ pointer: '/onBehalf' }] })
    const onBehalf = { channel: 'phone', spokenTo: 'Son secrétariat' }
    const answer = await call(coordinator, 'POST', `/proposals/${proposalId}/acceptance`, { version, onBehalf })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(await of(id, quiet)).toMatchObject({ status: 'accepted', spokenTo: 'Son secrétariat' })
    expect(await read(id)).toMatchObject({ status: 'matched', dueCode: 'tell-patient' })
    const trail = await call(coordinator, 'GET', `/audit-entries?caseId=${id}`)
    expect(trail.json().items).toContainEqual(expect.objectContaining({ action: 'proposal.accepted', onBehalf: true }))
  })
})

describe('refusals', () => {
  test.each([
    ['two for one', 'direct', () => [doctor(0).id, doctor(1).id], 422, '/practitionerIds'],
    ['the same twice', 'broadcast', () => [doctor(0).id, doctor(0).id], 422, '/practitionerIds'],
  ] as const)('%s', async (_name, mode, ids, status, pointer) => {
    const { answer } = await proposed(mode, ids())
    expect(answer.json()).toMatchObject({ status, errors: [{ pointer }] })
  })

  test('a clock that has already run out, a nurse, a doctor who declined, a second round', async () => {
    const past = await proposed('direct', [doctor(0).id], { expiresAt: '2020-01-01T00:00:00Z' })
    expect(past.answer.json()).toMatchObject({ errors: [{ pointer: '/expiresAt' }] })
    const nurse = await aPractitioner(tested, cptsId, { profession: 'nurse', isGeneralPractitioner: false })
    expect((await proposed('direct', [nurse])).answer.json()).toMatchObject({
      errors: [{ pointer: '/practitionerIds/0' }],
    })
    const { id } = await proposed('direct', [doctor(0).id])
    const again = async (practitionerId: PractitionerId) =>
      (
        await call(coordinator, 'POST', `/gp-searches/${id}/proposals`, {
          mode: 'direct',
          practitionerIds: [practitionerId],
          version: (await read(id)).version,
        })
      ).json()
    expect(await again(doctor(1).id)).toMatchObject({ code: 'proposal-already-live' })
    await decline(id, 0)
    expect(await again(doctor(0).id)).toMatchObject({
      code: 'practitioner-not-eligible',
      errors: [{ code: 'already_declined' }],
    })
  })

  test('another doctor, a stale version, a decline for another reason without a word', async () => {
    const { id } = await proposed('direct', [doctor(0).id])
    const { id: proposalId, version } = await of(id, doctor(0).id)
    expect((await call(doctor(1).headers, 'POST', `/proposals/${proposalId}/acceptance`, { version })).statusCode).toBe(
      404,
    )
    expect(
      (await call(doctor(0).headers, 'POST', `/proposals/${proposalId}/acceptance`, { version: version + 1 })).json(),
    ).toMatchObject({ code: 'version-stale' })
    expect(
      (await call(doctor(0).headers, 'POST', `/proposals/${proposalId}/decline`, { version, reason: 'other' })).json(),
    ).toMatchObject({ errors: [{ pointer: '/text' }] })
    expect((await read(id)).status).toBe('proposing')
  })

  test('a withdrawal by the doctor, by the neighbour, of another version, or after the answer', async () => {
    const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const { id } = await proposed('direct', [doctor(0).id])
    const { id: proposalId, version } = await of(id, doctor(0).id)
    const withdraw = (headers: Headers, seen: number) =>
      call(headers, 'POST', `/proposals/${proposalId}/withdrawal`, { version: seen })
    expect((await withdraw(doctor(0).headers, version)).json()).toMatchObject({ status: 403, code: 'role-may-not' })
    expect((await withdraw(neighbour.headers, version)).json()).toMatchObject({ status: 404, code: 'not-found' })
    expect((await withdraw(coordinator, version + 1)).json()).toMatchObject({ status: 409, code: 'version-stale' })
    expect(await statuses(id)).toEqual({ Un: 'pending' })
    await accept(id, 0)
    expect((await withdraw(coordinator, version + 1)).json()).toMatchObject({ status: 409, code: 'proposal-closed' })
    expect((await read(id)).status).toBe('matched')
  })

  test('what was declared is no longer given back', async () => {
    const { id } = await proposed('direct', [doctor(0).id])
    await accept(id, 0)
    const declaredAt = new Date().toISOString().slice(0, 10)
    const move = { action: 'declare', declaredAt, attestedBy: 'patient', version: (await read(id)).version }
    expect((await call(doctor(0).headers, 'POST', `/gp-searches/${id}/moves`, move)).statusCode).toBe(200)
    const { id: proposalId, version } = await of(id, doctor(0).id)
    const release = await call(doctor(0).headers, 'POST', `/proposals/${proposalId}/release`, {
      version,
      reason: 'fit',
    })
    expect(release.json()).toMatchObject({ status: 409, code: 'wrong-status' })
    expect(await of(id, doctor(0).id)).toMatchObject({ status: 'accepted', version })
  })
})
