import type { CaseId, CptsId, RevalidationCampaignId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { clockSearches } from './clock-searches.ts'

const text = `insert into revalidations (cpts_id, id, case_id, campaign_id, status, next_at, started_at, answer_by)
select $1::uuid, g.id, g.case_id, $3::uuid, 'asking', $4::timestamptz, $5::timestamptz, $7::timestamptz
from unnest($2::uuid[], $6::uuid[]) g (id, case_id)
on conflict (cpts_id, case_id) where ended_at is null do nothing returning case_id as id`

/**
 * Begins to ask these searches, in two statements; whoever is being asked already is left alone. Until the asking is over
 * they are not late: what comes next on them is its end. Returns how many began.
 */
export async function insertAskings(
  tx: Db,
  askings: readonly { readonly id: string; readonly caseId: string }[],
  of: {
    cptsId: CptsId
    campaignId: RevalidationCampaignId | null
    startedAt: Date
    nextAt: Date
    answerBy: Date
  },
): Promise<number> {
  if (askings.length === 0) return 0
  const ids = askings.map(({ id }) => id)
  const caseIds = askings.map(({ caseId }) => caseId)
  const at = [of.nextAt.toISOString(), of.startedAt.toISOString()]
  const values = [of.cptsId, ids, of.campaignId, ...at, caseIds, of.answerBy.toISOString()]
  const begun = await queryRows<{ id: CaseId }>(tx, { name: 'insert_revalidations', text, values })
  const code = 'revalidation-asked'
  await clockSearches(
    tx,
    of.cptsId,
    begun.map(({ id }) => ({ id, at: of.answerBy, code })),
  )
  return begun.length
}
