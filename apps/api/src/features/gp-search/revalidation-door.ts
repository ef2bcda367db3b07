import type { gpSearchClosingReasons } from '@maillage/contracts/gp-search'
import type { Context } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { updateSearch } from './gp-search.store.ts'
import { moveAlone } from './household/own-part.ts'
import { moveGpSearchIn } from './move-gp-search.ts'

/** The patient still searches: the ninety days run anew from that moment; null takes it back. */
async function confirmSearch(tx: Db, context: Context, row: CaseRow, confirmedAt: Date | null): Promise<CaseRow> {
  await updateSearch(tx, row, { confirmedAt })
  return touchCase(tx, context, row, {}, confirmedAt ? 'gp-search.still-searching' : 'gp-search.confirmation-undone')
}

/** Closes a search that is not looked for any more, a household's as a whole. */
const closeSearch = (
  tx: Db,
  context: Context,
  row: CaseRow,
  reason: (typeof gpSearchClosingReasons)[number],
): Promise<CaseRow> =>
  moveGpSearchIn(tx, context, row.id, { action: 'close', reason, scope: 'household', version: row.version })

/** The person of the file is no longer looked for; the others of the household go on. */
const leaveSearch = (
  tx: Db,
  context: Context,
  row: CaseRow,
  reason: (typeof gpSearchClosingReasons)[number],
): Promise<CaseRow> => moveAlone(tx, context, row, row.patientId, { action: 'close', reason })

const reopenSearch = (tx: Db, context: Context, row: CaseRow): Promise<CaseRow> =>
  moveGpSearchIn(tx, context, row.id, { action: 'reopen', reason: 'closed_by_mistake', version: row.version })

/** What asking those who wait does to their searches: handed over by the app to the slice that asks. */
export const revalidationDoor = { confirm: confirmSearch, close: closeSearch, leave: leaveSearch, reopen: reopenSearch }
