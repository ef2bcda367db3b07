import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'

/** References of this year belong to the generated cases alone. */
const year = 2098

// One invented person a case, over the communes and the coordinators of the demo's first CPTS.
const patients = `
  insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
  select c.id, gen_random_uuid(), 'Mesure ' || to_char(n, 'FM000000'), 'Mesure ' || to_char(n, 'FM000000'),
    (array['Aude', 'Basile', 'Coline', 'Damien', 'Elvire', 'Firmin'])[1 + n % 6], date '1930-01-01' + (n * 3) % 30000,
    (array['female', 'male'])[1 + n % 2],
    (select array_agg(municipality_code order by municipality_code) from cpts_municipalities where cpts_id = c.id)[1 + n % 5],
    'generated-' || n, now(), now()
  from cpts c, generate_series(1, $1::int) n where c.id = $2`
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
const demoCpts = `
  select m.cpts_id as id from memberships m join accounts a on a.id = m.account_id
  where a.email = 'coordination@demo.maillage.example'`
const generated = `select count(*)::int as n from cases where cpts_id = $1 and reference like 'MT-${year}-%'`

/** What the database holds for the measures. */
export interface Filled {
  /** The generated open cases, besides those of the demo. */
  readonly cases: number
  /** As PostgreSQL tells it. */
  readonly version: string
}

/**
 * Puts `count` open cases in the queue of the demo's first CPTS, straight into the database that the program uses. Cases
 * of an earlier run are kept: a program that was filled once is measured as it is.
 */
export async function fillCases(dataDir: string, count: number): Promise<Filled> {
  const server = await startEmbedded({ dir: path.join(dataDir, 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  try {
    const cptsId = (await client.query<{ id: string }>(demoCpts)).rows[0]?.id
    if (!cptsId) throw new Error('The program holds no demo: there is nothing to fill')
    const before = (await client.query<{ n: number }>(generated, [cptsId])).rows[0]?.n ?? 0
    if (before === 0) await insert(client, cptsId, count)
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    return { cases: before || count, version: rows[0]?.version ?? '' }
  } finally {
    await client.end()
    await server.stop()
  }
}

async function insert(client: pg.Client, cptsId: string, count: number): Promise<void> {
  await client.query('begin')
  // Nobody is told: the jobs and the screens that listen would hear of each of them.
  await client.query('set local session_replication_role = replica')
  await client.query(patients, [count, cptsId])
  await client.query(cases, [cptsId])
  await client.query(details, [cptsId])
  await client.query('commit')
  await client.query('vacuum analyze patients, cases, gp_searches')
}
