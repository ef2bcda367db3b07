import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import { memberships } from '../../../kernel/tables/cpts.table.ts'
import { type ProposalRow, proposals } from '../../../kernel/tables/proposal.table.ts'
import type { Db } from '../../../platform/db/database.ts'

type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

const acceptedOf = ({ cptsId, id }: CaseKey) =>
  and(eq(proposals.cptsId, cptsId), eq(proposals.caseId, id), eq(proposals.status, 'accepted'))

/** Who has accepted which need. */
export const acceptedProposals = (
  db: Db,
  key: CaseKey,
): Promise<Pick<ProposalRow, 'needId' | 'practitionerId' | 'firstVisitAt'>[]> =>
  db
    .select({
      needId: proposals.needId,
      practitionerId: proposals.practitionerId,
      firstVisitAt: proposals.firstVisitAt,
    })
    .from(proposals)
    .where(acceptedOf(key))

/** Turns each accepted proposal of the discharge back to a question: does it still hold at the new date? */
export const askReconfirmation = (tx: Db, key: CaseKey, reconfirmBy: Date, now: Date): Promise<ProposalRow[]> =>
  tx
    .update(proposals)
    .set({ reconfirmation: 'pending', reconfirmBy, updatedAt: now, version: sql`${proposals.version} + 1` })
    .where(acceptedOf(key))
    .returning()

/** Those of these practitioners who sign in: the others have to be called. */
export async function withAccount(
  db: Db,
  cptsId: CaseRow['cptsId'],
  ids: readonly PractitionerId[],
): Promise<ReadonlySet<PractitionerId>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ id: memberships.practitionerId })
    .from(memberships)
    .where(
      and(eq(memberships.cptsId, cptsId), inArray(memberships.practitionerId, [...ids]), isNull(memberships.endedAt)),
    )
  return new Set(rows.flatMap(({ id }) => id ?? []))
}
