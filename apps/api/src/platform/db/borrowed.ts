import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { apiRole } from './api-role.ts'
import { nameRepeated } from './prepared-names.ts'

// The same type as the door's own `Db`, which imports this file.
type Db = PgDatabase<NodePgQueryResultHKT>

/** What each connection is told once. */
export interface SessionSettings {
  readonly synchronousCommit: boolean
}

// A statement that runs longer than this is a bug or an attack; imports and jobs work in smaller steps.
const statementTimeout = '30s'
const openSession = `select set_config('role', $1, false), set_config('synchronous_commit', $2, false),
  set_config('statement_timeout', '${statementTimeout}', false), set_config('lock_timeout', '10s', false),
  set_config('idle_in_transaction_session_timeout', '${statementTimeout}', false), set_config('timezone', 'UTC', false)`
const enterTenant = { name: 'enter_tenant', text: `select set_config('app.cpts_id', $1, false)` }

/**
 * A pooled connection with what we know of its state. The tenant is told only when it changes: that keeps nearly all
 * the speed of a database without row-level security, and makes this file the one place where a leak could start.
 */
export class Borrowed {
  /** Cached: prepared statements hang on it. */
  readonly db: Db
  readonly #client: pg.PoolClient
  readonly #settings: SessionSettings
  readonly #pending: () => number
  #tenant: string | undefined
  #doubtful = false

  constructor(client: pg.PoolClient, settings: SessionSettings) {
    this.#client = client
    this.#settings = settings
    this.#pending = followQueries(client)
    // The pool listens only while the connection is idle; an unheard `error` event would end the process.
    client.on('error', () => {
      this.#doubtful = true
    })
    this.db = drizzle(client)
    // A `begin` inside the open transaction would let its `commit` end ours half-way.
    this.db.transaction = () => Promise.reject(new Error('A store opens no transaction: its caller has opened it'))
  }

  /** Makes the connection see this tenant only; must come before `begin`, for a rollback would undo it. */
  async enter(tenant: string): Promise<void> {
    if (this.#tenant === tenant) return
    const isNew = this.#tenant === undefined
    this.#tenant = undefined
    await this.#certainly(async () => {
      if (isNew) await this.#client.query(openSession, [apiRole, this.#settings.synchronousCommit ? 'on' : 'off'])
      await this.#client.query({ ...enterTenant, values: [tenant] })
    })
    this.#tenant = tenant
  }

  /** Runs the work between `begin` and `commit`; any failure undoes all of it. */
  async transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    await this.#certainly(() => this.#client.query('begin'))
    let result: T
    try {
      result = await work(this.db)
    } catch (error) {
      await this.#rollback()
      throw error
    }
    const { command } = await this.#certainly(() => this.#client.query('commit'))
    // PostgreSQL answers a commit of a failed transaction by rolling back, without an error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: an error inside it was swallowed')
    return result
  }

  /** Must the connection be closed rather than lent to another request? Asked once the work is over. */
  isDoubtful(): boolean {
    // A statement still running belongs to work that nobody awaited: what follows it could run as the next tenant.
    return this.#doubtful || this.#tenant === undefined || this.#pending() > 0
  }

  async #rollback(): Promise<void> {
    await this.#certainly(() => this.#client.query('rollback')).catch(() => undefined)
  }

  async #certainly<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (error) {
      this.#doubtful = true
      throw error
    }
  }
}

/** Stands between whoever asks and the connection: names what is asked again, and counts what is not answered yet. */
function followQueries(client: pg.PoolClient): () => number {
  let pending = 0
  const settle = (): void => {
    pending -= 1
  }
  const named = nameRepeated()
  // `query` has a dozen overloads; whatever it is given and gives back passes through, but for a name.
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const followed = (asked: unknown, ...rest: unknown[]): unknown => {
    const answer = query(hasParameters(asked, rest) ? named(asked) : asked, ...rest)
    if (answer instanceof Promise) {
      pending += 1
      answer.then(settle, settle)
    }
    return answer
  }
  // Same reason as above: the wrapper has the shape of what it wraps.
  client.query = followed as typeof client.query
  return () => pending
}

/** The form in which the query builder asks: a statement, and its parameters beside it. */
const hasParameters = (asked: unknown, [values]: unknown[]): asked is { text: string } =>
  Array.isArray(values) && values.length > 0 && typeof asked === 'object' && asked !== null && 'text' in asked
