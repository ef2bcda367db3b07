import type { GpSearchDetails, SplitHousehold } from '@maillage/contracts/gp-search'
import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../../kernel/context.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { updateSearch } from '../gp-search.store.ts'
import { moveGpSearchIn } from '../move-gp-search.ts'
import { updateMember } from './household.store.ts'
import { searchersOf } from './leave-household.ts'
import { splitHouseholdIn } from './split-household.ts'

/** What somebody does to their own search and to nobody else's. */
type OwnMove = NonNullable<SplitHousehold['next']>

/**
 * Moves the search of one person. Where a household searches together they leave it first: the others go on, under the
 * name of the oldest of them when it was opened under theirs. Gives the search of the one who moved.
 */
export async function moveAlone(
  tx: Db,
  context: Context,
  row: CaseRow,
  patientId: PatientId,
  next: OwnMove,
): Promise<CaseRow> {
  const { id, version } = row
  if (row.householdSize < 2) return moveGpSearchIn(tx, context, id, { ...next, scope: 'household', version })
  const { searches } = await splitHouseholdIn(tx, context, id, {
    patientIds: [patientId],
    together: false,
    next,
    version,
  })
  const [own] = searches
  if (!own) throw new Error('Somebody left a household for no search')
  return own
}

/** What concerns this person in the search, whether it is opened under their name or not. */
export async function ownDetailsOf(db: Db, row: CaseRow, patientId: PatientId): Promise<GpSearchDetails> {
  const people = await searchersOf(db, row)
  return (people.find((one) => one.patientId === patientId) ?? people[0]).details
}

/** Replaces what concerns this person in the search. */
export async function changeOwnDetails(
  tx: Db,
  row: CaseRow,
  patientId: PatientId,
  details: GpSearchDetails,
): Promise<void> {
  if (row.patientId === patientId) await updateSearch(tx, row, { details })
  else await updateMember(tx, row, patientId, { details })
}
