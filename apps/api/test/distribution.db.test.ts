import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { prepare } from './builders/as-owner.ts'

// Distributed by CPTS, a table falls in one of these lists; a new table makes the first test fail until it is in one.

/** The same rows for everybody, copied to each node: small, rarely written, joined with what is distributed. */
const referenceTables = [
  'accounts',
  'former_municipalities',
  'municipalities',
  'professions',
  'public_holidays',
  'reference_versions',
  'specialties',
]

/** Sign-in and what the processes share: no CPTS is known there yet, and no statement joins them with a tenant's rows. */
const coordinatorTables = [
  'data_keys',
  'openid_flows',
  'openid_links',
  'openid_sessions',
  'passkey_challenges',
  'passkeys',
  'password_resets',
  'rate_limits',
  'recovery_codes',
  'refresh_tokens',
  'remembered_devices',
  'sessions',
  'sign_in_attempts',
  'signing_keys',
  'totp_factors',
]

/** The tenants themselves: distributed by their own id, beside the rows that bear it. */
const tenantColumns: Record<string, string> = { cpts: 'id' }

/**
 * What runs inside the database at a write. On a distributed table a trigger is made on each shard, only if it reads
 * and writes its own tenant's rows; a notification then leaves from the node of the shard (docs/passage-a-l-echelle.md).
 */
const triggers: Record<string, 'row' | 'statement'> = {
  'accounts.accounts_notify': 'row',
  'case_events.case_events_notify': 'row',
  'cases.cases_count_delete': 'statement',
  'cases.cases_count_insert': 'statement',
  'cases.cases_count_update': 'statement',
  'cases.cases_notify': 'row',
  'cases.cases_notify_gone': 'row',
  'delegations.delegations_notify': 'row',
  'memberships.memberships_notify': 'row',
  'municipalities.municipalities_notify': 'statement',
  'notice_deliveries.notice_deliveries_notify': 'row',
  'outbox.outbox_notify': 'statement',
  'patient_search_tokens.patient_search_tokens_forget_endings': 'statement',
  'patient_search_tokens.patient_search_tokens_keep_endings': 'statement',
  'patients.patients_notify': 'row',
  'proposals.proposals_notify': 'row',
  'sessions.sessions_notify': 'row',
}

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

async function names(statement: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await prepare(tested, (tx) => tx.execute<{ name: string }>(statement))
  return rows.map(({ name }) => name).sort()
}

const tenantTables = (): Promise<string[]> =>
  names(sql`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'cpts_id' and not a.attisdropped`)

const tenantOf = (table: string): string => tenantColumns[table] ?? 'cpts_id'

describe('every table has its place on a distributed PostgreSQL', () => {
  test('it belongs to a CPTS, is copied everywhere, or stays on the coordinator', async () => {
    const all = await names(sql`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'm', 'v')`)
    const listed = [...(await tenantTables()), ...Object.keys(tenantColumns), ...referenceTables, ...coordinatorTables]
    expect(listed.sort()).toEqual(all)
  })

  test('of a tenant’s table, each key leads with the tenant, whose type is the same everywhere', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ table: string; index: string; column: string; type: string }>(sql`
        select t.relname as table, i.relname as index, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
        from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
        where t.relnamespace = 'public'::regnamespace and (x.indisunique or x.indisprimary or x.indisexclusion)`),
    )
    const apart = [...referenceTables, ...coordinatorTables]
    const keys = rows.filter(({ table }) => !apart.includes(table))
    const astray = keys.filter(({ table, column, type }) => column !== tenantOf(table) || type !== 'uuid')
    expect(astray).toEqual([])
    const keyed = new Set(keys.map(({ table }) => table))
    expect([...(await tenantTables()), 'cpts'].filter((table) => !keyed.has(table))).toEqual([])
  })

  test('a foreign key keeps to one tenant, or leads to a table that is copied everywhere', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ name: string; from: string; to: string; own: string; theirs: string }>(sql`
        select k.conname as name, f.relname as from, t.relname as to, own.attname as own, theirs.attname as theirs
        from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
        join pg_attribute own on own.attrelid = f.oid and own.attnum = k.conkey[1]
        join pg_attribute theirs on theirs.attrelid = t.oid and theirs.attnum = k.confkey[1]
        where k.contype = 'f' and f.relnamespace = 'public'::regnamespace`),
    )
    const tenants = new Set([...(await tenantTables()), 'cpts'])
    const astray = rows.filter(({ from, to, own, theirs }) => {
      if (referenceTables.includes(to)) return !tenants.has(from) && !referenceTables.includes(from)
      return !(tenants.has(from) && tenants.has(to) && own === tenantOf(from) && theirs === tenantOf(to))
    })
    expect(rows.length).toBeGreaterThan(20)
    expect(astray).toEqual([])
  })

  test('nothing else stands in the way: rules, inheritance, narrow sequences, deferred keys', async () => {
    const obstacles = await names(sql`
      select 'rule ' || r.rulename as name from pg_rewrite r join pg_class c on c.oid = r.ev_class
        where c.relnamespace = 'public'::regnamespace and c.relkind <> 'v'
      union all select 'inheritance ' || inhrelid::regclass from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      union all select 'sequence ' || sequencename from pg_sequences
        where schemaname = 'public' and data_type <> 'bigint'::regtype
      union all select 'deferrable ' || conname from pg_constraint
        where connamespace = 'public'::regnamespace and condeferrable`)
    expect(obstacles).toEqual([])
  })

  test('what runs at a write is known', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ name: string; level: 'row' | 'statement' }>(sql`
        select c.relname || '.' || t.tgname as name, case when t.tgtype & 1 = 1 then 'row' else 'statement' end as level
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and not t.tgisinternal`),
    )
    expect(Object.fromEntries(rows.map(({ name, level }) => [name, level]))).toEqual(triggers)
  })
})
