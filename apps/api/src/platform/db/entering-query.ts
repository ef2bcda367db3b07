import pg from 'pg'

/** Tells a connection its tenant, `''` for none. Session-wide: a rollback of what follows it undoes it all the same. */
export const enterTenant = { name: 'enter_tenant', text: `select set_config('app.cpts_id', $1, false)` }

/** Where a connection stands, as far as its answers told. */
export interface Standing {
  /** `undefined`: not known, so nothing may be asked without telling the tenant first. */
  tenant: string | undefined
}

/** What the driver's own query does besides what its typings tell: it hears each message of the answer. */
interface DriverQuery extends pg.Submittable {
  readonly name?: string
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: unknown): void
  handleReadyForQuery(connection: unknown): void
}
// The typings leave the hearing out.
const DriverQuery = pg.Query as unknown as new (
  asked: object,
  values: unknown,
  callback: (error: Error | null, result: pg.QueryResult) => void,
) => DriverQuery

/** The two messages that tell the tenant, as the driver writes them. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void; destroy(error: Error): void }
  bind(message: { statement: string; values: string[] }): void
  execute(message: object): void
}

/**
 * A statement that takes its tenant along: `set_config` and the statement leave in one write and under one `Sync`, so that
 * a question of another tenant is one trip. PostgreSQL skips the statement when `set_config` fails, and undoes
 * `set_config` when the statement fails: until an answer is whole, the standing is unknown, and whatever comes next
 * brings its tenant itself. `enter_tenant` must be prepared on the connection already.
 */
export class EnteringQuery extends DriverQuery {
  readonly #tenant: string
  readonly #standing: Standing
  #isEntering = false

  constructor(
    of: { tenant: string; standing: Standing },
    [asked, values]: readonly [asked: object, values: unknown],
    callback: (error: Error | null, result: pg.QueryResult) => void,
  ) {
    // A simple query could not share a `Sync`: its error would leave the connection waiting for one.
    super({ ...asked, queryMode: 'extended' }, values, callback)
    this.#tenant = of.tenant
    this.#standing = of.standing
    this.submit = this.#submitAfter(this.submit.bind(this))
  }

  /** Called when the connection is free: what came before is answered, and the standing tells of it. */
  #submitAfter(submit: pg.Submittable['submit']): pg.Submittable['submit'] {
    return (connection) => {
      if (this.#standing.tenant === this.#tenant) return submit(connection)
      this.#standing.tenant = undefined
      this.#isEntering = true
      // Same reason as above.
      const wire = connection as unknown as Wire
      wire.stream.cork()
      try {
        wire.bind({ statement: enterTenant.name, values: [this.#tenant] })
        wire.execute({})
        const refusal: unknown = submit(connection)
        // Refused before it was sent: nothing would ever close what was begun.
        if (refusal instanceof Error) wire.stream.destroy(refusal)
        // The typings promise nothing where the driver may give back a refusal.
        return refusal as undefined
      } finally {
        wire.stream.uncork()
      }
    }
  }

  override handleDataRow(message: unknown): void {
    if (!this.#isEntering) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: unknown): void {
    if (this.#isEntering) this.#isEntering = false
    else super.handleCommandComplete(message, connection)
  }

  /** Comes after an answer without an error only: both are committed, or part of the open transaction. */
  override handleReadyForQuery(connection: unknown): void {
    this.#standing.tenant = this.#tenant
    super.handleReadyForQuery(connection)
  }
}
