import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import { signingKeys } from '../session.table.ts'
import { unwrap, wrap } from './key-wrap.ts'
import { openSigningKeys } from './signing-keys.ts'

const masterKey = randomBytes(32)
const day = 24 * 3_600_000

let database: TestDatabase
let now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  database = await openTestDatabase()
})

afterAll(async () => {
  await database.close()
})

const open = () => openSigningKeys({ db: database.db, masterKey, now: () => now })

test('two processes that start at once sign with one key, which a third finds again', async () => {
  const [one, other] = await Promise.all([open().current(), open().current()])
  expect(other).toEqual(one)
  expect(await open().current()).toEqual(one)
})

test('a month later another key signs, and the old one verifies for an hour', async () => {
  const keys = open()
  const old = await keys.current()
  now = new Date(now.getTime() + 31 * day)
  const young = await keys.current()
  expect(young.kid).not.toBe(old.kid)
  expect(await open().publicKey(old.kid)).toBe(old.publicKey)
  expect(await open().publicKey('unknown')).toBeUndefined()
  const other = open()
  await other.publicKey(old.kid)
  now = new Date(now.getTime() + 3_600_001)
  for (const process of [keys, other, open()]) {
    expect([await process.publicKey(old.kid), await process.publicKey(young.kid)]).toEqual([undefined, young.publicKey])
  }
})

test('the private part is kept wrapped, and opens with its own name and key alone', async () => {
  const { privateKey, kid } = await open().current()
  const rows = await database.db.global((tx) => tx.select().from(signingKeys))
  expect(JSON.stringify(rows)).not.toContain(privateKey.split('\n')[1])
  const wrapped = wrap(masterKey, privateKey, kid)
  expect(unwrap(masterKey, wrapped, kid)).toBe(privateKey)
  expect(() => unwrap(masterKey, wrapped, 'another')).toThrow()
  expect(() => unwrap(randomBytes(32), wrapped, kid)).toThrow()
})

test('with another master key the server cannot sign, and says so by failing', async () => {
  await expect(
    openSigningKeys({ db: database.db, masterKey: randomBytes(32), now: () => now }).current(),
  ).rejects.toThrow()
})

test('a fresh process asked by many at once reads the keys once, and refuses none of them', async () => {
  const { kid, publicKey } = await open().current()
  const fresh = open()
  const found = await Promise.all(Array.from({ length: 20 }, () => fresh.publicKey(kid)))
  expect(new Set(found)).toEqual(new Set([publicKey]))
})
