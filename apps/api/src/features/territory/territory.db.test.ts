import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aCpts, aMembership, anAccount, aUnit, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'

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
