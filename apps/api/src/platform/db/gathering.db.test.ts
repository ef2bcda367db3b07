import { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import type { Db } from './database.ts'
import { queryRows } from './named-query.ts'

const here = CptsId.parse(v7())
const there = CptsId.parse(v7())

let tested: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  tested = await openTestDatabase()
  owner = new pg.Client({ connectionString: tested.ownerUrl })
  await owner.connect()
  await owner.query(`create table gathered (cpts_id uuid not null, word text not null check (word <> 'poison'));
    alter table gathered enable row level security;
    create policy gathered_cpts on gathered to maillage_api
      using (cpts_id = (select nullif(current_setting('app.cpts_id', true), '')::uuid));
    grant select, insert on gathered to maillage_api`)
})

afterAll(async () => {
  await owner.end()
  await tested.close()
})

/** A writer that remembers how many lines each of its statements held. */
function counting(cptsId: CptsId): { write: (db: Db, words: readonly string[]) => Promise<void>; sizes: number[] } {
  const sizes: number[] = []
  const text = 'insert into gathered select $1::uuid, * from unnest($2::text[])'
  const write = async (db: Db, words: readonly string[]): Promise<void> => {
    sizes.push(words.length)
    await queryRows(db, { text, values: [cptsId, words] })
  }
  return { write, sizes }
}

const known = async (word: string): Promise<number> => {
  const { rows } = await owner.query('select from gathered where word = $1', [word])
  return rows.length
}

test('a line is committed when its writer is told so', async () => {
  const { write } = counting(here)
  await tested.db.gather(here, write, 'alone')
  expect(await known('alone')).toBe(1)
})

test('those who come at the same moment, or while another batch is written, share a statement', async () => {
  const { write, sizes } = counting(here)
  const first = [1, 2, 3].map((n) => tested.db.gather(here, write, `first ${n}`))
  const later = new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
    Promise.all([1, 2].map((n) => tested.db.gather(here, write, `later ${n}`))),
  )
  await Promise.all([...first, later])
  expect(sizes).toEqual([3, 2])
  for (const word of ['first 1', 'first 2', 'first 3', 'later 1', 'later 2']) expect(await known(word)).toBe(1)
})

test('whoever comes while the connections are busy joins the batch that waits for one', async () => {
  const { write, sizes } = counting(here)
  const lines: Promise<void>[] = []
  const busy = Array.from({ length: 4 }, (_, n) =>
    tested.db.read(here, async (db) => {
      await db.execute(sql`select pg_sleep(0.1)`)
      if (n === 0) lines.push(tested.db.gather(here, write, 'meanwhile'))
    }),
  )
  lines.push(tested.db.gather(here, write, 'waits'))
  await Promise.all(busy)
  await Promise.all(lines)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(2)
})

test('a batch that fails fails for each of its lines, and leaves none; the next one is written', async () => {
  const { write, sizes } = counting(here)
  const together = await Promise.allSettled([
    tested.db.gather(here, write, 'beside the poison'),
    tested.db.gather(here, write, 'poison'),
  ])
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await known('beside the poison')).toBe(0)
  await tested.db.gather(here, write, 'after the poison')
  expect(await known('after the poison')).toBe(1)
  expect(sizes).toEqual([2, 1])
})

test('lines of two CPTS never share a statement, and none is written into another', async () => {
  const { write, sizes } = counting(here)
  const [own, foreign] = await Promise.allSettled([
    tested.db.gather(here, write, 'own'),
    // The writer names `here`, but the connection stands there.
    tested.db.gather(there, write, 'foreign'),
  ])
  expect([own.status, foreign.status]).toEqual(['fulfilled', 'rejected'])
  expect(sizes).toEqual([1, 1])
  expect(await known('foreign')).toBe(0)
})
