import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { Context } from '../context.ts'
import type { CaseRow } from '../tables/case.table.ts'
import { type ProposalRow, proposals } from '../tables/proposal.table.ts'

/**
 * The number of people of a case changed. What awaits an answer is to be read again before it is accepted: nobody takes
 * four people having read three. What was accepted gives places back; it never takes more, since nobody was asked.
 */
export async function followHouseholdSize(tx: Db, context: Context, row: CaseRow): Promise<void> {
  const ofCase = and(eq(proposals.cptsId, row.cptsId), eq(proposals.caseId, row.id))
  await tx
    .update(proposals)
    .set({ version: sql`${proposals.version} + 1`, updatedAt: context.now })
    .where(and(ofCase, inArray(proposals.status, ['queued', 'pending'])))
  await tx
    .update(proposals)
    .set({
      placesTaken: sql`least(${proposals.placesTaken}, ${row.householdSize})`,
      version: sql`${proposals.version} + 1`,
      updatedAt: context.now,
    })
    .where(
      and(
        ofCase,
        eq(proposals.status, 'accepted'),
        isNull(proposals.needId),
        isNotNull(proposals.capacityPeriod),
        sql`${proposals.placesTaken} > ${row.householdSize}`,
      ),
    )
}

/** Who holds the case itself, for all of its people. */
export const acceptedOf = (db: Db, { cptsId, id }: Pick<CaseRow, 'cptsId' | 'id'>): Promise<ProposalRow[]> =>
  db
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, cptsId),
        eq(proposals.caseId, id),
        eq(proposals.status, 'accepted'),
        isNull(proposals.needId),
      ),
    )
