import { type AccountId, type CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import type { NoticeTarget } from '@maillage/contracts/notifications/notices'
import { and, desc, eq, isNull, lt, lte } from 'drizzle-orm'
import { noticeDeliveries, notices } from '../../../kernel/notices/notices.table.ts'
import type { Db } from '../../../platform/db/database.ts'

type Reader = { readonly cptsId: CptsId; readonly accountId: AccountId }

const inside = ({ cptsId, accountId }: Reader) =>
  and(
    eq(noticeDeliveries.cptsId, cptsId),
    eq(noticeDeliveries.accountId, accountId),
    eq(noticeDeliveries.channel, 'in-app'),
    eq(noticeDeliveries.status, 'sent'),
  )

/** What was told to somebody inside Maillage, the latest first, from a message on. */
export async function listInside(
  db: Db,
  reader: Reader,
  { limit, before }: { limit: number; before?: string | undefined },
) {
  return await db
    .select({ delivery: noticeDeliveries, notice: notices })
    .from(noticeDeliveries)
    .innerJoin(notices, and(eq(notices.cptsId, noticeDeliveries.cptsId), eq(notices.id, noticeDeliveries.noticeId)))
    .where(and(inside(reader), before ? lt(noticeDeliveries.id, before) : undefined))
    .orderBy(desc(noticeDeliveries.id))
    .limit(limit)
}

const most = 100

/** How many were not looked at; counted up to a hundred, which is all that a screen shows. */
export async function countUnread(db: Db, reader: Reader): Promise<number> {
  const rows = await db
    .select({ id: noticeDeliveries.id })
    .from(noticeDeliveries)
    .where(and(inside(reader), isNull(noticeDeliveries.readAt)))
    .limit(most)
  return rows.length
}

/** Everything up to a message was looked at. */
export async function markRead(tx: Db, reader: Reader, until: string, now: Date): Promise<void> {
  await tx
    .update(noticeDeliveries)
    .set({ readAt: now })
    .where(and(inside(reader), lte(noticeDeliveries.id, until), isNull(noticeDeliveries.readAt)))
}

/** Where a notice leads, for somebody who is already inside. */
export function targetOf(link: (typeof notices.$inferSelect)['link']): NoticeTarget | null {
  if (!link) return null
  if ('path' in link) return { to: 'page', id: null, path: link.path }
  if (link.purpose === 'proposal-open') return { to: 'proposal', id: ProposalId.parse(link.subjectId), path: null }
  // By mail the link confirms without signing in; whoever is inside reads their own card.
  return link.purpose === 'directory-confirm' ? { to: 'page', id: null, path: '/ma-fiche' } : null
}
