import { createHash } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Statement } from './named-query.ts'

/** Some columns of a row under their names in the database, each value as the driver is given it. */
export interface WrittenRow {
  /** In the order of the table's columns, so that the same columns make the same text. */
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

/** What a named statement writes of a row: the columns that were given, `undefined` being not given. */
export function writtenRow<Table extends PgTable>(table: Table, row: Partial<Table['$inferInsert']>): WrittenRow {
  const names: string[] = []
  const values: unknown[] = []
  const given: Record<string, unknown> = row
  for (const [key, column] of Object.entries(getTableColumns(table))) {
    const value = given[key]
    if (value === undefined) continue
    names.push(`"${column.name}"`)
    values.push(value === null ? null : column.mapToDriverValue(value))
  }
  return { names, values }
}

/** `$3, $4, $5`: as many parameters as there are values, from a number on. */
export const parameters = ({ values }: WrittenRow, from: number): string =>
  values.map((_value, at) => `$${from + at}`).join(', ')

/** A statement under a name made from its text: for those whose text varies with the columns given, and little. */
export const namedByText = (text: string, values: readonly unknown[]): Statement => ({
  name: `w_${createHash('sha1').update(text).digest('base64url')}`,
  text,
  values,
})
