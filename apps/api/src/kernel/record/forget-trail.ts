import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { Owner } from '../../platform/jobs/owner.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { settingOf } from '../settings/setting.store.ts'
import { auditEntries, auditSeals } from '../tables/audit.table.ts'
import { digestOf } from './seal-audit.ts'

/** What the job needs: only the owner of the tables may remove a line, and the time. */
export interface ForgetDeps {
  readonly owner: Pick<Owner, 'transaction'>
  readonly now: () => Date
}

/** Every CPTS: each set how long it keeps its trail. */
export async function listCpts(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`select id from cpts order by id`)
  return rows.map(({ id }) => id)
}

/**
 * Removes the lines of a CPTS that are past their keeping time, a whole sealed range at a time and the oldest first. The
 * seal stays, so that the chain is verified as before. A range that no longer matches its seal is evidence: it stays, and all
 * that follows it.
 */
export async function forgetTrail({ owner, now }: ForgetDeps, cptsId: CptsId, pace: Pace = withoutRest): Promise<void> {
  const before = await owner.transaction(async (tx) => {
    const months = await settingOf(tx, cptsId, 'audit-months')
    const { rows } = await tx.execute<{ at: string }>(
      sql`select (${now().toISOString()}::timestamptz - make_interval(months => ${months}))::text as at`,
    )
    return new Date(rows[0]?.at ?? 0)
  })
  await inBatches(pace, () => owner.transaction((tx) => forgetRange(tx, cptsId, before, now())))
}

async function forgetRange(tx: Db, cptsId: CptsId, before: Date, now: Date): Promise<boolean> {
  const [seal] = await tx
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.cptsId, cptsId), isNull(auditSeals.removedAt)))
    .orderBy(asc(auditSeals.toPosition))
    .limit(1)
  // A seal is no older than its lines: what was sealed lately is not looked at.
  if (!seal || seal.sealedAt >= before) return false
  const range = and(eq(auditEntries.cptsId, cptsId), lt(auditEntries.position, seal.toPosition + 1))
  const entries = await tx.select().from(auditEntries).where(range).orderBy(asc(auditEntries.position))
  if (digestOf(seal.previousDigest, entries) !== seal.digest) return false
  await tx.delete(auditEntries).where(range)
  await tx
    .update(auditSeals)
    .set({ removedAt: now })
    .where(and(eq(auditSeals.cptsId, cptsId), eq(auditSeals.id, seal.id)))
  return true
}
