import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import { noticeDeliveries, notices } from '../../../kernel/notices/notices.table.ts'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import { patients } from '../../../kernel/tables/patient.table.ts'
import type { Db } from '../../../platform/db/database.ts'

interface Paging {
  readonly limit: number
  readonly before?: string | undefined
}

const undelivered = (cptsId: CptsId) =>
  and(
    eq(noticeDeliveries.cptsId, cptsId),
    inArray(noticeDeliveries.status, ['refused', 'given-up']),
    isNull(noticeDeliveries.handledAt),
  )

/** Deliveries with their kind, the latest first. */
const deliveriesOf = (db: Db) =>
  db
    .select({
      delivery: noticeDeliveries,
      kind: notices.kind,
      account: accounts.displayName,
      firstName: patients.firstName,
      lastName: patients.lastName,
    })
    .from(noticeDeliveries)
    .innerJoin(notices, and(eq(notices.cptsId, noticeDeliveries.cptsId), eq(notices.id, noticeDeliveries.noticeId)))
    .leftJoin(accounts, eq(accounts.id, noticeDeliveries.accountId))
    .leftJoin(patients, and(eq(patients.cptsId, noticeDeliveries.cptsId), eq(patients.id, noticeDeliveries.patientId)))

/** What did not arrive and that nobody dealt with, the latest first. */
export const listUndelivered = async (db: Db, cptsId: CptsId, { limit, before }: Paging) =>
  await deliveriesOf(db)
    .where(and(undelivered(cptsId), before ? lt(noticeDeliveries.id, before) : undefined))
    .orderBy(desc(noticeDeliveries.id))
    .limit(limit)

const most = 100

/** How many did not arrive and wait; counted up to a hundred. */
export async function countUndelivered(db: Db, cptsId: CptsId): Promise<number> {
  const rows = await db
    .select({ id: noticeDeliveries.id })
    .from(noticeDeliveries)
    .where(undelivered(cptsId))
    .limit(most)
  return rows.length
}

/** Everything that was sent or is to be, the latest first. */
export const listSent = async (db: Db, cptsId: CptsId, { limit, before }: Paging) =>
  await deliveriesOf(db)
    .where(and(eq(noticeDeliveries.cptsId, cptsId), before ? lt(noticeDeliveries.id, before) : undefined))
    .orderBy(desc(noticeDeliveries.id))
    .limit(limit)

/** Says that somebody did what had to be done; false when there is nothing to do about it (any more). */
export async function markHandled(
  tx: Db,
  cptsId: CptsId,
  id: string,
  { by, now }: { by: AccountId; now: Date },
): Promise<boolean> {
  const marked = await tx
    .update(noticeDeliveries)
    .set({ handledAt: now, handledBy: by })
    .where(and(undelivered(cptsId), eq(noticeDeliveries.id, id)))
    .returning({ id: noticeDeliveries.id })
  return marked.length > 0
}
