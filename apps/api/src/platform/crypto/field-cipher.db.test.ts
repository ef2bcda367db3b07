import { randomBytes, randomUUID } from 'node:crypto'
import { CptsId } from '@maillage/contracts/kit/ids'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import { dataKeys } from './data-key.table.ts'
import { type FieldPlace, openFieldCipher, prepareDataKeys } from './field-cipher.ts'

const masterKey = randomBytes(32)
const now = (): Date => new Date()
const cptsId = CptsId.parse(randomUUID())
const place: FieldPlace = { cptsId, field: 'things.secret', rowId: randomUUID() }
let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  // Several processes that start at once.
  await Promise.all([1, 2, 3, 4].map(() => prepareDataKeys({ ...database, masterKey, now })))
})
afterAll(() => database.close())

const seal = (at = place, plain = 'ce qui est secret') =>
  database.db.transaction(cptsId, (tx) => openFieldCipher(masterKey).seal(tx, at, plain))
const open = (kept: Awaited<ReturnType<typeof seal>>, at = place, key = masterKey): Promise<string> =>
  database.db.read(cptsId, (db) => openFieldCipher(key).open(db, at, kept))

test('first starts at once agree on one key', async () => {
  const rows = await database.asOwner((tx) => tx.select().from(dataKeys))
  expect(rows).toHaveLength(1)
  expect(await open(await seal())).toBe('ce qui est secret')
})

test('whoever speaks as the API makes no key, and takes none away', async () => {
  const asApi = (statement: SQL) => database.db.global((tx) => tx.execute(statement))
  const refused = { cause: { code: '42501' } }
  // A key that an attacker knows would seal all that is written from then on.
  const own = sql`insert into data_keys (version, wrapped_key, created_at) values (99, 'known', now())`
  await expect(asApi(own)).rejects.toMatchObject(refused)
  await expect(asApi(sql`update data_keys set wrapped_key = 'known'`)).rejects.toMatchObject(refused)
  await expect(asApi(sql`delete from data_keys`)).rejects.toMatchObject(refused)
})

test('a value sealed twice is never written alike, and is found by one digest', async () => {
  const [one, two] = [await seal(), await seal()]
  expect(one.sealed).not.toBe(two.sealed)
  expect(one.digest).toBe(two.digest)
  expect(
    await database.db.read(cptsId, (db) => openFieldCipher(masterKey).digests(db, place, 'ce qui est secret')),
  ).toEqual([one.digest])
})

test.each([
  ['another row', { ...place, rowId: randomUUID() }],
  ['another column', { ...place, field: 'things.other' }],
  ['another CPTS', { ...place, cptsId: CptsId.parse(randomUUID()) }],
])('what was sealed does not open in %s', async (_, elsewhere) => {
  await expect(open(await seal(), elsewhere)).rejects.toThrow()
})

test('its digest tells nothing of another column or CPTS', async () => {
  const { digest } = await seal()
  const elsewhere = { ...place, cptsId: CptsId.parse(randomUUID()) }
  expect((await seal({ ...place, field: 'things.other' })).digest).not.toBe(digest)
  expect((await seal(elsewhere)).digest).not.toBe(digest)
})

test('neither another version, nor a changed bit, nor another master key opens it', async () => {
  const kept = await seal()
  await expect(open({ ...kept, keyVersion: 2 })).rejects.toThrow('unknown or retired')
  const middle = Math.floor(kept.sealed.length / 2)
  const other = kept.sealed.charAt(middle) === 'A' ? 'B' : 'A'
  await expect(
    open({ ...kept, sealed: kept.sealed.slice(0, middle) + other + kept.sealed.slice(middle + 1) }),
  ).rejects.toThrow()
  await expect(open({ ...kept, sealed: kept.sealed.slice(0, -4) })).rejects.toThrow()
  await expect(open(kept, place, randomBytes(32))).rejects.toThrow()
})

test('what is thrown says nothing of what was sealed', async () => {
  const kept = await seal(place, 'jamais dans une erreur')
  const error = await open(kept, { ...place, field: 'things.other' }).catch((thrown: unknown) => thrown)
  expect(`${error} ${JSON.stringify(error)}`).not.toContain('jamais')
})
