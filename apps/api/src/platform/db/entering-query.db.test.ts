import type { EventEmitter } from 'node:events'
import { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Notes, openNotes, wordsSeen } from '../../../test/notes-table.ts'
import { asOwner } from './as-owner.ts'
import { Borrowed } from './borrowed.ts'
import type { Database, Db } from './database.ts'

const here = CptsId.parse(v7())
const there = CptsId.parse(v7())

let notes: Notes
let db: Database

beforeAll(async () => {
  notes = await openNotes()
  await asOwner(notes.ownerUrl, (tx) => tx.execute(sql`insert into notes values (${here}, 'seen here')`))
  db = notes.db
})

afterAll(() => notes.close())

/** Who the connection says it is, asked by a statement that brings a mark along. */
const standing = (connection: Db, mark: string): Promise<unknown> =>
  connection
    .execute(sql`select current_setting('app.cpts_id') as tenant, ${mark}::text as mark`)
    .then(({ rows }) => rows[0])

test('the first question in another CPTS brings it along, and is answered by its own rows alone', async () => {
  const asked = [here, there, here, there]
  for (const tenant of asked)
    expect(await db.read(tenant, (connection) => standing(connection, 'first'))).toEqual({ tenant, mark: 'first' })
  // Without parameters, the driver would have sent it another way.
  for (const tenant of asked)
    expect(await db.read(tenant, (connection) => connection.execute(sql`select 1 as one`))).toMatchObject({
      rows: [{ one: 1 }],
      rowCount: 1,
      command: 'SELECT',
    })
})

test('a first question that fails undoes its CPTS, and the next ones see theirs all the same', async () => {
  const faults: Record<string, (connection: Db) => Promise<unknown>> = {
    'a wrong statement': (connection) => connection.execute(sql`select nothing from nowhere where ${1} = 1`),
    'a fault while it runs': (connection) => connection.execute(sql`select 1 / (${'0'}::int)`),
    'two statements in one': (connection) => connection.execute(sql`select 1; select 2`),
    'a value that cannot be sent': (connection) =>
      connection.execute(
        sql`select ${{
          toPostgres: () => {
            throw new Error('unsendable')
          },
        }}::text`,
      ),
    'a line of another CPTS': (connection) => connection.execute(sql`insert into notes values (${here}, ${'foreign'})`),
    'a fault at the commit': (connection) =>
      connection.execute(sql`insert into notes values (${there}, 'twice'), (${there}, ${'twice'})`),
    'a cancelled statement': (connection) => connection.execute(sql`select pg_cancel_backend(pg_backend_pid()), ${1}`),
    'a timeout': (connection) =>
      connection.execute(sql`select pg_sleep(10), set_config('statement_timeout', ${'1'}, false)`),
  }
  for (const [name, fault] of Object.entries(faults)) {
    await db.read(here, (connection) => connection.execute(sql`set statement_timeout = 200`))
    const seen = await db.read(there, async (connection) => {
      const failed = await fault(connection).then(
        () => 'went through',
        () => 'failed',
      )
      return [failed, await standing(connection, name)]
    })
    expect(seen, name).toEqual(['failed', { tenant: there, mark: name }])
    expect(await db.read(there, wordsSeen), name).toEqual([])
    expect(await db.read(here, wordsSeen), name).toEqual(['seen here'])
  }
})

test('a question in another CPTS is one trip, and an act in another CPTS one more than in the same', async () => {
  const pool = new pg.Pool({ connectionString: notes.url, max: 1 })
  const client = await pool.connect()
  let trips = 0
  // The driver's typings leave out the connection that a client holds.
  const { connection } = client as unknown as { connection: EventEmitter }
  connection.on('readyForQuery', () => {
    trips += 1
  })
  const borrowed = new Borrowed(client, { synchronousCommit: true })
  const tripsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = trips
    await work()
    return trips - before
  }
  await borrowed.read(here, wordsSeen)
  const ask = (connection: Db): Promise<unknown> => standing(connection, 'trip')
  expect(await tripsOf(() => borrowed.read(here, ask))).toBe(1)
  expect(await tripsOf(() => borrowed.read(there, ask))).toBe(1)
  expect(
    await tripsOf(() => borrowed.read(here, (connection) => Promise.all([ask(connection), wordsSeen(connection)]))),
  ).toBe(2)
  expect(await tripsOf(() => borrowed.transaction(here, ask))).toBe(3)
  expect(await tripsOf(() => borrowed.transaction(there, ask))).toBe(4)
  expect(borrowed.isDoubtful()).toBe(false)
  await expect(borrowed.read(here, (connection) => connection.execute(sql`select nothing`))).rejects.toThrow()
  expect(borrowed.isDoubtful()).toBe(true)
  client.release(true)
  await pool.end()
})

test('questions asked together in another CPTS all see it, even when the first of them fails', async () => {
  for (const first of ['1', '0']) {
    await db.read(here, wordsSeen)
    const together = await db.read(there, (connection) =>
      Promise.allSettled([
        connection.execute(sql`select 1 / (${first}::int)`),
        standing(connection, 'second'),
        connection.execute(sql`select word from notes`),
      ]),
    )
    expect(together[0]?.status).toBe(first === '1' ? 'fulfilled' : 'rejected')
    expect(together[1]).toEqual({ status: 'fulfilled', value: { tenant: there, mark: 'second' } })
    expect(together[2]).toMatchObject({ status: 'fulfilled', value: { rows: [] } })
  }
})

test('a rolled back act leaves the connection in the CPTS that came before it began', async () => {
  await db.read(here, wordsSeen)
  const act = db.transaction(there, async () => {
    throw new Error('refused')
  })
  await expect(act).rejects.toThrow('refused')
  expect(await db.read(there, (connection) => standing(connection, 'after'))).toMatchObject({ tenant: there })
  expect(await db.global((connection) => standing(connection, 'none'))).toMatchObject({ tenant: '' })
})
