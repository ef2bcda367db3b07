import type { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'

/** A proposal whose clock ran out; the instant as PostgreSQL writes it, microseconds included. */
export interface Overdue {
  readonly cptsId: CptsId
  readonly id: ProposalId
  readonly expiresAt: string
}

/** How many are read at once. */
export const overdueBatch = 100

/** The proposals of every CPTS that await an answer past their time, behind one: under the owner of the tables. */
export async function listOverdue(tx: Db, now: Date, after: Overdue | undefined): Promise<Overdue[]> {
  const behind = after
    ? sql`(expires_at, cpts_id, id) > (${after.expiresAt}::timestamptz, ${after.cptsId}::uuid, ${after.id}::uuid)`
    : sql`true`
  const { rows } = await tx.execute<{ cpts_id: CptsId; id: ProposalId; expires_at: string }>(sql`
    select cpts_id, id, expires_at::text as expires_at from proposals
    where status = 'pending' and expires_at <= ${now.toISOString()}::timestamptz
      ${after ? sql`and expires_at >= ${after.expiresAt}::timestamptz` : sql``} and ${behind}
    order by expires_at, cpts_id, id limit ${overdueBatch}`)
  return rows.map(({ cpts_id: cptsId, id, expires_at: expiresAt }) => ({ cptsId, id, expiresAt }))
}
