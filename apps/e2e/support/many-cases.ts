import { existsSync } from 'node:fs'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'

/** References of this year belong to the generated cases alone: they are found and taken away by it. */
const year = 2098

// One invented person a case, over the communes and the coordinators of the demo's first CPTS.
const patients = `
  insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
  select c.id, gen_random_uuid(), 'Rang ' || to_char(n, 'FM00000'), 'Rang ' || to_char(n, 'FM00000'),
    (array['Aude', 'Basile', 'Coline', 'Damien', 'Elvire', 'Firmin'])[1 + n % 6], date '1930-01-01' + (n * 3) % 30000,
    (array['female', 'male'])[1 + n % 2],
    (select array_agg(municipality_code order by municipality_code) from cpts_municipalities where cpts_id = c.id)[1 + n % 5],
    'generated-' || n, now(), now()
  from cpts c, generate_series(1, $1::int) n where c.id = $2`
const cases = `
  insert into cases (cpts_id, id, kind, reference, status, band_rank, score, priority, due_at, due_code, queue_at, opened_at,
    registered_at, status_since, clock_started_at, patient_id, municipality_code, owner_id, channel, updated_at)
  select p.cpts_id, gen_random_uuid(), 'gp-search', 'MT-${year}-' || to_char(n, 'FM00000'),
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
  where p.cpts_id = $2 and p.traits like 'generated-%' and n <= $1::int`
const details = `
  insert into gp_searches (cpts_id, case_id, details)
  select cpts_id, id, '{}' from cases where cpts_id = $1 and reference like 'MT-${year}-%'`
const generated = `MT-${year}-%`
/** One statement for each column that points at a case: the slice's own line, alerts, events. */
const whatFollows = `
  select format('delete from %s where cpts_id = $1 and %I in (select id from cases where cpts_id = $1 and reference like $2)',
    k.conrelid::regclass, own.attname) as removal
  from pg_constraint k
  cross join lateral unnest(k.conkey, k.confkey) as pair (own_number, case_number)
  join pg_attribute own on own.attrelid = k.conrelid and own.attnum = pair.own_number
  join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.case_number
  where k.contype = 'f' and k.confrelid = 'cases'::regclass and theirs.attname = 'id'`
const analysis = 'analyze patients, cases, gp_searches'

/** The queue of the demo with far more cases in it than a team ever has. */
export interface ManyCases {
  /** Takes them away again, and lets go of the database. */
  remove(): Promise<void>
}

/** The folder of the program's data: told by `global-setup.ts`, or by whoever started the program. */
function dataDir(): string {
  const folder = process.env.MAILLAGE_E2E_DATA_DIR
  if (!folder || !existsSync(folder)) throw new Error('MAILLAGE_E2E_DATA_DIR does not name the data of the program')
  return folder
}

/** Puts `count` open cases in the queue of the demo's CPTS, straight into the database that the program uses. */
export async function addManyCases(count: number): Promise<ManyCases> {
  const server = await startEmbedded({ dir: path.join(dataDir(), 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    `select m.cpts_id as id from memberships m join accounts a on a.id = m.account_id
     where a.email = 'coordination@demo.maillage.example'`,
  )
  const cptsId = rows[0]?.id
  const clear = async (): Promise<void> => {
    await client.query('set session_replication_role = replica')
    const { rows: followers } = await client.query<{ removal: string }>(whatFollows)
    // The program may have told somebody of a case meanwhile: what points at it goes first.
    for (const { removal } of followers) await client.query(removal, [cptsId, generated])
    await client.query('delete from cases where cpts_id = $1 and reference like $2', [cptsId, generated])
    await client.query(`delete from patients where cpts_id = $1 and traits like 'generated-%'`, [cptsId])
    await client.query('reset session_replication_role')
  }
  await clear()
  await client.query('begin')
  // Nobody is told: a screen that listens would hear of each of them.
  await client.query('set local session_replication_role = replica')
  await client.query(patients, [count, cptsId])
  await client.query(cases, [count, cptsId])
  await client.query(details, [cptsId])
  await client.query('commit')
  await client.query(analysis)
  return {
    remove: async () => {
      await clear()
      await client.end()
      await server.stop()
    },
  }
}
