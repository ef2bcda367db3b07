import type { RevalidationId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { RevalidationRow } from './revalidation.table.ts'
import type { Attempt } from './schedule.ts'

/**
 * A call, a message or a letter that somebody noted on the case itself (`e`) while it was being asked (`r`), in vain,
 * and that was not counted yet. What the list of those to call writes there bears its own attempt already.
 */
const uncounted = `e.cpts_id = r.cpts_id and e.case_id = r.case_id and e.at >= r.started_at
  and e.type = 'contact-attempt' and e.action in ('phone', 'sms', 'email', 'letter')
  and e.reason in ('no-answer', 'voicemail', 'wrong-number', 'refused-call')
  and e.data ->> 'with' in ('patient', 'relative') and not e.data ? 'revalidation'
  and not exists (select from revalidation_attempts k where k.cpts_id = r.cpts_id and k.id = e.id)`

/** Was this asking (`r` in the statement) answered to by an attempt noted on the case, which the next step will count? */
export const hasUncounted = `exists (select from case_events e where ${uncounted})`

// The event's own id: whoever runs at the same time counts it once.
const text = `insert into revalidation_attempts (cpts_id, id, revalidation_id, channel, at, by, number)
select r.cpts_id, e.id, r.id, e.action, e.at, e.actor_id, row_number() over (order by e.at, e.id) + (
  select count(*) from revalidation_attempts a where a.cpts_id = $1 and a.revalidation_id = $2)
from revalidations r join case_events e on ${uncounted}
where r.cpts_id = $1 and r.id = $2
on conflict (cpts_id, id) do nothing returning channel`

/** Counts what was tried from the case itself since the asking began, each once; its case is held. */
export async function countCaseAttempts(
  tx: Db,
  { cptsId, id }: Pick<RevalidationRow, 'cptsId'> & { id: RevalidationId },
): Promise<number> {
  const rows = await queryRows<Pick<Attempt, 'channel'>>(tx, {
    name: 'count_case_attempts',
    text,
    values: [cptsId, id],
  })
  return rows.length
}
