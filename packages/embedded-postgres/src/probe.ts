import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Cluster } from './cluster.ts'

/** What listens on a port: our server, ours but not ready yet, or nothing of ours. */
export type Probe = 'ready' | 'busy' | 'absent'

// SQLSTATE 57P03 cannot_connect_now: starting, recovering or shutting down.
const cannotConnectNow = '57P03'

/** Builds the superuser's address; everything stays on the local machine. */
export function superuserUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** Asks the port whether the server of this very folder answers. */
export async function probe(cluster: Cluster, port: number): Promise<Probe> {
  const client = new pg.Client({
    connectionString: superuserUrl(cluster, port, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    return rows[0] && realpathSync(rows[0].folder) === realpathSync(cluster.data) ? 'ready' : 'absent'
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === cannotConnectNow ? 'busy' : 'absent'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Reads which process and port the folder's postmaster announced; a crash leaves the file behind. */
export function readPidFile(cluster: Cluster): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

/** Says where the postmaster announces itself. */
export function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, 'postmaster.pid')
}

/**
 * Does the announced process number now belong to some other program? After a power cut or in a restarted container
 * numbers come round again, and PostgreSQL would then refuse to start for ever. A postmaster works in its data folder.
 */
export function isSomeoneElse(cluster: Cluster, pid: number): boolean {
  if (process.platform !== 'linux' || !(pid > 0)) return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(cluster.data)
  } catch {
    return false
  }
}
