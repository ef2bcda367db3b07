import { sql } from 'drizzle-orm'
import type { Db } from '../../src/platform/db/database.ts'

/**
 * Takes away every row of the demo's CPTS, whatever table it is in: a seeding that was cut short starts over. Accounts
 * stay, and are found again by their e-mail. Runs as the owner of the tables, whom no policy stops.
 */
export async function wipeDemo(tx: Db): Promise<void> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'cpts_id' and t.table_type = 'BASE TABLE'`)
  let left = rows.map(({ name }) => name)
  while (left.length > 0) {
    const held: string[] = []
    for (const name of left) if (!(await emptied(tx, name))) held.push(name)
    if (held.length === left.length) throw new Error(`Rows of the demo hold each other: ${held.join(', ')}`)
    left = held
  }
  await tx.execute(sql`delete from cpts where is_demo`)
}

/** False when rows of another table still point at these: it is tried again once those are gone. */
async function emptied(tx: Db, table: string): Promise<boolean> {
  await tx.execute(sql`savepoint wipe`)
  try {
    await tx.execute(sql`delete from ${sql.identifier(table)} where cpts_id in (select id from cpts where is_demo)`)
    await tx.execute(sql`release savepoint wipe`)
    return true
  } catch (error) {
    await tx.execute(sql`rollback to savepoint wipe`)
    if (isForeignKey(error)) return false
    throw error
  }
}

const isForeignKey = (error: unknown): boolean => {
  // Drizzle wraps what the driver throws; either may carry the code of PostgreSQL.
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  return code === '23503' || cause?.code === '23503'
}
