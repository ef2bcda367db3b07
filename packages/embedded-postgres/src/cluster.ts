import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Identity } from './identity.ts'
import { LaunchError } from './launch-error.ts'
import { ensurePassword } from './password.ts'

/** A database folder on disk, ready to be started. */
export interface Cluster {
  /** Holds the password, the log and the data. */
  readonly folder: string
  /** PostgreSQL's own data directory. */
  readonly data: string
  readonly log: string
  readonly password: string
  readonly binaries: Binaries
  readonly identity: Identity | undefined
  /** Safety against a power cut given up for speed: tests only. */
  readonly fast: boolean
}

/** Opens the database folder, creating it the first time. */
export function openCluster(
  folder: string,
  binaries: Binaries,
  identity: Identity | undefined,
  fast: boolean,
): Cluster {
  const passwordFile = path.join(folder, 'postgres.password')
  const data = path.join(folder, 'data')
  if (existsSync(data) && !existsSync(passwordFile)) throw new LaunchError(lostPassword(folder))
  const password = ensurePassword(passwordFile, identity)
  const cluster = { folder, data, log: path.join(folder, 'postgres.log'), password, binaries, identity, fast }
  if (!existsSync(data)) create(cluster, passwordFile)
  return cluster
}

/** Creates aside, then renames: an interrupted creation leaves nothing that a later start would take for a database. */
function create(cluster: Cluster, passwordFile: string): void {
  const partial = `${cluster.data}.${process.pid}.partiel`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  if (cluster.identity) chownSync(partial, cluster.identity.uid, cluster.identity.gid)
  const result = runInitdb(cluster, partial, passwordFile)
  if (result.status !== 0) {
    rmSync(partial, { recursive: true, force: true })
    throw new LaunchError(`La base de données n’a pas pu être créée : ${result.error?.message ?? result.stderr.trim()}`)
  }
  try {
    renameSync(partial, cluster.data)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(cluster.data)) throw error
  }
}

function runInitdb(cluster: Cluster, data: string, passwordFile: string): SpawnSyncReturns<string> {
  const options = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const words = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr-FR', '--no-instructions']
  const speed = cluster.fast ? ['--no-sync'] : []
  return spawnSync(cluster.binaries.initdb, [...options, ...words, ...speed], {
    ...cluster.identity,
    cwd: cluster.folder,
    encoding: 'utf8',
    env: cleanEnvironment(),
  })
}

/** PostgreSQL's programs obey PG… variables: one left in the user's shell must not steer them. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'))
  return { ...Object.fromEntries(kept), LANG: 'C' }
}

function lostPassword(folder: string): string {
  return (
    `Le fichier ${path.join(folder, 'postgres.password')} a disparu : la base ne peut plus être ouverte sans lui. ` +
    'Remettez-le en place depuis une sauvegarde.'
  )
}
