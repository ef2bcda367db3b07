import pg from 'pg'

/** A statement as it left for PostgreSQL. */
export interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Notes what the process sends to PostgreSQL while some work runs; everything passes through unchanged. */
export interface Recorder {
  during<T>(work: () => Promise<T>): Promise<{ result: T; sent: Sent[] }>
  stop(): void
}

// Of a connection's own state: no plan.
const ofTheConnection = /^(begin|commit|rollback|select set_config|select pg_)/i

/** Starts noting; to be called before the pool opens its connections. */
export function recordStatements(): Recorder {
  const own = pg.Client.prototype.query
  let noted: Sent[] | null = null
  // `query` has a dozen overloads; whatever it is given and gives back passes through unchanged.
  const original = own as (this: pg.Client, ...args: unknown[]) => unknown
  pg.Client.prototype.query = function query(this: pg.Client, ...args: unknown[]) {
    const sent = statementIn(args)
    if (noted && sent && !ofTheConnection.test(sent.text)) noted.push(sent)
    return original.apply(this, args)
    // Same reason as above.
  } as typeof own
  return {
    async during(work) {
      const sent: Sent[] = []
      noted = sent
      try {
        return { result: await work(), sent }
      } finally {
        noted = null
      }
    },
    stop() {
      pg.Client.prototype.query = own
    },
  }
}

function statementIn([asked, values]: unknown[]): Sent | null {
  if (typeof asked === 'string') return { text: asked.trim(), values: Array.isArray(values) ? values : [] }
  if (typeof asked !== 'object' || asked === null || !('text' in asked) || typeof asked.text !== 'string') return null
  const own = 'values' in asked && Array.isArray(asked.values) ? asked.values : values
  return { text: asked.text.trim(), values: Array.isArray(own) ? own : [] }
}
