import { newId, TeamId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, aMembership, anAccount, aUnit, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { teams } from '../../kernel/tables/team.table.ts'

let tested: TestApp
let headers: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp()
  const cptsId = await aCpts(tested, { name: 'CPTS des Essais', municipalities: ['33039'] })
  headers = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  await prepare(tested, (tx) =>
    tx.execute(sql`insert into former_municipalities values ('33999', 'Vieille-Commune', '33063')`),
  )
})

afterAll(async () => {
  await tested.close()
})

const find = async (q: string): Promise<{ code: string; inTerritory: boolean }[]> =>
  (await tested.app.inject({ url: `/api/v1/municipalities?q=${encodeURIComponent(q)}`, headers })).json().items

test.each([
  ['BÈG', '33039'],
  ['bord', '33063'],
  ['Ste Foy la Gr', '33402'],
  ['33100', '33063'],
  ['33999', '33063'],
  ['2a004', '2A004'],
])('« %s » leads to %s first', async (typed, code) => {
  expect((await find(typed))[0]?.code).toBe(code)
})

test('the communes of the territory say so, and unknown ones give nothing', async () => {
  expect((await find('begles'))[0]?.inTerritory).toBe(true)
  expect((await find('bordeaux'))[0]?.inTerritory).toBe(false)
  expect(await find('zz%_')).toEqual([])
})

test('one reads one’s own CPTS', async () => {
  expect((await tested.app.inject({ url: '/api/v1/territory', headers })).json()).toMatchObject({
    name: 'CPTS des Essais',
    municipalities: [{ code: '33039', name: 'Bègles' }],
  })
})

test('a ward sees its own units, a coordinator all of them', async () => {
  const cptsId = await aCpts(tested)
  const own = await aUnit(tested, cptsId, 'Cardiologie')
  await aUnit(tested, cptsId, 'Gériatrie')
  const nurse = await anAccount(tested)
  await aMembership(tested, nurse, { cptsId, role: 'hospital_staff', unitIds: [own.unitId] })
  const units = async (who: Record<string, string>) =>
    (await tested.app.inject({ url: '/api/v1/units', headers: who }))
      .json()
      .items.flatMap((one: { units: { name: string }[] }) => one.units.map(({ name }) => name))
  expect(await units(await signedIn(tested, nurse))).toEqual(['Cardiologie'])
  const coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  expect((await units(coordinator.headers)).toSorted()).toEqual(['Cardiologie', 'Gériatrie'])
})

test('need and offer are counted by commune, and each role reads its own part', async () => {
  const cptsId = await aCpts(tested, { municipalities: ['33039', '33063'] })
  const open = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, open, 4)
  await somePlaces(tested, cptsId, await aPractitioner(tested, cptsId), 3, { newPatients: false })
  await aPractitioner(tested, cptsId, { municipalityCode: '33402' })
  const registeredAt = new Date(tested.deps.now().getTime() - 10 * 86_400_000)
  await aGpSearch(tested, cptsId, { status: 'eligible', municipalityCode: '33063', householdSize: 3, registeredAt })
  await aGpSearch(tested, cptsId, { status: 'eligible', municipalityCode: '33063', bandRank: 1, registeredAt })
  await aGpSearch(tested, cptsId, { status: 'matched', municipalityCode: '33063' })
  const read = async (role: 'coordinator' | 'practitioner' | 'requester', practitionerId?: typeof open) => {
    const caller = (await someoneWho(tested, { cptsId, role, ...(practitionerId ? { practitionerId } : {}) })).headers
    return (await tested.app.inject({ url: '/api/v1/territory/needs', headers: caller })).json().items
  }
  const [bordeaux, begles, sainteFoy] = await read('coordinator')
  expect(bordeaux).toMatchObject({
    code: '33063',
    practitioners: 2,
    places: 4,
    waiting: 4,
    waitingP1: 1,
    meanWaitDays: 10,
    inTerritory: true,
  })
  expect(begles).toMatchObject({ code: '33039', practitioners: 0, places: 0, waiting: 0, meanWaitDays: null })
  expect(sainteFoy).toMatchObject({ code: '33402', practitioners: 1, inTerritory: false })
  const none = { waiting: null, waitingP1: null, meanWaitDays: null }
  expect((await read('practitioner', open)).find(({ code }: { code: string }) => code === '33063')).toMatchObject({
    places: 4,
    ...none,
  })
  expect((await read('requester')).find(({ code }: { code: string }) => code === '33063')).toMatchObject({
    places: null,
    practitioners: 2,
    ...none,
  })
})

test('the places of a team are counted where it is, once, and its members’ own no more', async () => {
  const cptsId = await aCpts(tested, { municipalities: ['33039', '33063'] })
  const id = newId(TeamId)
  const now = tested.deps.now()
  const team = { cptsId, id, kind: 'msp', name: 'Maison d’essai', municipalityCode: '33039', places: 6 } as const
  await prepare(tested, (tx) => tx.insert(teams).values({ ...team, createdAt: now, updatedAt: now }))
  const member = async (places: number) => {
    const practitionerId = await aPractitioner(tested, cptsId, { teamId: id })
    await somePlaces(tested, cptsId, practitionerId, places)
  }
  await member(4)
  await member(2)
  await somePlaces(tested, cptsId, await aPractitioner(tested, cptsId), 3)
  const { headers: caller } = await someoneWho(tested, { cptsId, role: 'coordinator' })
  const read = async (): Promise<Record<string, number>> => {
    const { items } = (await tested.app.inject({ url: '/api/v1/territory/needs', headers: caller })).json()
    return Object.fromEntries(items.map((one: { code: string; places: number }) => [one.code, one.places]))
  }
  expect(await read()).toEqual({ '33039': 6, '33063': 3 })
  await prepare(tested, (tx) => tx.update(teams).set({ places: null }).where(eq(teams.id, id)))
  expect(await read()).toEqual({ '33039': 0, '33063': 9 })
})
