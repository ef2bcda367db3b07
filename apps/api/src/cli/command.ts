import type { Config } from '../platform/config.ts'
import type { Database, Db } from '../platform/db/database.ts'

/** What a command works with; the database is there, up to date. */
export interface CommandContext {
  readonly config: Config
  /** Names of the migrations that ran just now. */
  readonly migrations: readonly string[]
  readonly now: () => Date
  /** As the API sees it: one CPTS at a time. */
  readonly db: Database
  /** One transaction that sees every CPTS, under the owner of the tables. */
  asOwner<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /** Prints one line in French. */
  say(line: string): void
}

/** One of the operator's commands: a file of this folder. */
export interface Command {
  readonly name: string
  /** One line in French, for the list of commands. */
  readonly summary: string
  /** Throws a `StartRefusal` for what its user can mend. */
  run(context: CommandContext, args: readonly string[]): Promise<void>
}
