import { professionCodes } from '@maillage/contracts/professions'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicHolidayZones } from '../../seeds/reference/public-holidays.ts'
import { openTestDatabase, type TestDatabase } from '../../test/test-db.ts'
import { loadReference } from './load-reference.ts'

// A shared machine may be three times slower than a quiet one.
const slack = 3

let database: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await database.close()
})

const one = async (statement: string): Promise<unknown> =>
  Object.values((await owner.query<Record<string, unknown>>(statement)).rows[0] ?? {})[0]

test('every test database holds the reference data, and an unchanged set is not loaded again', async () => {
  expect(await loadReference(database.ownerUrl)).toBe(false)
  expect(await one('select count(*)::int from municipalities')).toBeGreaterThan(34_000)
  expect(await one('select count(*)::int from former_municipalities')).toBeGreaterThan(4000)
  expect(await one(`select search from municipalities where code = '2A004'`)).toBe('ajaccio')
  expect(await one(`select postal_codes from municipalities where code = '34145'`)).toEqual(['34400'])
  expect(await one('select count(*)::int from professions')).toBe(professionCodes.length)
  expect(await one('select count(*)::int from specialties where is_general_practitioner')).toBe(3)
})

test('holidays reach from 2020 to 2040 in every zone, each with its name', async () => {
  expect(await one('select count(distinct zone)::int from public_holidays')).toBe(publicHolidayZones.length)
  expect(await one(`select array[min(day), max(day)]::text[] from public_holidays where zone = 'la-reunion'`)).toEqual([
    '2020-01-01',
    '2040-12-25',
  ])
  expect(await one(`select name from public_holidays where zone = 'la-reunion' and day = '2026-12-20'`)).toBe(
    'Commémoration de l’abolition de l’esclavage',
  )
  expect(await one(`select name from public_holidays where zone = 'metropole' and day = '2026-04-06'`)).toBe(
    'Lundi de Pâques',
  )
})

test('another set takes the place of the one before, in under two seconds, even when two starts meet', async () => {
  await owner.query(`update reference_versions set digest = 'older'`)
  await owner.query(`insert into municipalities (code, name, search, department, region, postal_codes)
    values ('00000', 'Commune disparue', 'commune disparue', '00', '00', '{}')`)
  const start = performance.now()
  const loaded = await Promise.all([loadReference(database.ownerUrl), loadReference(database.ownerUrl)])
  expect(performance.now() - start).toBeLessThan(2000 * slack)
  expect(loaded.toSorted()).toEqual([false, true])
  expect(await one(`select count(*)::int from municipalities where code = '00000'`)).toBe(0)
})
