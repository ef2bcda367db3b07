import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { NoticeTarget, ReceivedNotice, UnreadNotices } from '@maillage/contracts/notifications/notices'
import type { Role } from '@maillage/contracts/roles'
import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Deps } from '../../../kernel/context.ts'
import { findLink } from '../../../kernel/links/links.ts'
import { noticeKindOf } from '../../../kernel/notices/notice-kinds.ts'
import { cpts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts'
import { problem } from '../../../platform/problem-error.ts'
import { countUndelivered } from '../desk/desk.store.ts'
import { wordingsOf } from '../templates/template.store.ts'
import { calledCpts, fillIn } from '../words/placeholders.ts'
import { countUnread, listInside, targetOf } from './inbox.store.ts'

const Keys = z.tuple([z.uuid()])

/** A page of what somebody was told, under the words that are in force. */
export async function readInbox(
  db: Db,
  reader: { cptsId: CptsId; accountId: AccountId },
  { limit, cursor }: PageQuery,
): Promise<{ items: ReceivedNotice[]; next: string | null }> {
  const [before] = decodeCursor(cursor, Keys) ?? []
  const rows = await listInside(db, reader, { limit: limit + 1, before })
  const [{ name = '' } = {}] = await db.select({ name: cpts.name }).from(cpts).where(eq(cpts.id, reader.cptsId))
  const wordings = await wordingsOf(
    db,
    reader.cptsId,
    rows.map(({ notice }) => notice.kind),
  )
  return toPage(
    rows,
    limit,
    ({ delivery }) => [delivery.id],
    ({ delivery, notice }): ReceivedNotice => {
      const kind = noticeKindOf(notice.kind)
      const words = wordings.get(notice.kind)?.words ?? kind?.words
      return {
        id: delivery.id,
        at: delivery.createdAt.toISOString(),
        group: kind?.group ?? 'account',
        subject: fillIn(words?.subject ?? 'Message', { ...notice.values, cpts: calledCpts(name) }),
        isRead: delivery.readAt !== null,
        target: targetOf(notice.link),
      }
    },
  )
}

/** What waits for somebody's eyes: their own messages and, for whoever coordinates, those that did not arrive. */
export async function countWaiting(
  db: Db,
  reader: { cptsId: CptsId; accountId: AccountId; role: Role },
): Promise<UnreadNotices> {
  const undelivered = reader.role === 'coordinator' ? await countUndelivered(db, reader.cptsId) : 0
  return { unread: await countUnread(db, reader), undelivered }
}

/** What the link of a message opens, to whoever signed in; the proposal itself is then read under their own rights. */
export async function openProposalLink(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  actor: { cptsId: CptsId },
  token: string,
): Promise<NoticeTarget> {
  const found = await findLink(db, token, 'proposal-open', now())
  if (found?.cptsId !== actor.cptsId) throw problem('not-found')
  return { to: 'proposal', id: found.subjectId, path: null }
}
