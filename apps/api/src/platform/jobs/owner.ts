import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Db } from '../db/database.ts'

/** The owner of the tables, who sees every CPTS: for jobs alone, over connections that are kept from one to the next. */
export interface Owner {
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /**
   * Does the work while no other process does work of this name, and leaves at once when one does; false then. The place
   * is free again as soon as its holder ends, however it ends.
   */
  alone(name: string, work: () => Promise<void>): Promise<boolean>
  close(): Promise<void>
}

/** Each of six tasks in hand keeps its place on one, and a few work on another at a time; idle ones are given back. */
const connections = { max: 10, idleTimeoutMillis: 90_000 }

/** Opens the way to the owner's connections; connects at the first question only. */
export function openOwner(url: string, onError: (error: Error) => void): Owner {
  const pool = new pg.Pool({
    connectionString: url,
    ...connections,
    application_name: 'maillage-owner',
    options: '-c timezone=UTC -c statement_timeout=30s -c lock_timeout=10s',
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  const db = drizzle(pool)
  return {
    transaction: (work) => db.transaction((tx) => work(tx)),
    close: () => pool.end(),
    async alone(name, work) {
      const client = await pool.connect()
      let isFree = false
      try {
        const { rows } = await client.query<{ free: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
          [`maillage:${name}`],
        )
        isFree = rows[0]?.free ?? false
        if (isFree) await work()
        return isFree
      } finally {
        if (isFree) await client.query('select pg_advisory_unlock_all()').catch(onError)
        client.release()
      }
    },
  }
}
