import type { gpSearchClosingReasons } from '@maillage/contracts/gp-search'
import type { Context, Deps } from '../../kernel/context.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** The searches as those who ask reach them; the slice that keeps them hands this over. */
export interface AskedSearches {
  /** Null takes a confirmation back. */
  confirm(tx: Db, context: Context, row: CaseRow, confirmedAt: Date | null): Promise<CaseRow>
  close(tx: Db, context: Context, row: CaseRow, reason: (typeof gpSearchClosingReasons)[number]): Promise<CaseRow>
  /** The person of the file ends their search; the others of their household go on. */
  leave(tx: Db, context: Context, row: CaseRow, reason: (typeof gpSearchClosingReasons)[number]): Promise<CaseRow>
  reopen(tx: Db, context: Context, row: CaseRow): Promise<CaseRow>
}

/** What the acts of this slice need. */
export interface RevalidationDeps extends Deps {
  readonly searches: AskedSearches
}
