import { createHash } from 'node:crypto'
import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core'
import type { Db } from './database.ts'
import { queryRows } from './named-query.ts'

const dialect = new PgDialect()

/**
 * Runs a statement whose text never varies, only its parameters, under a name made from that text: parsed and planned
 * once a connection. A list goes in as one array parameter, or each length would be a statement of its own.
 */
export function runNamed<Row extends object>(db: Db, statement: SQL): Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return queryRows<Row>(db, { name: nameOf(text), text, values: params })
}

/** A name made from the text, for a statement written by hand in a few forms. */
export const nameOf = (text: string): string => `q_${createHash('sha1').update(text).digest('base64url')}`

/** One array parameter of uuids. */
export const uuids = (ids: readonly string[]): SQL => sql`${sql.param([...ids])}::uuid[]`

/** The columns of a table for `runNamed`, and the row that the query builder would have made of them. */
export function rowsOf<Table extends PgTable>(
  table: Table,
): { columns: SQL; toRow: (found: Record<string, unknown>) => Table['$inferSelect'] } {
  const columns = Object.entries(getTableColumns(table))
  const list = columns.map(([, column]) => sql`${column}`)
  const toRow = (found: Record<string, unknown>) => {
    const row: Record<string, unknown> = {}
    for (const [key, column] of columns) {
      const value = found[column.name]
      row[key] = value === null || value === undefined ? null : column.mapFromDriverValue(value)
    }
    // Each column was read by the table's own mapping.
    return row as Table['$inferSelect']
  }
  return { columns: sql.join(list, sql`, `), toRow }
}
