import { readFileSync } from 'node:fs'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import * as z from 'zod'
import { StartRefusal } from '../start-refusal.ts'

// Two processes starting at once must not migrate at once; the lock lives on the connection that migrates.
const migrationLock = 7_302_027

const Journal = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) })

/** Brings the schema up to date; gives the names of the migrations that ran. All of them succeed, or none. */
export async function runMigrations(owner: pg.Client, folder: string): Promise<string[]> {
  const journal = Journal.parse(JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8'))).entries
  await owner.query('select pg_advisory_lock($1)', [migrationLock])
  try {
    const before = await applied(owner)
    refuseNewerDatabase(before, new Set(journal.map(({ when }) => when)))
    await migrate(drizzle(owner), { migrationsFolder: folder })
    const after = await applied(owner)
    const skipped = journal.filter(({ when }) => !after.has(when)).map(({ tag }) => tag)
    // The migrator looks only at the latest date: a migration that landed late, with an older date, would be lost.
    if (skipped.length > 0) throw new StartRefusal(`Migrations jamais appliquées : ${skipped.join(', ')}.`)
    return journal.filter(({ when }) => !before.has(when)).map(({ tag }) => tag)
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [migrationLock])
  }
}

async function applied(owner: pg.Client): Promise<Set<number>> {
  const { rows } = await owner.query<{ present: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as present`,
  )
  if (!rows[0]?.present) return new Set()
  const done = await owner.query<{ created_at: string }>('select created_at from drizzle.__drizzle_migrations')
  return new Set(done.rows.map((row) => Number(row.created_at)))
}

function refuseNewerDatabase(done: ReadonlySet<number>, known: ReadonlySet<number>): void {
  if ([...done].every((when) => known.has(when))) return
  throw new StartRefusal(
    'Cette base a été préparée par une version plus récente de Maillage. Installez cette version, ou restaurez une sauvegarde antérieure.',
  )
}
