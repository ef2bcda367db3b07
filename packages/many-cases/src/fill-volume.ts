import type pg from 'pg'
import { findBrokenKeys } from './broken-keys.ts'
import { cases } from './cases.sql.ts'
import { chance } from './chance.sql.ts'
import { directory, intake } from './directory.sql.ts'
import { dropIndexes, manyRows } from './indexes.ts'
import { offers } from './offers.sql.ts'
import { patients } from './patients.sql.ts'
import { plan } from './plan.sql.ts'
import { recount } from './recount.ts'
import { stories } from './story.sql.ts'
import { territories } from './territory.sql.ts'
import { checkVolume, type Volume } from './volume.ts'

const grown = [
  'patients',
  'patient_search_tokens',
  'cases',
  'gp_searches',
  'unscheduled_cares',
  'hospital_discharges',
  'discharge_needs',
  'proposals',
  'case_participants',
  'case_events',
  'audit_entries',
  'reminders',
]

/** How long each step took, for whoever waits for a large volume. */
export type Progress = (step: string, milliseconds: number) => void

/**
 * Invents a whole volume: CPTS, accounts, directory, patients, cases with all that belongs to them. The client must be
 * the superuser's: triggers and foreign keys are left aside for the time of the filling, then every key is checked.
 * The reference data must be loaded, and no such volume be there.
 */
export async function fillVolume(
  client: pg.Client,
  volume: Volume,
  progress: Progress = () => undefined,
): Promise<void> {
  checkVolume(volume)
  const timed = async (step: string, work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now()
    await work()
    progress(step, performance.now() - start)
  }
  const run = async (step: string, statements: readonly string[]): Promise<void> =>
    timed(step, async () => {
      for (const statement of statements) await client.query(statement)
    })
  await run('settings', settings)
  const restore = volume.cases >= manyRows ? await dropIndexes(client, grown) : async () => undefined
  await run('functions', chance(volume))
  await run('territories', territories(volume))
  await run('directory', directory(volume))
  await run('plan', plan(volume))
  await run('patients', patients(volume))
  await run('cases', cases(volume))
  await run('offers', offers(volume))
  await run('intake', intake(volume))
  await run('stories', stories(volume))
  await timed('indexes', restore)
  await timed('counters', () => recount(client))
  await run('end', end)
  await timed('vacuum', () => client.query('vacuum (freeze, analyze)'))
  await timed('keys', async () => {
    const broken = await findBrokenKeys(client)
    if (broken.length > 0) throw new Error(`The volume breaks foreign keys: ${broken.join(', ')}`)
  })
}

/** For this connection alone. Nobody is told of the rows, and none is compiled for a statement that runs once. */
const settings = [
  'set session_replication_role = replica',
  'set synchronous_commit = off',
  'set jit = off',
  `set work_mem = '256MB'`,
  `set maintenance_work_mem = '512MB'`,
  `set temp_buffers = '128MB'`,
]

const temporary = ['plan_needs', 'people', 'plan', 'staff', 'tenants']
const end = [
  ...temporary.map((table) => `drop table pg_temp.${table}`),
  ...['draw', 'skewed', 'one_of', 'id_of', 'at_ms', 'iso', 'opened_ms', 'surname', 'first_name', 'phone', 'folded'].map(
    (name) => `drop function pg_temp.${name}`,
  ),
  'reset all',
]
