import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../src/platform/db/database.ts'

/** A private, migrated and empty database for one test file. */
export interface TestDatabase {
  /** The door that the code under test uses: the API's role, policies in force. */
  readonly db: Database
  /** The API's own address, for tests that build the whole app. */
  readonly url: string
  /** The owner's, for what only migrations, jobs and test data may do. */
  readonly ownerUrl: string
  close(): Promise<void>
}

/** Copies the migrated template; call it in `beforeAll`, and `close` in `afterAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, ownerUrl, apiUrl } = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(superuserUrl, `create database ${name} template maillage owner maillage_owner strategy wal_log`)
  const url = withDatabase(apiUrl, name)
  const db = openDatabase({ url, poolSize: 4, onError: rethrow, synchronousCommit: false })
  return {
    db,
    url,
    ownerUrl: withDatabase(ownerUrl, name),
    async close() {
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
