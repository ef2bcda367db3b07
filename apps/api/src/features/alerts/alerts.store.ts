import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { desc, eq } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { unreadAlerts } from './alerts.table.ts'

/** When this CPTS was last told of something; undefined when never. */
export async function lastToldAt(db: Db, cptsId: CptsId): Promise<Date | undefined> {
  const [last] = await db
    .select({ toldAt: unreadAlerts.toldAt })
    .from(unreadAlerts)
    .where(eq(unreadAlerts.cptsId, cptsId))
    .orderBy(desc(unreadAlerts.toldAt))
    .limit(1)
  return last?.toldAt
}

/** Keeps that cases were told, and gives those that were not already: two runners never tell the same. */
export async function keepAlerts(tx: Db, alerts: readonly (typeof unreadAlerts.$inferInsert)[]): Promise<Set<CaseId>> {
  const kept = await tx
    .insert(unreadAlerts)
    .values([...alerts])
    .onConflictDoNothing()
    .returning({ id: unreadAlerts.caseId })
  return new Set(kept.map(({ id }) => id))
}
