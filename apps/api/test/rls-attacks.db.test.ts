import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aCpts, anAccount, someoneWho } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'

// Somebody who could have any SQL run under the API's login, standing in one CPTS: what would they get of another?

let tested: TestApp
let here: CptsId
let there: CptsId
let foreignReference: string
let attacker: pg.Client
let notices: string[]

beforeAll(async () => {
  tested = await buildTestApp()
  here = await aCpts(tested)
  there = await aCpts(tested)
  for (const cptsId of [here, there]) {
    await someoneWho(tested, { cptsId, role: 'coordinator' })
    await aGpSearch(tested, cptsId)
  }
  // The same number exists in both: theirs is told apart.
  foreignReference = (await aGpSearch(tested, there, { reference: 'MT-2026-7777' })).reference
  await prepare(tested, (tx) => tx.execute(sql`analyze`))
})
afterAll(() => tested.close())

beforeEach(async () => {
  notices = []
  attacker = new pg.Client({ connectionString: tested.database.url })
  attacker.on('notice', ({ message }) => notices.push(String(message)))
  await attacker.connect()
  await attacker.query(`set role maillage_api; select set_config('app.cpts_id', '${here}', false)`)
})
afterEach(() => attacker.end())

/** What a statement answers, or the code of its refusal. */
const attempt = (statement: string): Promise<unknown> =>
  attacker.query(statement).then(
    ({ rows }) => rows,
    (error: pg.DatabaseError) => error.code,
  )

const forbidden = {
  'put on the owner’s hat': 'set role maillage_owner',
  'put on the server’s hat': 'set role postgres',
  'open the session of another': 'set session authorization maillage_owner',
  'switch the policies off': 'alter table cases disable row level security',
  'exempt the owner': 'alter table cases no force row level security',
  'rewrite a policy': 'alter policy tenant on cases using (true)',
  'drop a policy': 'drop policy tenant on cases',
  'add a policy': 'create policy mine on cases using (true)',
  'become exempt': 'alter role maillage_api bypassrls',
  'switch triggers off': 'alter table audit_entries disable trigger all',
  'pose as a replica': 'set session_replication_role = replica',
  'make a table': 'create table mine (id int)',
  'make a schema': 'create schema mine',
  'make a function': `create function mine() returns int language sql as 'select 1'`,
  'make a view': 'create view mine as select * from cases',
  'add a trigger': 'create trigger mine before insert on cases for each row execute function notify_case()',
  'add a rule': 'create rule mine as on insert to cases do also nothing',
  'reach another server': 'create extension dblink',
  'declare another server': 'create foreign data wrapper mine',
  'publish the tables': 'create publication mine for table cases',
  'run a program': `copy cases to program 'cat'`,
  'write a file': `copy cases to '/tmp/cases'`,
  'read a file': `select pg_read_file('postgresql.conf')`,
  'load a file': `select lo_import('/etc/hostname')`,
  'read large objects': 'select * from pg_largeobject',
  'read the statistics themselves': 'select * from pg_statistic',
  'read passwords': 'select * from pg_authid',
  'read the migrations': 'select * from drizzle.__drizzle_migrations',
  'change the server': `alter system set log_statement = 'all'`,
  'empty a table': 'truncate cases cascade',
  'make somebody count': 'select case_count_slot()',
  'seal the trail': 'insert into audit_seals default values',
}

test.each(Object.entries(forbidden))('may not %s', async (_what, statement) => {
  expect(await attempt(statement)).toBe('42501')
})

describe('the policies', () => {
  test('hold after every way to change the role', async () => {
    const own = [{ cpts_id: here }]
    for (const [change, seen] of [
      ['reset role', own],
      ['set role none', own],
      ['reset session authorization', own],
      ['reset app.cpts_id', []],
      [`set app.cpts_id = ''`, []],
    ] as const) {
      await attacker.query(change)
      expect([change, await attempt('select distinct cpts_id from cases')]).toEqual([change, seen])
    }
    expect(await attempt(`set app.cpts_id = 'anything'; select cpts_id from cases`)).toBe('22P02')
  })

  test('refuse to be left out rather than answer without them', async () => {
    await attempt('set row_security = off')
    for (const table of ['cases', 'patients', 'audit_entries', 'memberships'])
      expect(await attempt(`select * from ${table}`)).toBe('42501')
  })

  test('let no row be written to another CPTS, moved there, nor linked with what is there', async () => {
    for (const statement of [
      `insert into drafts select '${there}', account_id, form, content, updated_at, version from drafts`,
      `insert into reference_counters select '${there}', * from (select kind, year, last from reference_counters) r`,
    ])
      expect(await attempt(statement)).not.toEqual(undefined)
    expect(await attempt(`update cases set cpts_id = '${there}'`)).toBe('42501')
    expect(await attempt(`update memberships set cpts_id = '${there}'`)).toBe('42501')
    expect(await attempt(`update cases set reference = 'x' where cpts_id = '${there}' returning id`)).toEqual([])
    expect(await attempt(`delete from patient_search_tokens where cpts_id = '${there}' returning token`)).toEqual([])
  })

  test('come before a cheap function that would tell what it is tried on', async () => {
    await attacker.query(`create function pg_temp.tell(text) returns boolean language plpgsql cost 0.0000001 as
      $$ begin raise notice 'saw %', $1; return true; end $$`)
    for (const way of ['', 'explain analyze '])
      await attacker.query(`${way}select * from cases where pg_temp.tell(reference) and pg_temp.tell(cpts_id::text)`)
    expect(notices.length).toBeGreaterThan(0)
    expect(notices.filter((said) => said.includes(foreignReference) || said.includes(there))).toEqual([])
    // A fault that depends on a value tells it too.
    const fault = `select count(*) from cases where 1 / (reference <> '${foreignReference}')::int = 1`
    expect(await attempt(fault)).toEqual([{ count: '1' }])
  })

  test('hide from EXPLAIN how many rows another CPTS has', async () => {
    const plan = await attempt(
      `explain (analyze, format json) select * from cases where reference = '${foreignReference}'`,
    )
    expect(JSON.stringify(plan)).toContain('"Actual Rows":0')
    expect(JSON.stringify(plan)).not.toContain('"Rows Removed by Filter":1')
  })
})

describe('a function that runs as the owner', () => {
  test('is not led to a table of the attacker’s, where a trigger of theirs would run as the owner', async () => {
    await attacker.query(`create temp table case_counts (like public.case_counts including all);
      create temp table seen (who text, cpts bigint);
      grant all on case_counts, seen to public;
      create function pg_temp.look() returns trigger language plpgsql as $$ begin
        insert into pg_temp.seen select current_user, (select count(distinct cpts_id) from public.cases); return new;
      end $$;
      create trigger look before insert on case_counts for each row execute function pg_temp.look()`)
    await attacker.query('update public.cases set is_open = not is_open')
    expect(await attempt('select * from pg_temp.seen')).toEqual([])
    await attacker.query('update public.cases set is_open = not is_open')
  })

  test('answers from our tables, whatever bears their name', async () => {
    await attacker.query(`create temp table memberships (like public.memberships);
      create temp table cpts_municipalities (like public.cpts_municipalities);
      insert into cpts_municipalities (cpts_id, municipality_code) values ('${here}', '99999')`)
    expect(await attempt(`select * from cpts_covering('99999')`)).toEqual([])
    const known = await anAccount(tested)
    expect(await attempt(`select * from memberships_of('${known}')`)).toEqual([])
  })
})

describe('what PostgreSQL tells besides rows', () => {
  test('its statistics hold no value of a tenant’s table', async () => {
    const shown = await attempt(`select distinct tablename from pg_stats s where schemaname = 'public' and exists (
      select from information_schema.columns c where c.table_name = s.tablename and c.column_name = 'cpts_id')`)
    expect(shown).toEqual([])
    expect(await attempt('select * from pg_stats_ext')).toEqual([])
  })

  test('what others ask is hidden when it is the owner, and holds no value when it is the API', async () => {
    const owner = new pg.Client({ connectionString: tested.database.ownerUrl })
    await owner.connect()
    const marked = 'dupont-marque'
    try {
      await owner.query(`select 'asked by the owner'`)
      await tested.deps.db.read(there, async (db) => {
        await db.execute(sql`select ${marked}::text from cases`)
        for (const way of ['select 1', 'reset role']) {
          await attacker.query(way)
          const activity = JSON.stringify(await attempt('select query from pg_stat_activity'))
          expect(activity).not.toMatch(/asked by the owner|dupont-marque/)
          expect(activity.includes('$1::text from cases')).toBe(way === 'reset role')
        }
      })
    } finally {
      await owner.end()
    }
  })

  test('a key that is taken elsewhere is not told apart from one that is free', async () => {
    const foreign = await prepare(
      tested,
      async (tx) => (await tx.execute(sql`select id from cases where cpts_id = ${there} limit 1`)).rows[0]?.id,
    )
    const point = (id: unknown): Promise<unknown> =>
      attacker
        .query(`insert into case_readers values ('${here}', '${String(id)}', gen_random_uuid(), now(), now())`)
        .then(
          () => 'written',
          ({ code, constraint, message }: pg.DatabaseError) => ({ code, constraint, message }),
        )
    expect(await point(foreign)).toEqual(await point('01926b3e-0000-7000-8000-000000000000'))
  })

  test('a refusal quotes no value of a row', async () => {
    const refusals = [
      `insert into cases select * from cases limit 1`,
      `update memberships set role = 'nowhere'`,
      `update cases set kind = null`,
      `update patients set id = null`,
      `insert into memberships select * from memberships limit 1`,
    ]
    for (const statement of refusals) {
      const error: unknown = await attacker.query(statement).catch((refusal: unknown) => refusal)
      expect(error).toBeInstanceOf(pg.DatabaseError)
      expect([statement, error]).toEqual([statement, expect.objectContaining({ detail: undefined })])
    }
  })

  test('a channel carries ids, kinds and numbers alone', async () => {
    const heard: unknown[] = []
    attacker.on('notification', ({ payload }) => heard.push(JSON.parse(payload || '{}')))
    await attacker.query('listen maillage_case; listen maillage_outbox')
    await aGpSearch(tested, there, { status: 'eligible' })
    await prepare(tested, (tx) => tx.execute(sql`update patients set first_name = 'Marquée' where cpts_id = ${there}`))
    await expect.poll(() => heard.length).toBeGreaterThan(1)
    const plain = /^([0-9a-f-]{36}|[a-z_-]{1,40}|[0-9]{1,19})$/
    const words = heard.flatMap((one) => Object.values(Object(one))).filter((value) => typeof value !== 'number')
    expect(words.filter((value) => typeof value !== 'string' || !plain.test(value))).toEqual([])
  })
})

describe.each(['audit_entries', 'case_events'])('%s', (table) => {
  test('is added to, and never changed: row, column, conflict or lock that writes', async () => {
    const columns = await prepare(tested, async (tx) => {
      const { rows } = await tx.execute(sql`select attname from pg_attribute
        where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attidentity = ''`)
      return rows.map(({ attname }) => String(attname))
    })
    expect(columns.length).toBeGreaterThan(5)
    for (const column of columns) {
      expect(await attempt(`update ${table} set "${column}" = "${column}"`)).toBe('42501')
      const conflict = `insert into ${table} (cpts_id) values ('${here}') on conflict (cpts_id, id) do update set "${column}" = excluded."${column}"`
      expect(['42501', '42P10']).toContain(await attempt(conflict))
    }
    for (const way of [
      `delete from ${table}`,
      `truncate ${table}`,
      `select * from ${table} for update`,
      `merge into ${table} t using (select 1) s on true when matched then delete`,
      `merge into ${table} t using (select 1) s on true when matched then update set cpts_id = t.cpts_id`,
      `with gone as (delete from ${table} returning 1) select * from gone`,
      `alter table ${table} drop constraint ${table}_pk`,
    ])
      expect([way, await attempt(way)]).toEqual([way, '42501'])
  })
})
