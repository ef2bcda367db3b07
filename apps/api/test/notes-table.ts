import { sql } from 'drizzle-orm'
import { asOwner } from '../src/platform/db/as-owner.ts'
import { type Database, type Db, openDatabase } from '../src/platform/db/database.ts'
import { openTestDatabase } from './test-db.ts'

/** A database with a table more, `notes (cpts_id, word)`, whose rows belong to a CPTS as those of the product do. */
export interface Notes {
  /** Of one connection, so that each question finds the state that the one before left. */
  readonly db: Database
  readonly url: string
  readonly ownerUrl: string
  readonly superuserUrl: string
  close(): Promise<void>
}

/** Opens it, empty; no two notes bear the same word at a commit. */
export async function openNotes(): Promise<Notes> {
  const { url, ownerUrl, superuserUrl, close } = await openTestDatabase()
  await asOwner(ownerUrl, (tx) =>
    tx.execute(sql`create table notes (cpts_id uuid not null, word text unique deferrable initially deferred);
      alter table notes enable row level security;
      create policy notes_cpts on notes using (cpts_id = (select nullif(current_setting('app.cpts_id', true), '')::uuid));
      grant select, insert on notes to maillage_api`),
  )
  const db = openDatabase({ url, poolSize: 1, onError: () => undefined })
  return {
    db,
    url,
    ownerUrl,
    superuserUrl,
    async close() {
      await db.close()
      await close()
    },
  }
}

/** The words that this connection sees, in order. */
export async function wordsSeen(connection: Db): Promise<unknown[]> {
  const { rows } = await connection.execute(sql`select word from notes order by word`)
  return rows.map(({ word }) => word)
}
