import type { NoticeKind } from '../../../kernel/notices/notice-kinds.ts'
import type { notices } from '../../../kernel/notices/notices.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

type NoticeRow = typeof notices.$inferSelect

/** Told only while the proposal that they are about awaits its answer. */
const ofPending: readonly NoticeKind[] = [
  'proposal-received',
  'proposal-received-urgent',
  'proposal-reminder',
  'proposal-reminder-urgent',
]
/** Told only while the practitioner has not said again that they come. */
const ofReconfirmation: readonly NoticeKind[] = ['date-moved']

/** Told only to whoever holds what they accepted. */
const ofAccepted: readonly NoticeKind[] = ['call-sheet']

const text = `select status, reconfirmation from proposals where cpts_id = $1 and id = $2`

/** Is there still a reason to tell this? Looked at when it is shared out, and again when it leaves. */
export async function isStillWanted(db: Db, { cptsId, kind, about, cancelledAt }: NoticeRow): Promise<boolean> {
  if (cancelledAt) return false
  const isOneOf = (kinds: readonly string[]): boolean => kinds.includes(kind)
  if (!about || ![ofPending, ofReconfirmation, ofAccepted].some(isOneOf)) return true
  const statement = { name: 'notice_proposal', text, values: [cptsId, about] }
  const [proposal] = await queryRows<{ status: string; reconfirmation: string }>(db, statement)
  if (isOneOf(ofAccepted)) return proposal?.status === 'accepted'
  if (isOneOf(ofPending)) return proposal?.status === 'pending'
  return proposal?.status === 'accepted' && proposal.reconfirmation === 'pending'
}
