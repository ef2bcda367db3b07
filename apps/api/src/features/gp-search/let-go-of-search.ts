import type { CasePatch } from '../../kernel/case.store.ts'
import type { Context } from '../../kernel/context.ts'
import { endLiveProposals, releaseAccepted } from '../../kernel/proposals/proposal.store.ts'
import { tellLetGo } from '../../kernel/proposals/tell-let-go.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { updateSearch } from './gp-search.store.ts'

/**
 * Every live proposal is withdrawn and a match undone: places go back in the same transaction, whoever was asked or had
 * accepted reads the person no more, and is told that nothing is asked of them.
 */
export async function letGoOfSearch(tx: Db, context: Context, row: CaseRow, reason: string): Promise<CasePatch> {
  const withdrawn = await endLiveProposals(tx, context, row, 'withdrawn')
  const released = await releaseAccepted(tx, context, row, reason)
  if (released.length > 0) await updateSearch(tx, row, { toldAt: null, visitAt: null })
  await tellLetGo(tx, context, { withdrawn, released })
  return { liveProposals: 0 }
}
