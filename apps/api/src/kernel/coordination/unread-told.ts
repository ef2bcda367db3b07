import type { AccountId, CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { listUnreadCases } from './unread-cases.ts'

// Administrators are told of all; where a CPTS has none, its coordinators; whoever stands in for somebody, of theirs.
const text = `select a.case_id as id from unread_alerts a join cases c on c.cpts_id = $1 and c.id = a.case_id
where a.cpts_id = $1 and a.mail_id = $2
  and exists (select from memberships m where m.cpts_id = $1 and m.account_id = $3 and m.ended_at is null
    and m.role in ('administrator', 'coordinator'))
  and (exists (select from memberships m where m.cpts_id = $1 and m.account_id = $3 and m.ended_at is null
      and m.role = 'administrator')
    or not exists (select from memberships m where m.cpts_id = $1 and m.ended_at is null and m.role = 'administrator')
    or exists (select from coordinator_absences b where b.cpts_id = $1 and b.account_id = c.owner_id and b.deputy_id = $3))`

/** How many of the cases that were told together to somebody (`mailId`) still stand unread. */
export async function countToldUnread(
  db: Db,
  { cptsId, mailId, accountId }: { cptsId: CptsId; mailId: string; accountId: AccountId },
): Promise<number> {
  const statement = { name: 'unread_told', text, values: [cptsId, mailId, accountId] }
  const told = await queryRows<{ id: CaseId }>(db, statement)
  if (told.length === 0) return 0
  const unread = await listUnreadCases(
    db,
    cptsId,
    told.map(({ id }) => id),
  )
  return unread.length
}
