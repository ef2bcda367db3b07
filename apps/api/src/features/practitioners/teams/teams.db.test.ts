import { type CptsId, newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aGpSearch } from '../../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { type ProposalRow, proposals } from '../../../kernel/tables/proposal.table.ts'

const times = Number(process.env.REPEAT ?? 20)

let tested: TestApp
let cptsId: CptsId
let ana: Person
type Person = Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const call = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, who: Person = ana) =>
  tested.app.inject({ method, url: `/api/v1${path}`, payload, headers: who.headers })

interface Doctor extends Person {
  id: PractitionerId
}
async function aDoctor(places?: number | null): Promise<Doctor> {
  const id = await aPractitioner(tested, cptsId)
  if (places !== undefined) await somePlaces(tested, cptsId, id, places)
  return { id, ...(await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: id })) }
}

/** A team of these people, the first of whom may declare its places. */
async function aTeam(members: readonly Doctor[], places?: number) {
  const body = {
    kind: 'msp',
    name: `Équipe ${newRowId()}`,
    municipality: '33063',
    members: members.map(({ id }, index) => ({ id, keeps: index === 0 })),
  }
  const made = await call('POST', '/teams', body)
  expect(made.statusCode, made.body).toBe(201)
  if (places === undefined) return made.json()
  return (await call('PUT', `/teams/${made.json().id}/places`, { places, version: made.json().version })).json()
}

async function sendTo(doctors: readonly Doctor[], householdSize = 1): Promise<ProposalRow[]> {
  const row = await aGpSearch(tested, cptsId, { status: 'proposing', householdSize })
  return aRound(
    tested,
    cptsId,
    row.id,
    doctors.map(({ id }) => id),
  )
}
const accept = (doctor: Doctor, { id, version }: ProposalRow) =>
  call('POST', `/proposals/${id}/acceptance`, { version }, doctor)
const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index]
  if (item === undefined) throw new Error(`Nothing stands at ${index}`)
  return item
}
const remaining = async (id: string, who = ana): Promise<number | null> =>
  (await call('GET', `/teams/${id}`, undefined, who)).json().remaining

describe('a team', () => {
  test('is made of people of the directory, each in one team at most, under a name of its own', async () => {
    const [one, other] = [await aDoctor(), await aDoctor()]
    const team = await aTeam([one, other])
    expect(team).toMatchObject({ places: null, remaining: null, mayDeclare: true, version: 1 })
    expect(team.members).toHaveLength(2)
    const again = { kind: 'msp', name: team.name, municipality: '33063', members: [] }
    expect((await call('POST', '/teams', again)).json().code).toBe('already-exists')
    const member = (id: string) => ({ ...again, name: 'Autre', members: [{ id, keeps: false }] })
    expect((await call('POST', '/teams', member(one.id))).json().errors).toEqual([
      { pointer: '/members/0/id', code: 'in-another-team' },
    ])
    expect((await call('POST', '/teams', member(newRowId()))).json().errors).toEqual([
      { pointer: '/members/0/id', code: 'unknown' },
    ])
    const listed = await call('GET', `/practitioners?team=${team.id}`)
    expect(listed.json().items).toHaveLength(2)
    expect(listed.json().items[0].team).toMatchObject({ id: team.id, name: team.name, places: null })
  })

  test('is changed and closed by the coordinator alone, as it was read', async () => {
    const [one, other] = [await aDoctor(), await aDoctor()]
    const team = await aTeam([one])
    const members = [{ id: other.id, keeps: true }]
    expect((await call('PUT', `/teams/${team.id}`, { members, version: 1 }, one)).statusCode).toBe(403)
    const changed = await call('PUT', `/teams/${team.id}`, { members, name: 'Maison 🏥', version: 1 })
    expect(changed.json()).toMatchObject({ name: 'Maison 🏥', members: [{ id: other.id, keeps: true }], version: 2 })
    expect((await call('PUT', `/teams/${team.id}`, { name: 'Tard', version: 1 })).json().code).toBe('version-stale')
    expect((await call('POST', `/teams/${team.id}/closing`, { version: 2 }, other)).statusCode).toBe(403)
    expect((await call('POST', `/teams/${team.id}/closing`, { version: 2 })).statusCode).toBe(204)
    expect((await call('GET', `/teams/${team.id}`)).statusCode).toBe(404)
    expect((await aTeam([other])).members).toHaveLength(1)
  })

  test('is of one CPTS: another neither sees nor takes its people', async () => {
    const doctor = await aDoctor()
    const team = await aTeam([doctor], 3)
    const far = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await call('GET', '/teams', undefined, far)).json().items).toEqual([])
    expect((await call('GET', `/teams/${team.id}`, undefined, far)).statusCode).toBe(404)
    expect((await call('PUT', `/teams/${team.id}/places`, { places: 9, version: 2 }, far)).statusCode).toBe(404)
    const theirs = { kind: 'msp', name: 'Chez eux', municipality: '33063', members: [{ id: doctor.id, keeps: false }] }
    expect((await call('POST', '/teams', theirs, far)).json().errors).toEqual([
      { pointer: '/members/0/id', code: 'unknown' },
    ])
  })

  test('its places are declared by whom it designated, and read by those who may read places', async () => {
    const [keeper, other] = [await aDoctor(), await aDoctor()]
    const team = await aTeam([keeper, other])
    const declare = (who: Person, version: number) =>
      call('PUT', `/teams/${team.id}/places`, { places: 5, version }, who)
    expect((await declare(other, 1)).json().code).toBe('role-may-not')
    expect((await declare(keeper, 1)).json()).toMatchObject({ places: 5, remaining: 5, mayDeclare: true })
    expect((await declare(keeper, 1)).json().code).toBe('version-stale')
    const reader = await someoneWho(tested, { cptsId, role: 'requester' })
    expect((await call('GET', `/teams/${team.id}`, undefined, reader)).json()).toMatchObject({
      places: null,
      remaining: null,
      mayDeclare: false,
    })
  })
})

describe('the places of a team', () => {
  test('are taken by an acceptance of any member, given back by a release, and begun anew by a declaration', async () => {
    const [one, other] = [await aDoctor(), await aDoctor(4)]
    const team = await aTeam([one, other], 3)
    const taken = at(await sendTo([one], 2), 0)
    expect((await accept(one, taken)).statusCode).toBe(200)
    expect(await remaining(team.id)).toBe(1)
    expect((await accept(other, at(await sendTo([other]), 0))).statusCode).toBe(200)
    expect(await remaining(team.id)).toBe(0)
    expect((await accept(one, at(await sendTo([one]), 0))).json().code).toBe('capacity-exhausted')
    expect((await call('GET', `/practitioners/${other.id}/intake-capacity`)).json().remaining).toBe(4)
    const body = {
      version: taken.version + 1,
      reason: 'other',
      text: 'Départ',
      onBehalf: { channel: 'phone', spokenTo: 'x' },
    }
    const released = await call('POST', `/proposals/${taken.id}/release`, body)
    expect(released.statusCode, released.body).toBe(200)
    expect(await remaining(team.id)).toBe(2)
    await call('PUT', `/teams/${team.id}/places`, { places: 6, version: 2 })
    expect(await remaining(team.id)).toBe(6)
  })

  test('are not those of a member who says that they take nobody', async () => {
    const closed = await aDoctor(0)
    await aTeam([closed], 5)
    expect((await accept(closed, at(await sendTo([closed]), 0))).json().code).toBe('capacity-exhausted')
  })

  test('rank its members as having places, and say whose they are', async () => {
    const member = await aDoctor()
    const team = await aTeam([member], 4)
    const search = await aGpSearch(tested, cptsId, { status: 'eligible' })
    const found = (await call('GET', `/gp-searches/${search.id}/candidates`)).json().items
    expect(found).toMatchObject([{ capacity: 'declared', places: 4, remaining: 4, team: team.name }])
    await call('PUT', `/teams/${team.id}/places`, { places: 0, version: 2 })
    expect((await call('GET', `/gp-searches/${search.id}/candidates`)).json()).toMatchObject({
      items: [],
      filteredOut: [{ cause: 'full', count: 1 }],
    })
    const filtered = (accepts: boolean) => call('GET', `/practitioners?acceptsNewPatients=${accepts}`)
    expect((await filtered(true)).json().items).toHaveLength(0)
    await call('PUT', `/teams/${team.id}/places`, { places: 1, version: 3 })
    expect((await filtered(true)).json().items).toHaveLength(1)
  })

  test(`are never given twice, ${times} times: two members, one place`, {
    timeout: 30_000 + times * 1500,
  }, async () => {
    const [one, other] = [await aDoctor(), await aDoctor()]
    const team = await aTeam([one, other])
    for (let n = 0; n < times; n++) {
      const { version } = (await call('GET', `/teams/${team.id}`)).json()
      await call('PUT', `/teams/${team.id}/places`, { places: 1, version })
      const [first, second] = [at(await sendTo([one]), 0), at(await sendTo([other]), 0)]
      const answers = await Promise.all([accept(one, first), accept(other, second)])
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
      expect(await remaining(team.id)).toBe(0)
    }
  })

  test('declared anew while a member accepts: the place is taken from one declaration, never from both', async () => {
    const doctor = await aDoctor()
    const team = await aTeam([doctor], 1)
    for (let n = 0; n < times; n++) {
      const { version } = (await call('GET', `/teams/${team.id}`)).json()
      const sent = at(await sendTo([doctor]), 0)
      const [declared, accepted] = await Promise.all([
        call('PUT', `/teams/${team.id}/places`, { places: 1, version }),
        accept(doctor, sent),
      ])
      expect(declared.statusCode).toBe(200)
      expect([200, 409]).toContain(accepted.statusCode)
      expect(await remaining(team.id)).toBeGreaterThanOrEqual(0)
    }
  })

  test('stay counted on the proposal that took them when its doctor leaves the team', async () => {
    const doctor = await aDoctor()
    const team = await aTeam([doctor], 2)
    await accept(doctor, at(await sendTo([doctor]), 0))
    await call('PUT', `/teams/${team.id}`, { members: [], version: 2 })
    expect(await remaining(team.id)).toBe(1)
    const [kept] = await prepare(tested, (tx) =>
      tx.select().from(proposals).where(eq(proposals.practitionerId, doctor.id)),
    )
    expect(kept).toMatchObject({ teamId: team.id, capacityPeriod: null, placesTaken: 1 })
  })
})
