import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import { fillVolume } from '@maillage/many-cases/fill-volume'
import pg from 'pg'
import { inherited, root } from '../program.ts'

/** How much is asked for. */
export interface VolumeSize {
  readonly cases: number
  readonly cpts: number
}

/** A filled database, kept beside the repository: to be copied, never served from. */
export interface PreparedVolume extends VolumeSize {
  /** The program's folder of data. */
  readonly dataDir: string
  /** Where the PostgreSQL data really are: elsewhere under root. */
  readonly folder: string
  /** What « now » was for the rows. */
  readonly at: string
  /** Which migrations it has had. */
  readonly schema: string
}

/** Every generated account signs in with it. */
export const volumePassword = 'des-mesures-de-bout-en-bout'
/** Its digest at the product's own cost, so that a sign-in costs what it costs. */
const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$QpFSTasV4Nq6vVCE4kgj+g$LNSfa6s0YlAcEy5WzCxSjujo+KoYs1m0RhRz/50j/mM'

/** Deadlines are laid around the instant of the filling: older than this, too many are past. */
const freshDays = 3
const cache = path.join(tmpdir(), 'maillage-bench')

function digestOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    if (/\.(sql|ts)$/.test(name) && !name.endsWith('.test.ts'))
      hash.update(name).update(readFileSync(path.join(root, folder, name)))
  }
  return hash.digest('hex').slice(0, 12)
}

/** The volume asked for: from the cache, brought up to the schema of today; made now when the generator has changed. */
export async function prepareVolume(size: VolumeSize, say: (words: string) => void): Promise<PreparedVolume> {
  const name = `${size.cases}-${size.cpts}`
  const dataDir = path.join(cache, `${name}-${digestOf('packages/many-cases/src')}`)
  const schema = digestOf('apps/api/migrations')
  const kept = readKept(dataDir)
  if (kept?.schema === schema) return kept
  if (kept) {
    say(`${size.cases} dossiers dans ${size.cpts} CPTS : mise à jour du schéma…`)
    migrate(dataDir)
    return keep({ ...kept, schema })
  }
  for (const old of existsSync(cache) ? readdirSync(cache) : [])
    if (old.startsWith(`${name}-`)) forget(path.join(cache, old))
  mkdirSync(dataDir, { recursive: true })
  say(`${size.cases} dossiers dans ${size.cpts} CPTS : une fois, puis gardés dans ${dataDir}…`)
  migrate(dataDir)
  const server = await startEmbedded({ dir: path.join(dataDir, 'postgres') })
  try {
    const at = new Date()
    await fill(server.superuserUrl('maillage'), { ...size, at, passwordHash }, say)
    return keep({ ...size, dataDir, folder: server.folder, at: at.toISOString(), schema })
  } finally {
    await server.stop()
  }
}

function keep(volume: PreparedVolume): PreparedVolume {
  writeFileSync(path.join(volume.dataDir, 'volume.json'), JSON.stringify(volume))
  return volume
}

function readKept(dataDir: string): PreparedVolume | undefined {
  const file = path.join(dataDir, 'volume.json')
  if (!existsSync(file)) return undefined
  // Written by this very file, beside the data.
  const volume = JSON.parse(readFileSync(file, 'utf8')) as PreparedVolume
  const isFresh = Date.now() - Date.parse(volume.at) < freshDays * 86_400_000
  return isFresh && existsSync(volume.folder) ? volume : undefined
}

function forget(dataDir: string): void {
  const file = path.join(dataDir, 'volume.json')
  // Written by this very file, beside the data.
  const { folder } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PreparedVolume) : { folder: dataDir }
  for (const place of [folder, dataDir]) rmSync(place, { recursive: true, force: true })
}

function migrate(dataDir: string): void {
  const env = { ...inherited(), MAILLAGE_DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  const done = spawnSync(process.execPath, ['scripts/maillage.mjs', 'migrate'], { cwd: root, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`The empty program could not be made:\n${done.stdout}${done.stderr}`)
}

/** Nothing is lost but time if the machine stops meanwhile: the cache is made again. */
const careless = ['fsync = off', 'full_page_writes = off', `max_wal_size = '8GB'`, 'autovacuum = off']

async function fill(
  url: string,
  volume: Parameters<typeof fillVolume>[1],
  say: (words: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const setting of careless) await client.query(`alter system set ${setting}`)
    await client.query('select pg_reload_conf()')
    await fillVolume(client, volume, (step, milliseconds) => say(`  ${step} : ${(milliseconds / 1000).toFixed(1)} s`))
    await client.query('alter system reset all')
    await client.query('select pg_reload_conf()')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}
