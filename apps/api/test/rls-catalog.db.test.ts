import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../src/platform/db/database.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { prepare } from './builders/as-owner.ts'

// What PostgreSQL itself says of the second net. What is written by hand here is a decision: a new function that runs as
// the owner, or a table that the API may not change, is a line to add and to read.

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

const names = async (tx: Db, statement: SQL): Promise<string[]> =>
  (await tx.execute<{ name: string }>(statement)).rows.map(({ name }) => name).sort()
const inCatalog = (statement: SQL): Promise<string[]> => prepare(tested, (tx) => names(tx, statement))

/** What the policies of a tenant's table say, each way, as PostgreSQL writes it back. */
const ofTheTenant = (column: string): string =>
  `(${column} = ( SELECT (NULLIF(current_setting('app.cpts_id'::text, true), ''::text))::uuid AS "nullif"))`

/** The tables with a tenant's column where one of the two nets has a hole, whoever made them. */
const holes = sql`
  with tenants as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
      case when c.relname = 'cpts' then 'id' else 'cpts_id' end as tenant
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema', 'drizzle') and c.relkind in ('r', 'p', 'f', 'm')
      and (c.relname = 'cpts' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'cpts_id' and not a.attisdropped))),
  policies as (
    select p.*, pg_get_expr(p.polqual, p.polrelid) as seen, pg_get_expr(p.polwithcheck, p.polrelid) as written,
      array(select case when r = 0 then 'public' else r::regrole::text end from unnest(p.polroles) r) as roles
    from pg_policy p)
  select relname || ': not enforced' as name from tenants where not (relrowsecurity and relforcerowsecurity)
  union all select relname || ': no policy of the tenant' from tenants t where not exists (
    select from policies p where p.polrelid = t.oid and p.polname = 'tenant' and p.polcmd = '*' and p.polpermissive
      and p.roles = '{maillage_api}'
      and p.seen = replace(${ofTheTenant('cpts_id')}, 'cpts_id =', t.tenant || ' =')
      and p.written = replace(${ofTheTenant('cpts_id')}, 'cpts_id =', t.tenant || ' ='))
  union all select relname || ': policy ' || p.polname from tenants t join policies p on p.polrelid = t.oid
    where p.polpermissive and p.polname <> 'tenant' and p.roles <> '{maillage_owner}'`

describe('every table with a tenant', () => {
  test('is closed both ways to the API’s role, and has a policy even for its owner', async () => {
    expect(await inCatalog(holes)).toEqual([])
    const guarded = await inCatalog(sql`select distinct polrelid::regclass::text as name from pg_policy`)
    expect(guarded.length).toBeGreaterThan(50)
  })

  test.each([
    [
      'without a policy',
      'create table later (cpts_id uuid not null)',
      ['later: no policy of the tenant', 'later: not enforced'],
    ],
    [
      'with a policy that lets anything be written',
      `create table later (cpts_id uuid not null);
       alter table later enable row level security;
       alter table later force row level security;
       create policy tenant on later to maillage_api using (cpts_id = (select
         nullif(current_setting('app.cpts_id', true), '')::uuid)) with check (true)`,
      ['later: no policy of the tenant'],
    ],
    [
      'with one policy too many',
      `create table later (cpts_id uuid not null);
       select protect_tenant_table('later');
       create policy support on later for select using (true)`,
      ['later: policy support'],
    ],
    [
      'whose owner is exempt',
      `create table later (cpts_id uuid not null);
       select protect_tenant_table('later');
       alter table later no force row level security`,
      ['later: not enforced'],
    ],
    [
      'made in another schema',
      'create schema apart; create table apart.later (cpts_id uuid not null)',
      ['later: no policy of the tenant', 'later: not enforced'],
    ],
    [
      'protected as the others are',
      `create table later (cpts_id uuid not null); select protect_tenant_table('later')`,
      [],
    ],
  ])('would be caught %s', async (_name, made, caught) => {
    const undone = new Error('undone')
    const found: string[] = []
    const attempt = prepare(tested, async (tx) => {
      await tx.execute(sql.raw(made))
      found.push(...(await names(tx, holes)))
      throw undone
    })
    await expect(attempt).rejects.toBe(undone)
    expect(found).toEqual(caught)
  })
})

/** What no policy guards, for no CPTS is known there yet: what the API's role may do to each. */
const globalTables = {
  accounts: 'select update(disabled_at display_name letter_shortcuts password_hash)',
  data_keys: 'select',
  former_municipalities: 'select',
  municipalities: 'select',
  openid_flows: 'select insert delete',
  openid_links: 'select insert update(last_used_at)',
  openid_sessions: 'select insert delete',
  passkey_challenges: 'select insert delete',
  passkeys: 'select insert update(counter is_backed_up last_used_at name suspected_at) delete',
  password_resets: 'select insert update(taken_at)',
  professions: 'select',
  public_holidays: 'select',
  rate_limits: 'select insert update',
  recovery_codes: 'select insert update(used_at) delete',
  reference_versions: 'select',
  refresh_tokens: 'select insert update(current_cpts_id ended_at membership_id used_at)',
  remembered_devices: 'select insert update(last_used_at) delete',
  sessions: 'select insert update(ended_at last_seen_at locked_at proved_at second_factor)',
  sign_in_attempts: 'select insert update delete',
  signing_keys: 'select insert update(retired_at)',
  specialties: 'select',
  totp_factors: 'select insert update(confirmed_at last_step) delete',
}

/** Run as the owner, past the policies: each says which rows it gives, and to whom. */
const asTheOwner = {
  'accounts_of_rpps(text)': 'whose account bears an RPPS that Pro Santé Connect vouches for, before any CPTS is known',
  'count_cases_on_delete()': 'trigger: counts the rows just written, under their own cpts_id',
  'count_cases_on_insert()': 'trigger: likewise',
  'count_cases_on_update()': 'trigger: likewise',
  'cpts_covering(text)': 'which CPTS serve a commune, before any is known: what their public page shows',
  'forget_name_endings()': 'trigger: joins by the cpts_id of the rows just removed',
  'keep_name_endings()': 'trigger: writes under the cpts_id of the rows just written',
  'memberships_of(uuid)': 'the hats of one account, before it wears one',
  'own_cpts_covering(uuid,text)': 'which of an account’s own CPTS serve a commune',
  'registrations_reached_at(text)': 'ids of what one digest of an address reaches',
}

describe('a function', () => {
  test('that runs as the owner is known, and looks for its tables in ours before any other place', async () => {
    const found = await prepare(tested, (tx) =>
      tx.execute<{ name: string; config: string[] }>(sql`
        select oid::regprocedure::text as name, proconfig as config from pg_proc
        where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`),
    )
    expect(found.rows.map(({ name }) => name).sort()).toEqual(Object.keys(asTheOwner))
    const astray = found.rows.filter(({ config }) => config.join() !== 'search_path=pg_catalog, public, pg_temp')
    expect(astray).toEqual([])
  })

  test('of the owner’s is called by the API only where sign-in and the public form need it', async () => {
    const callable = await inCatalog(sql`select oid::regprocedure::text as name from pg_proc
      where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype
        and has_function_privilege('maillage_api', oid, 'execute')`)
    const given = Object.entries(asTheOwner).flatMap(([name, why]) => (why.startsWith('trigger') ? [] : [name]))
    expect(callable).toEqual(given)
    const toAll = sql`select oid::regprocedure::text as name from pg_proc where prosecdef
      and pronamespace = 'public'::regnamespace and has_function_privilege('public', oid, 'execute')`
    expect(await inCatalog(toAll)).toEqual([])
  })

  test('is never called leakproof: it would be tried on rows that the policy is about to hide', async () => {
    const leakproof = sql`select oid::regprocedure::text as name from pg_proc
      where proleakproof and pronamespace = 'public'::regnamespace`
    expect(await inCatalog(leakproof)).toEqual([])
  })
})

test('no view, no foreign table, no extension and no large object stands beside the tables', async () => {
  const beside = sql`select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm', 'f')
    union all select extname from pg_extension where extname <> 'plpgsql'
    union all select srvname from pg_foreign_server
    union all select pubname from pg_publication
    union all select 'large object ' || oid from pg_largeobject_metadata`
  expect(await inCatalog(beside)).toEqual([])
})

describe('the API’s role', () => {
  test('owns nothing, belongs to nothing, makes nothing', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute(sql`select r.rolname as role, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
          or r.rolreplication as strong,
        exists (select from pg_class where relowner = r.oid) as owns,
        array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid) as member,
        has_schema_privilege(r.oid, 'public', 'create') or has_database_privilege(r.oid, current_database(), 'create')
          as makes
      from pg_roles r where rolname in ('maillage_api', 'maillage_app') order by 1`),
    )
    const weak = { strong: false, owns: false, makes: false }
    expect(rows).toEqual([
      { role: 'maillage_api', member: [], ...weak },
      { role: 'maillage_app', member: ['maillage_api'], ...weak },
    ])
  })

  test('reads and writes rows, and nothing more: no truncate, no trigger, no key, no sequence; others nothing at all', async () => {
    const more = sql`select c.relname || ' ' || a.privilege_type || ' to ' || coalesce(nullif(a.grantee, 0)::regrole::text, 'public') as name
      from pg_class c cross join aclexplode(c.relacl) a
      where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
        and not (a.grantee = 'maillage_api'::regrole and c.relkind in ('r', 'p') and not a.is_grantable
          and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`
    expect(await inCatalog(more)).toEqual([])
  })

  test('writes once what is evidence, whole rows and single columns alike', async () => {
    const evidence = [
      'audit_entries',
      'case_events',
      'registration_consents',
      'publication_consents',
      'information_notices',
    ]
    const changeable = sql`select relname as name from pg_class
      where relname in ${[...evidence, 'audit_seals']} and relnamespace = 'public'::regnamespace and (
        has_any_column_privilege('maillage_api', oid, 'update') or has_table_privilege('maillage_api', oid, 'delete'))`
    expect(await inCatalog(changeable)).toEqual([])
    const sealed = sql`select relname as name from pg_class where relname = 'audit_seals'
      and relnamespace = 'public'::regnamespace and has_any_column_privilege('maillage_api', oid, 'insert')`
    expect(await inCatalog(sealed)).toEqual([])
    expect(await inCatalog(sql`select relname as name from pg_class where relname in ${evidence}`)).toHaveLength(5)
  })

  test('may do to the tables without a CPTS what sign-in and the limits need, and nothing more', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ name: string; rights: string }>(sql`
        select c.relname as name, concat_ws(' ',
          case when has_table_privilege('maillage_api', c.oid, 'select') then 'select' end,
          case when has_table_privilege('maillage_api', c.oid, 'insert') then 'insert' end,
          case when has_table_privilege('maillage_api', c.oid, 'update') then 'update'
            else (select 'update(' || string_agg(a.attname, ' ' order by a.attname) || ')' from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege('maillage_api', c.oid, a.attnum, 'update')) end,
          case when has_table_privilege('maillage_api', c.oid, 'delete') then 'delete' end) as rights
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'cpts'
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'cpts_id')
        order by 1`),
    )
    expect(Object.fromEntries(rows.map(({ name, rights }) => [name, rights]))).toEqual(globalTables)
  })
})
