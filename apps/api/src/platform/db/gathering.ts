import type { CptsId } from '@maillage/contracts/kit/ids'
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'

// The same type as the door's own `Db`, which imports this file.
type Db = PgDatabase<NodePgQueryResultHKT>

/** Writes lines of one CPTS, in one statement: nothing opens a transaction around it. */
export type LineWriter<Line> = (db: Db, lines: readonly Line[]) => Promise<void>

/** Lines that leave together; closed when their statement is sent. */
interface Batch<Line> {
  readonly lines: Line[]
  readonly written: Promise<void>
}

/** How a batch reaches the database: `send` is called with a connection that stands in the CPTS. */
type Lend = (cptsId: CptsId, send: (db: Db) => Promise<void>) => Promise<void>

/** Beyond, a new batch: an array of this size still costs less than a millisecond. */
const mostLines = 500

/**
 * Lets requests that write a line of the same sort at the same moment share one statement and one commit, as PostgreSQL
 * does with its journal. One batch of a CPTS is under way at a time; what comes meanwhile makes the next one.
 */
export class Gathering<Line> {
  readonly #lend: Lend
  readonly #write: LineWriter<Line>
  readonly #open = new Map<CptsId, Batch<Line>>()
  readonly #last = new Map<CptsId, Promise<void>>()

  constructor(lend: Lend, write: LineWriter<Line>) {
    this.#lend = lend
    this.#write = write
  }

  /** Resolves once the line is committed; rejects, for every line of the batch, when it is not. */
  add(cptsId: CptsId, line: Line): Promise<void> {
    const known = this.#open.get(cptsId)
    const batch = known && known.lines.length < mostLines ? known : this.#begin(cptsId)
    batch.lines.push(line)
    return batch.written
  }

  #begin(cptsId: CptsId): Batch<Line> {
    const before = this.#last.get(cptsId) ?? Promise.resolve()
    const lines: Line[] = []
    const written = before.then(() =>
      this.#lend(cptsId, (db) => {
        // A connection may have been long in coming: whoever came meanwhile is in the batch.
        if (this.#open.get(cptsId)?.lines === lines) this.#open.delete(cptsId)
        return this.#write(db, lines)
      }),
    )
    const batch = { lines, written }
    this.#open.set(cptsId, batch)
    const settled = written
      .catch(() => undefined)
      .then(() => {
        if (this.#open.get(cptsId) === batch) this.#open.delete(cptsId)
        if (this.#last.get(cptsId) === settled) this.#last.delete(cptsId)
      })
    this.#last.set(cptsId, settled)
    return batch
  }
}
