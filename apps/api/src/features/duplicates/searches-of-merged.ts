import type { CaseId, PatientId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../kernel/context.ts'
import type { Db } from '../../platform/db/database.ts'

/** What a merge asks of the slice that holds the searches; `app.ts` gives it, since no slice imports another. */
export interface SearchesOfMerged {
  /** The person leaves this search: it closes as a duplicate, or the household goes on without them. */
  leave(tx: Db, context: Context, caseId: CaseId, patientId: PatientId): Promise<{ isClosed: boolean }>
  /** The search waits since this day; answers since when it did. */
  takeSeniority(tx: Db, context: Context, caseId: CaseId, since: Date): Promise<Date>
  /** A search that a merge closed goes on from where it stood; what was offered or taken then was given back since. */
  takeUp(tx: Db, context: Context, caseId: CaseId, status: string): Promise<void>
}
