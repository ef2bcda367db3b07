import { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Notes, openNotes, wordsSeen } from '../../../test/notes-table.ts'
import { asOwner } from './as-owner.ts'
import { type Database, type Db, openDatabase } from './database.ts'

const here = CptsId.parse(v7())
const there = CptsId.parse(v7())

let notes: Notes
let db: Database

beforeAll(async () => {
  notes = await openNotes()
  db = notes.db
})

afterAll(() => notes.close())

const write = (cptsId: CptsId, word: string): Promise<unknown> =>
  db.transaction(cptsId, (tx) => tx.execute(sql`insert into notes values (${cptsId}, ${word})`))

test('one CPTS reads its own rows, another and none read nothing of them', async () => {
  await write(here, 'seen here')
  expect(await db.read(here, wordsSeen)).toContain('seen here')
  expect(await db.read(there, wordsSeen)).toEqual([])
  expect(await db.global(wordsSeen)).toEqual([])
})

test('a row of another CPTS cannot be written', async () => {
  const smuggle = db.transaction(here, (tx) => tx.execute(sql`insert into notes values (${there}, 'smuggled')`))
  await expect(smuggle).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('an act that throws leaves nothing written, and the next request sees its own CPTS', async () => {
  const act = db.transaction(there, async (tx) => {
    await tx.execute(sql`insert into notes values (${there}, 'undone')`)
    throw new Error('refused')
  })
  await expect(act).rejects.toThrow('refused')
  expect(await db.read(there, wordsSeen)).toEqual([])
  expect(await db.read(here, wordsSeen)).not.toContain('undone')
})

test('an act that swallows a database error is not taken for done', async () => {
  const act = db.transaction(here, async (tx) => {
    await tx.execute(sql`insert into notes values (${here}, 'half done')`)
    await tx.execute(sql`select 1 / 0`).catch(() => undefined)
  })
  await expect(act).rejects.toThrow('rolled back')
  expect(await db.read(here, wordsSeen)).not.toContain('half done')
})

test('a constraint that fails at the commit fails the act', async () => {
  await write(here, 'only once')
  await expect(write(here, 'only once')).rejects.toMatchObject({ code: '23505' })
  expect(await db.read(here, wordsSeen)).toContain('only once')
})

test('work that nobody awaited never runs as the next CPTS', async () => {
  let late: Promise<unknown> | undefined
  const act = db.read(here, async (connection) => {
    late = connection
      .execute(sql`select pg_sleep(0.2), current_setting('app.cpts_id') as tenant`)
      .catch(() => undefined)
    return await Promise.resolve('left early')
  })
  await expect(act).resolves.toBe('left early')
  expect(await db.read(there, wordsSeen)).toEqual([])
  await late
})

test('work that asks once it is over asks nothing, whoever has the connection by then', async () => {
  const kept: Db[] = []
  await db.read(here, async (connection) => kept.push(connection))
  await db.transaction(there, async (tx) => kept.push(tx))
  expect(kept).toHaveLength(2)
  await db.read(there, async () => {
    for (const late of kept)
      await expect(late.execute(sql`select ${1}::int`)).rejects.toMatchObject({
        cause: { message: 'Asked once its work was over' },
      })
  })
})

test('many requests of several CPTS at once, some of them failing, each see their own', async () => {
  const shared = openDatabase({ url: notes.url, poolSize: 3, onError: () => undefined })
  const tenants = [here, there, CptsId.parse(v7())]
  const seen = async (tenant: CptsId, turn: number): Promise<unknown> => {
    const look = async (connection: Db): Promise<unknown> => {
      const { rows } = await connection.execute(sql`select current_setting('app.cpts_id') as tenant`)
      if (turn % 5 === 0) await connection.execute(sql`select 1 / 0`)
      if (turn % 7 === 0) throw new Error('refused')
      return rows[0]?.tenant
    }
    return turn % 2 === 0 ? await shared.transaction(tenant, look) : await shared.read(tenant, look)
  }
  const turns = Array.from({ length: 300 }, (_, turn) => ({ turn, tenant: tenants[turn % 3] ?? here }))
  const results = await Promise.allSettled(turns.map(({ turn, tenant }) => seen(tenant, turn)))
  await shared.close()
  for (const [index, { turn, tenant }] of turns.entries()) {
    const fails = turn % 5 === 0 || turn % 7 === 0
    expect(results[index]).toMatchObject(fails ? { status: 'rejected' } : { status: 'fulfilled', value: tenant })
  }
})

test('an operator’s command sees every CPTS, and undoes all of it when it fails', async () => {
  const count = (): Promise<unknown> =>
    asOwner(notes.ownerUrl, async (tx) => (await tx.execute(sql`select count(distinct cpts_id) from notes`)).rows[0])
  await write(there, 'seen there')
  expect(await count()).toEqual({ count: '2' })
  const failing = asOwner(notes.ownerUrl, async (tx) => {
    await tx.execute(sql`delete from notes`)
    throw new Error('refused')
  })
  await expect(failing).rejects.toThrow('refused')
  expect(await count()).toEqual({ count: '2' })
})

test('a store cannot open a transaction of its own', async () => {
  const act = db.transaction(here, (tx) => tx.transaction((inner) => inner.execute(sql`select 1`)))
  await expect(act).rejects.toThrow('opens no transaction')
})

test('a connection cut by the server costs its request an error, and the next one works', async () => {
  const cut = db.read(here, (connection) => connection.execute(sql`select pg_terminate_backend(pg_backend_pid())`))
  await expect(cut).rejects.toThrow()
  expect(await db.read(here, wordsSeen)).toContain('seen here')
})

test('requests run as a role that owns nothing', async () => {
  const { rows } = await db.global((tx) => tx.execute(sql`select current_user as role`))
  expect(rows).toEqual([{ role: 'maillage_api' }])
  await expect(db.global((tx) => tx.execute(sql`drop table notes`))).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('a statement that the query builder sends again is parsed once, and its answers stay its tenant’s', async () => {
  await write(here, 'asked again')
  const ask = (cptsId: CptsId) =>
    db.read(cptsId, async (connection) => {
      const { rows } = await connection.execute(
        sql`select word from notes where word = ${'asked again'} and 'again' <> ''`,
      )
      return rows.length
    })
  expect([await ask(here), await ask(there), await ask(here), await ask(there)]).toEqual([1, 0, 1, 0])
  const prepared = await db.read(here, async (connection) => {
    const { rows } = await connection.execute(
      sql`select generic_plans + custom_plans as runs from pg_prepared_statements where statement like ${"select word%'again'%"}`,
    )
    return rows
  })
  expect(prepared).toEqual([{ runs: '3' }])
})
