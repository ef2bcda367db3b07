import { sql } from 'drizzle-orm'
import type { Owner } from './owner.ts'
import { inBatches, type Pace } from './pace.ts'

/** Eight mebibytes a batch. */
const pages = 1024

/** A table to go through, and the end of a statement that does something to the rows of a part of it. */
export interface Sweep {
  readonly table: string
  /** `delete from drafts t where {part} and t.saved_at < …`: `part` bounds the rows by where they lie. */
  statement(part: ReturnType<typeof sql>): ReturnType<typeof sql>
}

/**
 * Goes through a table by where its rows lie, one short transaction for each eight mebibytes: no index is needed, no
 * statement is long, and it may be cut anywhere. Returns how many rows were touched.
 */
export async function sweep(owner: Owner, pace: Pace, { table, statement }: Sweep): Promise<number> {
  const last = await owner.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pages: number }>(
      sql`select (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int as pages`,
    )
    return rows[0]?.pages ?? 0
  })
  let from = 0
  let touched = 0
  await inBatches(pace, async () => {
    if (from >= last) return false
    const part = sql`t.ctid >= ${`(${from},0)`}::tid and t.ctid < ${`(${from + pages},0)`}::tid`
    const { rowCount } = await owner.transaction((tx) => tx.execute(statement(part)))
    touched += rowCount ?? 0
    from += pages
    return true
  })
  return touched
}
