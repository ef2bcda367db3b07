import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type Db, openDatabase } from '../src/platform/db/database.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, aUnit, someoneWho } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'

let tested: TestApp
let here: CptsId
let there: CptsId
let tables: string[]

beforeAll(async () => {
  tested = await buildTestApp()
  here = await aCpts(tested)
  there = await aCpts(tested)
  for (const cptsId of [here, there]) {
    await aUnit(tested, cptsId)
    const { headers } = await someoneWho(tested, { cptsId, role: 'coordinator' })
    const draft = { method: 'PUT', url: '/api/v1/drafts/gp-search', headers, payload: { content: { a: 1 } } } as const
    await tested.app.inject(draft)
  }
  tables = await prepare(tested, async (tx) => {
    const { rows } = await tx.execute(sql`select c.table_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'cpts_id' and t.table_type = 'BASE TABLE' order by 1`)
    return rows.map(({ name }) => String(name))
  })
})

afterAll(async () => {
  await tested.close()
})

const rowsOf = async (db: Db, table: string, where = sql`true`): Promise<unknown[]> =>
  (await db.execute(sql`select * from ${sql.identifier(table)} where ${where}`)).rows

describe('a table of a tenant', () => {
  test('has a policy that even its owner obeys', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute(sql`select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity
          and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant')`),
    )
    const guarded = new Set(rows.map(({ name }) => name))
    expect(tables.length).toBeGreaterThan(20)
    expect([...tables, 'cpts'].filter((name) => !guarded.has(name))).toEqual([])
  })

  test('shows nothing of another CPTS to a query that forgot its filter', async () => {
    for (const table of tables) {
      const foreign = await tested.deps.db.read(here, (db) => rowsOf(db, table, sql`cpts_id <> ${here}`)).catch(denied)
      expect([table, foreign]).toEqual([table, []])
      const untenanted = await tested.deps.db.global((tx) => rowsOf(tx, table)).catch(denied)
      expect([table, untenanted]).toEqual([table, []])
    }
    const own = await Promise.all(
      ['memberships', 'drafts', 'organization_units', 'audit_entries'].map((table) =>
        tested.deps.db.read(here, (db) => rowsOf(db, table)),
      ),
    )
    expect(own.every((rows) => rows.length > 0)).toBe(true)
  })
})

/** A table that the API may not even read shows nothing either. */
function denied(error: unknown): unknown[] {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error && 'code' in cause && cause.code === '42501') return []
  throw error
}

test('a request that breaks leaves nothing of its CPTS to the next one', async () => {
  const db = openDatabase({ url: tested.database.url, poolSize: 1, onError: () => undefined })
  const app = await buildApp({ ...tested.deps, db })
  try {
    const one = await someoneWho(tested, { cptsId: here, role: 'coordinator' })
    const other = await someoneWho(tested, { cptsId: there, role: 'coordinator' })
    for (let turn = 0; turn < 5; turn += 1) {
      const payload = { content: { text: 'cut\u0000here' } }
      const broken = await app.inject({ method: 'PUT', url: '/api/v1/drafts/gp-search', headers: one.headers, payload })
      expect(broken.statusCode).toBe(422)
      expect((await app.inject({ url: '/api/v1/territory', headers: other.headers })).json().id).toBe(there)
      expect((await app.inject({ url: '/api/v1/territory', headers: one.headers })).json().id).toBe(here)
    }
  } finally {
    await app.close()
    await db.close()
  }
})

test.each(['audit_entries', 'case_events'])(
  '%s is written once: the API can neither change nor erase it',
  async (name) => {
    const table = sql.identifier(name)
    for (const attempt of [
      sql`delete from ${table}`,
      sql`update ${table} set cpts_id = cpts_id`,
      sql`truncate ${table}`,
    ]) {
      const act = tested.deps.db.transaction(here, (tx) => tx.execute(attempt))
      await expect(act).rejects.toMatchObject({ cause: { code: '42501' } })
    }
  },
)
