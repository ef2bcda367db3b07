import pg from 'pg'
import type { Db } from './database.ts'

/** A statement as PostgreSQL reads it. With a name it is parsed and planned once a connection: same name, same text. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

const asWritten = new Set<number>([pg.types.builtins.TIMESTAMPTZ, pg.types.builtins.DATE])

// Instants and days stay the text that PostgreSQL wrote: a JS Date would lose microseconds, `infinity` and days.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    asWritten.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format ?? 'text'),
}

/** Runs a statement past the query builder, for the few that are asked so often that building them would show. */
export async function queryRows<Row extends object>(db: Db, statement: Statement): Promise<Row[]> {
  // Drizzle keeps the connection in its session, inside a transaction as outside.
  const { client } = db._.session as unknown as { client: pg.ClientBase }
  const { rows } = await client.query<Row>({ ...statement, values: [...statement.values], types })
  return rows
}

/** `2026-11-21 13:00:00.5+00`, as a session in UTC writes it, on the wire: `2026-11-21T13:00:00.5Z`. */
export const instantOf = (written: string): string => `${written.slice(0, 10)}T${written.slice(11, -3)}Z`
