import { availableParallelism } from 'node:os'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { Borrowed, type SessionSettings } from './borrowed.ts'
import { Gathering, type LineWriter } from './gathering.ts'

/** A connection or an open transaction: a store cannot tell and must not care. */
export type Db = PgDatabase<NodePgQueryResultHKT>

/** The only door to the data: what is asked through it sees one CPTS, or none. */
export interface Database {
  /** Reads within one CPTS, outside a transaction. */
  read<T>(cptsId: CptsId, work: (db: Db) => Promise<T>): Promise<T>
  /** One transaction within one CPTS: all or nothing, never retried. */
  transaction<T>(cptsId: CptsId, work: (tx: Db) => Promise<T>): Promise<T>
  /** One transaction without a CPTS, for accounts, sessions and reference: tenant tables show no row. */
  global<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /**
   * Writes one line of a CPTS in a commit shared with those who write one at this moment; resolves once it is on disk.
   * Takes a connection of its own: never called from within the others' work.
   */
  gather<Line>(cptsId: CptsId, write: LineWriter<Line>, line: Line): Promise<void>
  close(): Promise<void>
}

/** How to reach the database, and whom to tell when an idle connection breaks. */
export interface DatabaseOptions {
  readonly url: string
  readonly poolSize?: number
  readonly onError: (error: Error) => void
  /** `false` acknowledges before the disk does: tests and benches only. */
  readonly synchronousCommit?: boolean
}

// `''` is no CPTS: the policies read it as null, and null equals no row's.
const noCpts = ''

/** Opens the pool; connects at the first question only. */
export function openDatabase(options: DatabaseOptions): Database {
  // Twice the cores keeps PostgreSQL busy; more connections only queue inside it.
  const max = options.poolSize ?? Math.max(4, 2 * availableParallelism())
  const pool = new pg.Pool({ connectionString: options.url, max, connectionTimeoutMillis: 10_000, keepAlive: true })
  let isClosing = false
  pool.on('error', (error) => {
    // The pool says that it has ended before the last line is closed: the server may cut it first.
    if (!isClosing) options.onError(error)
  })
  // The pool stops listening as it lends a connection. One that is cut as it opens would be heard by nobody, and end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const settings: SessionSettings = { synchronousCommit: options.synchronousCommit ?? true }
  const known = new WeakMap<pg.PoolClient, Borrowed>()

  async function borrow<T>(work: (borrowed: Borrowed) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const borrowed = known.get(client) ?? new Borrowed(client, settings)
    known.set(client, borrowed)
    try {
      return await work(borrowed)
    } finally {
      client.release(borrowed.isDoubtful())
    }
  }

  // By the function that writes: each sort of line has its own.
  const gatherings = new Map<unknown, Gathering<unknown>>()
  function gatheringOf<Line>(write: LineWriter<Line>): Gathering<Line> {
    // The key is the writer itself, so that what is found takes its lines.
    const known = gatherings.get(write) as Gathering<Line> | undefined
    if (known) return known
    const fresh = new Gathering<Line>((cptsId, send) => borrow((borrowed) => borrowed.read(cptsId, send)), write)
    // Same reason: nothing but this writer's lines reaches it.
    gatherings.set(write, fresh as Gathering<unknown>)
    return fresh
  }

  return {
    read: (cptsId, work) => borrow((borrowed) => borrowed.read(cptsId, work)),
    transaction: (cptsId, work) => borrow((borrowed) => borrowed.transaction(cptsId, work)),
    global: (work) => borrow((borrowed) => borrowed.transaction(noCpts, work)),
    gather: (cptsId, write, line) => gatheringOf(write).add(cptsId, line),
    close: () => {
      isClosing = true
      return pool.end()
    },
  }
}
