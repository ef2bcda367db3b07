import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, type Db, openDatabase } from '../src/platform/db/database.ts'

/** A private, migrated and empty database for one test file. */
export interface TestDatabase {
  /** The door that the code under test uses: the API's role, policies in force. */
  readonly db: Database
  /** The API's own address, for tests that build the whole app. */
  readonly url: string
  /** The owner's, for what only migrations, jobs and test data may do. */
  readonly ownerUrl: string
  /** The server's own, for what an administrator of PostgreSQL may do to it meanwhile. */
  readonly superuserUrl: string
  /** One transaction under the owner, on connections that stay open: a new one costs more than most of what is prepared. */
  readonly asOwner: <T>(work: (tx: Db) => Promise<T>) => Promise<T>
  close(): Promise<void>
}

/** Copies the migrated template; call it in `beforeAll`, and `close` in `afterAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, ownerUrl, apiUrl } = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(superuserUrl, `create database ${name} template maillage owner maillage_owner strategy wal_log`)
  const url = withDatabase(apiUrl, name)
  const db = openDatabase({ url, poolSize: 4, onError: rethrow, synchronousCommit: false })
  const owners = new pg.Pool({ connectionString: withDatabase(ownerUrl, name), max: 4 })
  // Some tests cut every connection of the database: the next transaction takes a new one.
  owners.on('error', () => undefined)
  return {
    db,
    url,
    ownerUrl: withDatabase(ownerUrl, name),
    superuserUrl: withDatabase(superuserUrl, name),
    asOwner: (work) => drizzle(owners).transaction((tx) => work(tx)),
    async close() {
      await owners.end()
      await db.close()
      await asSuperuser(superuserUrl, `drop database ${name} with (force)`)
    },
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const superuser = new pg.Client({ connectionString: url })
  await superuser.connect()
  try {
    await superuser.query(statement)
  } finally {
    await superuser.end()
  }
}

function rethrow(error: Error): void {
  throw error
}
