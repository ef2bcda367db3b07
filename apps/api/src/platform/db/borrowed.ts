import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { apiRole } from './api-role.ts'
import { EnteringQuery, enterTenant, type Standing } from './entering-query.ts'
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
  set_config('idle_in_transaction_session_timeout', '${statementTimeout}', false), set_config('timezone', 'UTC', false),
  set_config('search_path', 'public, pg_temp', false)`

/**
 * A pooled connection with what we know of its state. The tenant is told only when it changes, and then along with the
 * first statement: that keeps nearly all the speed of a database without row-level security, and makes this file and
 * `EnteringQuery` the one place where a leak could start.
 */
export class Borrowed {
  readonly #settings: SessionSettings
  readonly #followed: Followed
  readonly #standing: Standing = { tenant: undefined }
  #isOpen = false
  #doubtful = false

  constructor(client: pg.PoolClient, settings: SessionSettings) {
    this.#settings = settings
    this.#followed = followQueries(client, this.#standing)
    // The pool listens only while the connection is idle; an unheard `error` event would end the process.
    client.on('error', () => {
      this.#doubtful = true
    })
  }

  /** Asks as this tenant; whatever the connection is asked first tells it so, unless it stands there already. */
  async read<T>(tenant: string, work: (db: Db) => Promise<T>): Promise<T> {
    if (!this.#isOpen) await this.#enter(tenant)
    this.#followed.tenant = tenant
    return await this.#lend(work)
  }

  /** Makes the connection see this tenant only, in a trip of its own. */
  async #enter(tenant: string): Promise<void> {
    this.#followed.tenant = tenant
    if (this.#standing.tenant === tenant) return
    this.#standing.tenant = undefined
    await this.#certainly(async () => {
      if (!this.#isOpen) await this.#ask([openSession, [apiRole, this.#settings.synchronousCommit ? 'on' : 'off']])
      await this.#ask([{ ...enterTenant, values: [tenant] }])
    })
    this.#isOpen = true
    this.#standing.tenant = tenant
  }

  /** Runs the work as this tenant between `begin` and `commit`; any failure undoes all of it. */
  async transaction<T>(tenant: string, work: (tx: Db) => Promise<T>): Promise<T> {
    // Before `begin`: a rollback would undo it.
    await this.#enter(tenant)
    await this.#certainly(() => this.#ask(['begin']))
    let result: T
    try {
      result = await this.#lend(work)
    } catch (error) {
      await this.#rollback()
      throw error
    }
    const { command } = await this.#certainly(() => this.#ask(['commit']))
    // PostgreSQL answers a commit of a failed transaction by rolling back, without an error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: an error inside it was swallowed')
    return result
  }

  /**
   * Gives the work a hand of its own on the connection, which lets go with it: what it forgot to wait for and asks later
   * would be asked as whoever has the connection by then.
   */
  async #lend<T>(work: (db: Db) => Promise<T>): Promise<T> {
    let isOver = false
    const query = (asked: string | object, values?: readonly unknown[]): Promise<pg.QueryResult> =>
      isOver ? Promise.reject(new Error('Asked once its work was over')) : this.#followed.askAsTenant(asked, values)
    // The builder calls nothing else of a connection.
    const db = drizzle({ query } as unknown as pg.PoolClient)
    // A `begin` inside the open transaction would let its `commit` end ours half-way.
    db.transaction = () => Promise.reject(new Error('A store opens no transaction: its caller has opened it'))
    try {
      return await work(db)
    } finally {
      isOver = true
    }
  }

  /** Must the connection be closed rather than lent to another request? Asked once the work is over. */
  isDoubtful(): boolean {
    // A statement still running belongs to work that nobody awaited: what follows it could run as the next tenant.
    return this.#doubtful || this.#standing.tenant === undefined || this.#followed.pending > 0
  }

  /** Past the tenant: what this class itself asks. */
  #ask(asked: readonly unknown[]): Promise<pg.QueryResult> {
    return this.#followed.ask(asked)
  }

  async #rollback(): Promise<void> {
    await this.#certainly(() => this.#ask(['rollback'])).catch(() => undefined)
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

/** What stands between whoever asks and the connection. */
interface Followed {
  /** As whom to ask. */
  tenant: string
  /** Questions not answered yet. */
  pending: number
  /** Asks as it is, whatever the tenant. */
  readonly ask: (asked: readonly unknown[]) => Promise<pg.QueryResult>
  /** Asks as the tenant, whom the question brings along where the connection may not stand there. */
  readonly askAsTenant: (asked: string | object, values?: readonly unknown[]) => Promise<pg.QueryResult>
}

/** Makes each question bring its tenant where the connection may not stand there; names what is asked again. */
function followQueries(client: pg.PoolClient, standing: Standing): Followed {
  const settle = (): void => {
    followed.pending -= 1
  }
  const count = (answer: Promise<pg.QueryResult>): Promise<pg.QueryResult> => {
    followed.pending += 1
    answer.then(settle, settle)
    return answer
  }
  // `query` has a dozen overloads; those that answer by a promise are the ones in use.
  const query = client.query.bind(client) as (...args: readonly unknown[]) => Promise<pg.QueryResult>
  const named = nameRepeated()
  const askAsTenant: Followed['askAsTenant'] = (asked, values) => {
    const { tenant } = followed
    const statement = hasParameters(asked, values) ? named(asked) : asked
    if (standing.tenant === tenant) return count(query(statement, values))
    const config = typeof statement === 'string' ? { text: statement } : statement
    return count(
      new Promise((resolve, reject) => {
        const answered = (error: Error | null, result: pg.QueryResult): void =>
          error ? reject(error) : resolve(result)
        void query(new EnteringQuery({ tenant, standing }, [config, values], answered))
      }),
    )
  }
  const followed: Followed = { tenant: '', pending: 0, ask: (asked) => count(query(...asked)), askAsTenant }
  return followed
}

/** The form in which the query builder asks: a statement, and its parameters beside it. */
const hasParameters = (asked: string | object, values?: readonly unknown[]): asked is { text: string } =>
  values !== undefined && values.length > 0 && typeof asked === 'object' && 'text' in asked
