import { countToldUnread } from '../../../kernel/coordination/unread-told.ts'
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

/** Told only while one of those cases stands unread. */
const ofUnread: NoticeKind = 'unread-cases'

const text = `select status, reconfirmation from proposals where cpts_id = $1 and id = $2`

/**
 * A notice as it is told now; undefined once there is no reason to tell it any more. Looked at when it is shared out, and
 * again when it leaves: urgent cases that were opened in between are no longer counted.
 */
export async function asToldNow(db: Db, notice: NoticeRow): Promise<NoticeRow | undefined> {
  const { cptsId, kind, about, accountId, cancelledAt } = notice
  if (cancelledAt) return undefined
  if (kind === ofUnread && about && accountId) {
    const nombre = await countToldUnread(db, { cptsId, mailId: about, accountId })
    return nombre === 0 ? undefined : { ...notice, values: { ...notice.values, nombre } }
  }
  return about && !(await isProposalAsTold(db, notice, about)) ? undefined : notice
}

async function isProposalAsTold(db: Db, { cptsId, kind }: NoticeRow, about: string): Promise<boolean> {
  const isOneOf = (kinds: readonly string[]): boolean => kinds.includes(kind)
  if (![ofPending, ofReconfirmation, ofAccepted].some(isOneOf)) return true
  const statement = { name: 'notice_proposal', text, values: [cptsId, about] }
  const [proposal] = await queryRows<{ status: string; reconfirmation: string }>(db, statement)
  if (isOneOf(ofAccepted)) return proposal?.status === 'accepted'
  if (isOneOf(ofPending)) return proposal?.status === 'pending'
  return proposal?.status === 'accepted' && proposal.reconfirmation === 'pending'
}
