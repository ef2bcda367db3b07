import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { runCommand } from '../../test/run-command.ts'
import { cpts, cptsMunicipalities } from '../kernel/tables/cpts.table.ts'
import { createCpts } from './create-cpts.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})

afterAll(async () => {
  await tested.close()
})

const found = (name: string, municipalities: string): Promise<string> =>
  runCommand(tested, createCpts, '--name', name, '--municipalities', municipalities)
const readCpts = (name: string) =>
  prepare(tested, async (tx) => {
    const [row] = await tx.select().from(cpts).where(eq(cpts.name, name))
    const covered = await tx.select().from(cptsMunicipalities)
    return { ...row, codes: covered.filter(({ cptsId }) => cptsId === row?.id).map((one) => one.municipalityCode) }
  })

test('communes are given by code, by name or by postal code and name', async () => {
  await found('CPTS du Pays de Lunel', 'Lunel, 34151; 34400 Lunel-Viel, 34022 34048')
  const { codes, holidayZone, timeZone } = await readCpts('CPTS du Pays de Lunel')
  expect(codes.toSorted()).toEqual(['34022', '34048', '34145', '34146', '34151'])
  expect({ holidayZone, timeZone }).toEqual({ holidayZone: 'metropole', timeZone: 'Europe/Paris' })
})

test.each([
  ['Saint-Benoît de La Réunion', '97410', 'la-reunion', 'Indian/Reunion'],
  ['Strasbourg', '67482', 'alsace-moselle', 'Europe/Paris'],
])('%s takes its own holidays and its own hour', async (name, code, holidayZone, timeZone) => {
  await found(name, code)
  expect(await readCpts(name)).toMatchObject({ holidayZone, timeZone })
})

test('a name that several communes bear, or that none bears, is told', async () => {
  await expect(found('x', 'Saint-Just')).rejects.toThrow('34272 Saint-Just (34)')
  await expect(found('x', 'Lunel, Nullepart')).rejects.toThrow('Communes inconnues : Nullepart')
  await expect(found('x', ' , ')).rejects.toThrow('Usage')
})
