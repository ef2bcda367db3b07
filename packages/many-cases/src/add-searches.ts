import type pg from 'pg'
import { recount } from './recount.ts'

/** References of this year belong to the added cases alone: they are found and taken away by it. */
const year = 2098

// One invented person a case, over the communes and the coordinators that the CPTS has.
const patients = `
  insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
  select c.id, gen_random_uuid(), shown, shown, (array['Aude', 'Basile', 'Coline', 'Damien', 'Elvire', 'Firmin'])[1 + n % 6],
    date '1930-01-01' + (n * 3) % 30000, (array['female', 'male'])[1 + n % 2],
    (select array_agg(municipality_code order by municipality_code) from cpts_municipalities where cpts_id = c.id)[1 + n % 5],
    'generated-' || n, now(), now()
  from cpts c, generate_series(1, $2::int) n, lateral (select $3 || ' ' || to_char(n, 'FM000000') as shown) named
  where c.id = $1`
const cases = `
  insert into cases (cpts_id, id, kind, reference, status, band_rank, score, priority, due_at, due_code, queue_at, opened_at,
    registered_at, status_since, clock_started_at, patient_id, municipality_code, owner_id, channel, updated_at)
  select p.cpts_id, gen_random_uuid(), 'gp-search', 'MT-${year}-' || to_char(n, 'FM000000'),
    (array['submitted', 'eligible', 'info_requested'])[1 + n % 3], 1 + n % 4, 80 - n % 80,
    jsonb_build_object('band', 'P' || (1 + n % 4), 'score', 80 - n % 80, 'rulesetVersion', 'generated', 'contributions', '[]'::jsonb),
    d.at, 'triage', d.at, now() - make_interval(mins => n), now(), now(), now(), p.id, p.municipality_code,
    case when n % 3 = 0 then null else o.id end, 'phone', now()
  from patients p
  cross join lateral (select substr(p.traits, 11)::int as n) numbered
  cross join lateral (select now() + make_interval(mins => n * 7 - 20000) as at) d
  cross join lateral (
    select account_id as id from memberships where cpts_id = p.cpts_id and role = 'coordinator' and ended_at is null
    order by account_id offset n % 2 limit 1
  ) o
  where p.cpts_id = $1 and p.traits like 'generated-%'`
const details = `
  insert into gp_searches (cpts_id, case_id, details)
  select cpts_id, id, '{}' from cases where cpts_id = $1 and reference like 'MT-${year}-%'`

/** One statement for each column that points at a case: the slice's own line, alerts, events. */
const whatFollows = `
  select format('delete from %s where cpts_id = $1 and %I in (select id from cases where cpts_id = $1 and reference like ''MT-${year}-%%'')',
    k.conrelid::regclass, own.attname) as removal
  from pg_constraint k
  cross join lateral unnest(k.conkey, k.confkey) as pair (own_number, case_number)
  join pg_attribute own on own.attrelid = k.conrelid and own.attnum = pair.own_number
  join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.case_number
  where k.contype = 'f' and k.confrelid = 'cases'::regclass and theirs.attname = 'id'`

/** The CPTS in which this account coordinates. */
export async function cptsOf(client: pg.Client, email: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select m.cpts_id as id from memberships m join accounts a on a.id = m.account_id where a.email = $1',
    [email],
  )
  if (!rows[0]) throw new Error(`The program holds no account ${email}: there is nothing to fill`)
  return rows[0].id
}

/** How many added searches the CPTS holds. */
export async function countSearches(client: pg.Client, cptsId: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from cases where cpts_id = $1 and reference like 'MT-${year}-%'`,
    [cptsId],
  )
  return rows[0]?.n ?? 0
}

/** What to add: how many open searches, and the family name that they bear before their number. */
export interface Added {
  readonly count: number
  readonly name: string
}

/** Puts open searches in the queue of a CPTS that exists already, beside what it has: a long list, and nothing more. */
export async function addSearches(client: pg.Client, cptsId: string, { count, name }: Added): Promise<void> {
  await client.query('begin')
  // Nobody is told: the jobs and the screens that listen would hear of each of them.
  await client.query('set local session_replication_role = replica')
  await client.query(patients, [cptsId, count, name])
  await client.query(cases, [cptsId])
  await client.query(details, [cptsId])
  await recount(client)
  await client.query('commit')
  await client.query('vacuum analyze patients, cases, gp_searches')
}

/** Takes the added searches away again, with whatever the program has written about them meanwhile. */
export async function removeSearches(client: pg.Client, cptsId: string): Promise<void> {
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  const { rows } = await client.query<{ removal: string }>(whatFollows)
  for (const { removal } of rows) await client.query(removal, [cptsId])
  await client.query(`delete from cases where cpts_id = $1 and reference like 'MT-${year}-%'`, [cptsId])
  await client.query(`delete from patients where cpts_id = $1 and traits like 'generated-%'`, [cptsId])
  await recount(client)
  await client.query('commit')
}
