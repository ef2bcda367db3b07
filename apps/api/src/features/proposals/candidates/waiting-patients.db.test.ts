import type { Candidates, PractitionerActivity, WaitingPatient } from '@maillage/contracts/candidates'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Proposal } from '@maillage/contracts/proposals'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as z from 'zod'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aGpSearch } from '../../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../../test/builders/a-round.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { priorityFrom } from '../../../kernel/priority.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'

let tested: TestApp
type Headers = { authorization: string }

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

/** A CPTS of its own for each test, with its coordinator: nobody else's cases wait there. */
async function aTerritory(): Promise<{ cptsId: CptsId; desk: Headers }> {
  const cptsId = await aCpts(tested)
  return { cptsId, desk: (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers }
}

const call = (headers: Headers, method: 'GET' | 'POST', path: string, payload?: object) =>
  tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const waitingFor = async (desk: Headers, id: PractitionerId): Promise<WaitingPatient[]> =>
  (await call(desk, 'GET', `/practitioners/${id}/waiting-patients?limit=200`)).json().items

const candidatesOf = async (desk: Headers, id: string, more = ''): Promise<z.infer<typeof Candidates>> =>
  (await call(desk, 'GET', `/gp-searches/${id}/candidates?limit=100${more}`)).json()

const p = (score: number) => {
  const priority = priorityFrom({ score, rulesetVersion: 'test', contributions: [] })
  return { priority, score, bandRank: Number(priority.band[1]) }
}

/** Doctors and searches that meet every filter at least once. */
async function aMixedTerritory(cptsId: CptsId) {
  const places = { municipalities: [], maxDistanceKm: null }
  const make = async (
    name: string,
    declared: number | null,
    over: Parameters<typeof aPractitioner>[2] = {},
    intake: Parameters<typeof somePlaces>[4] = {},
  ) => {
    const id = await aPractitioner(tested, cptsId, { lastName: name, ...over })
    await somePlaces(tested, cptsId, id, declared, { ...places, ...intake })
    return id
  }
  const doctors = [
    await make('Ouvert', 5, {}, { homeVisits: true }),
    await make('Complet', 0),
    await make('Tait', null),
    await make('Proche', 5, {}, { maxDistanceKm: 2 }),
    await make('Ailleurs', 5, {}, { municipalities: ['33039'] }),
    await make('Adultes', 5, {}, { children: false, longTerm: false }),
    await make('Spécialiste', 5, { isGeneralPractitioner: false }),
    await make('Une place', 1, { municipalityCode: '33402' }),
    await make('Infirmière', null, { profession: 'nurse', isGeneralPractitioner: false }),
  ]
  const searches = [
    await aGpSearch(tested, cptsId, { status: 'eligible', ...p(70) }),
    await aGpSearch(tested, cptsId, { status: 'eligible', municipalityCode: '33402', ...p(30) }),
    await aGpSearch(tested, cptsId, { status: 'eligible', details: { homebound: true }, ...p(45) }),
    await aGpSearch(tested, cptsId, { status: 'eligible', details: { hasLongTermCondition: true }, ...p(10) }),
    await aGpSearch(tested, cptsId, { status: 'eligible', householdSize: 3, ...p(30) }),
    await aGpSearch(tested, cptsId, {
      status: 'eligible',
      details: { preferences: { maxDistanceKm: 5, languages: ['arabe'] } },
      ...p(30),
    }),
  ]
  return { doctors, searches }
}

test('a doctor is a candidate for a search exactly when that person waits for this doctor', async () => {
  const { cptsId, desk } = await aTerritory()
  const { doctors, searches } = await aMixedTerritory(cptsId)
  const [first, second] = searches
  const [open] = doctors
  if (!first || !second || !open) throw new Error('The territory is empty')
  await aRound(tested, cptsId, second.id, [open], { status: 'declined', answeredAt: tested.deps.now() })
  const pairs = new Set<string>()
  for (const search of searches) {
    const { items } = await candidatesOf(desk, search.id)
    for (const { practitioner } of items) pairs.add(`${practitioner.id} ${search.id}`)
  }
  const mirrored = new Set<string>()
  for (const doctor of doctors) {
    for (const { caseId } of await waitingFor(desk, doctor)) mirrored.add(`${doctor} ${caseId}`)
  }
  expect([...mirrored].sort()).toEqual([...pairs].sort())
  expect(pairs.size).toBeGreaterThan(12)
  expect(pairs.has(`${open} ${second.id}`)).toBe(false)
  // The reasons are the same, whichever way they are read.
  const there = (await candidatesOf(desk, first.id)).items.find(({ practitioner }) => practitioner.id === open)
  const back = (await waitingFor(desk, open)).find(({ caseId }) => caseId === first.id)
  expect(back?.reasons).toEqual(there?.reasons)
  expect(back?.distanceKm).toBe(there?.distanceKm)
})

test('priority first, then the longest wait; a page goes on where the other ended, and the reading is traced', async () => {
  const { cptsId, desk } = await aTerritory()
  const doctor = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, doctor, 9)
  const since = (days: number) => new Date(tested.deps.now().getTime() - days * 86_400_000)
  const waits = async (score: number, days: number) =>
    (await aGpSearch(tested, cptsId, { status: 'eligible', registeredAt: since(days), ...p(score) })).id
  const [recent, old, urgent, middle] = [
    await waits(25, 3),
    await waits(30, 90),
    await waits(65, 1),
    await waits(45, 2),
  ]
  await aGpSearch(tested, cptsId, { status: 'submitted' })
  await aGpSearch(tested, cptsId, { status: 'closed', isOpen: false })
  expect((await waitingFor(desk, doctor)).map(({ caseId }) => caseId)).toEqual([urgent, middle, old, recent])
  const page = (await call(desk, 'GET', `/practitioners/${doctor}/waiting-patients?limit=3`)).json()
  expect(page.items).toHaveLength(3)
  const rest = (await call(desk, 'GET', `/practitioners/${doctor}/waiting-patients?limit=3&cursor=${page.next}`)).json()
  expect(rest).toMatchObject({ items: [{ caseId: recent }], next: null })
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(
      sql`select 1 from audit_entries where cpts_id = ${cptsId} and action = 'practitioner.waiting-patients-read'`,
    ),
  )
  expect(rows).toHaveLength(3)
  const bad = await call(desk, 'GET', `/practitioners/${doctor}/waiting-patients?cursor=eyJhIjoxfQ`)
  expect(bad.statusCode).toBe(422)
})

test('a search already offered waits for nobody else, unless its band allows several rounds', async () => {
  const { cptsId, desk } = await aTerritory()
  const [asked, other] = [await aPractitioner(tested, cptsId), await aPractitioner(tested, cptsId)]
  const calm = await aGpSearch(tested, cptsId, { status: 'proposing', ...p(30) })
  const urgent = await aGpSearch(tested, cptsId, { status: 'proposing', ...p(80) })
  await aRound(tested, cptsId, calm.id, [asked])
  await aRound(tested, cptsId, urgent.id, [asked])
  expect((await waitingFor(desk, other)).map(({ caseId }) => caseId)).toEqual([urgent.id])
  expect(await waitingFor(desk, asked)).toEqual([])
})

test('only a coordinator reads who waits, and only in their own CPTS', async () => {
  const { cptsId, desk } = await aTerritory()
  const doctor = await aPractitioner(tested, cptsId)
  const paths = [`/practitioners/${doctor}/waiting-patients`, `/practitioners/${doctor}/activity`]
  const { headers: own } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctor })
  const { desk: neighbour } = await aTerritory()
  for (const path of paths) {
    expect((await call(own, 'GET', path)).statusCode).toBe(403)
    expect((await call(neighbour, 'GET', path)).statusCode).toBe(404)
    expect((await call(desk, 'GET', path)).statusCode).toBe(200)
  }
})

test('what each widening announces is what it brings', async () => {
  const { cptsId, desk } = await aTerritory()
  const { searches } = await aMixedTerritory(cptsId)
  const counts: number[] = []
  for (const { id } of searches) {
    const { items, widenings } = await candidatesOf(desk, id)
    for (const { relax, withinKm, adds } of widenings) {
      const wider = await candidatesOf(desk, id, `&relax=${relax}${withinKm === null ? '' : `&withinKm=${withinKm}`}`)
      expect(wider.items.length - items.length).toBe(adds)
      counts.push(adds)
    }
  }
  expect(counts.length).toBeGreaterThan(5)
})

test('what was sent over 90 days is told apart: accepted, declined, silent', async () => {
  const { cptsId, desk } = await aTerritory()
  const doctor = await aPractitioner(tested, cptsId)
  const search = () => aGpSearch(tested, cptsId, { status: 'proposing', householdSize: 2 })
  const now = tested.deps.now().getTime()
  const ago = (days: number) => new Date(now - days * 86_400_000)
  const sent = async (days: number, over: object) =>
    aRound(tested, cptsId, (await search()).id, [doctor], { sentAt: ago(days), ...over })
  await sent(10, { status: 'accepted', answeredAt: ago(9) })
  await sent(20, { status: 'declined', answeredAt: ago(19.5) })
  await sent(30, { status: 'expired', answeredAt: ago(28) })
  await sent(100, { status: 'declined', answeredAt: ago(100) })
  await sent(0, {})
  const activity: PractitionerActivity = (await call(desk, 'GET', `/practitioners/${doctor}/activity`)).json()
  expect(activity).toMatchObject({
    load: { received: 4, accepted: 1, declined: 1, silent: 1 },
    answerHours: 12,
    patients: 1,
    placesAsked: 2,
  })
  expect(activity.live).toHaveLength(1)
  const another = await aGpSearch(tested, cptsId, { status: 'eligible' })
  const [candidate] = (await candidatesOf(desk, another.id)).items
  expect(candidate?.load).toEqual(activity.load)
})

test('proposed to more people than there are places, a doctor never takes more than they opened', async () => {
  const { cptsId, desk } = await aTerritory()
  const doctor = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, doctor, 2)
  const { headers: own } = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctor })
  const searches: CaseRow[] = []
  for (let made = 0; made < 4; made += 1) searches.push(await aGpSearch(tested, cptsId, { status: 'eligible' }))
  const answers = await Promise.all(
    searches.map(({ id, version }) =>
      call(desk, 'POST', `/gp-searches/${id}/proposals`, { mode: 'direct', practitionerIds: [doctor], version }),
    ),
  )
  const offered: Proposal[] = answers.flatMap((answer) => answer.json().items)
  expect(offered).toHaveLength(4)
  const accepted = await Promise.all(
    offered.map(({ id, version }) => call(own, 'POST', `/proposals/${id}/acceptance`, { version })),
  )
  const codes = accepted.map(({ statusCode }) => statusCode).sort()
  expect(codes).toEqual([200, 200, 409, 409])
  // Nobody waits for somebody whose places are gone.
  await aGpSearch(tested, cptsId, { status: 'eligible' })
  expect(await waitingFor(desk, doctor)).toEqual([])
})
