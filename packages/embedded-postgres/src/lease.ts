import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { superuserUrl } from './probe.ts'

/** Our share in a server that several programs may use at once (the API and an operator's command). */
export interface Lease {
  /** Gives up the share; true when nobody else holds one, so that we are the one to stop the server. */
  release(): Promise<boolean>
  /** Hangs up after the server was stopped. */
  hangUp(): Promise<void>
}

// An advisory lock in the `postgres` database: every program holds it shared, and it vanishes with its holder's death.
const key = 7_302_026

/** Takes a share; `onLost` is called once if the server goes away while we hold it. */
export async function takeLease(cluster: Cluster, port: number, onLost: () => void): Promise<Lease> {
  const client = new pg.Client({
    connectionString: superuserUrl(cluster, port, 'postgres'),
    application_name: 'maillage (bail)',
    keepAlive: true,
  })
  let leaving = false
  client.on('error', () => undefined)
  client.once('end', () => {
    if (!leaving) onLost()
  })
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [key])
  return {
    async release() {
      leaving = true
      try {
        await client.query('select pg_advisory_unlock_shared($1)', [key])
        const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [key])
        return rows[0]?.last === true
      } catch {
        return true
      }
    },
    async hangUp() {
      leaving = true
      await client.end().catch(() => undefined)
    },
  }
}
