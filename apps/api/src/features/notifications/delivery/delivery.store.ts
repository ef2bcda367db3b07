import type { CptsId } from '@maillage/contracts/kit/ids'
import type { DeliveryChannel } from '@maillage/contracts/notifications/notices'
import { and, asc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { noticeDeliveries, notices } from '../../../kernel/notices/notices.table.ts'
import type { Db } from '../../../platform/db/database.ts'

export type NoticeRow = typeof notices.$inferSelect
export type DeliveryRow = typeof noticeDeliveries.$inferSelect

/** A delivery with what it tells. */
export interface Due {
  readonly delivery: DeliveryRow
  readonly notice: NoticeRow
}

/** Takes a notice to share it out; undefined when that was done already. Two jobs: one takes it. */
export async function takeNotice(tx: Db, cptsId: CptsId, id: string, now: Date): Promise<NoticeRow | undefined> {
  const [taken] = await tx
    .update(notices)
    .set({ spreadAt: now })
    .where(and(eq(notices.cptsId, cptsId), eq(notices.id, id), isNull(notices.spreadAt)))
    .returning()
  return taken
}

/** Writes what is to be delivered; nothing for nobody. */
export async function insertDeliveries(tx: Db, made: readonly (typeof noticeDeliveries.$inferInsert)[]): Promise<void> {
  if (made.length > 0) await tx.insert(noticeDeliveries).values([...made])
}

/**
 * What is due by now, the longest due first, whatever the CPTS: under the owner. Channels that were found closed a moment
 * ago are left out.
 */
export async function listDue(
  tx: Db,
  now: Date,
  closed: readonly DeliveryChannel[],
  limit: number,
): Promise<(Pick<DeliveryRow, 'cptsId' | 'id' | 'channel' | 'address'> & { kind: string })[]> {
  return await tx
    .select({
      cptsId: noticeDeliveries.cptsId,
      id: noticeDeliveries.id,
      channel: noticeDeliveries.channel,
      address: noticeDeliveries.address,
      kind: notices.kind,
    })
    .from(noticeDeliveries)
    .innerJoin(notices, and(eq(notices.cptsId, noticeDeliveries.cptsId), eq(notices.id, noticeDeliveries.noticeId)))
    .where(
      and(
        eq(noticeDeliveries.status, 'waiting'),
        sql`${noticeDeliveries.dueAt} <= ${now.toISOString()}::timestamptz`,
        closed.length > 0 ? notInArray(noticeDeliveries.channel, [...closed]) : undefined,
      ),
    )
    .orderBy(asc(noticeDeliveries.dueAt), asc(noticeDeliveries.id))
    .limit(limit)
}

/** Those of these deliveries that still wait, with what they tell, in the order in which they were made. */
export async function readWaiting(db: Db, cptsId: CptsId, ids: readonly string[]): Promise<Due[]> {
  return await db
    .select({ delivery: noticeDeliveries, notice: notices })
    .from(noticeDeliveries)
    .innerJoin(notices, and(eq(notices.cptsId, noticeDeliveries.cptsId), eq(notices.id, noticeDeliveries.noticeId)))
    .where(
      and(
        eq(noticeDeliveries.cptsId, cptsId),
        inArray(noticeDeliveries.id, [...ids]),
        eq(noticeDeliveries.status, 'waiting'),
      ),
    )
    .orderBy(asc(noticeDeliveries.id))
}

/** Writes what became of deliveries that were tried together. */
export async function settle(
  tx: Db,
  cptsId: CptsId,
  ids: readonly string[],
  outcome: Partial<Pick<DeliveryRow, 'status' | 'dueAt' | 'failure' | 'sentAt'>> & { wasTried: boolean },
): Promise<void> {
  if (ids.length === 0) return
  const { wasTried, ...columns } = outcome
  const attempts = wasTried ? { attempts: sql`${noticeDeliveries.attempts} + 1` } : {}
  await tx
    .update(noticeDeliveries)
    .set({ ...columns, ...attempts })
    .where(and(eq(noticeDeliveries.cptsId, cptsId), inArray(noticeDeliveries.id, [...ids])))
}
