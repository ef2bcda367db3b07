import type { AccountId, CaseId, CptsId, NeedId, PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import type { ProposalStatus } from '@maillage/contracts/proposals'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { cases } from '../../../kernel/tables/case.table.ts'
import { proposals } from '../../../kernel/tables/proposal.table.ts'
import type { Db } from '../../../platform/db/database.ts'

/** What messages about a proposal are made from. */
export interface ToldProposal {
  readonly status: ProposalStatus
  readonly sentAt: Date | null
  readonly expiresAt: Date | null
  readonly practitionerId: PractitionerId
  readonly caseId: CaseId
  readonly needId: NeedId | null
  readonly ownerId: AccountId | null
  readonly isOpen: boolean
  readonly answeredBy: AccountId | null
}

/** A proposal with whom its case belongs to; undefined when there is none. */
export async function findTold(db: Db, cptsId: CptsId, id: ProposalId): Promise<ToldProposal | undefined> {
  const [found] = await db
    .select({
      status: proposals.status,
      sentAt: proposals.sentAt,
      expiresAt: proposals.expiresAt,
      practitionerId: proposals.practitionerId,
      caseId: proposals.caseId,
      needId: proposals.needId,
      ownerId: cases.ownerId,
      isOpen: cases.isOpen,
      answeredBy: proposals.answeredBy,
    })
    .from(proposals)
    .innerJoin(cases, and(eq(cases.cptsId, proposals.cptsId), eq(cases.id, proposals.caseId)))
    .where(and(eq(proposals.cptsId, cptsId), eq(proposals.id, id)))
  return found
}

/** Does somebody still have to answer for this case, or for this need of it, or has somebody accepted? */
export async function isAwaited(
  db: Db,
  cptsId: CptsId,
  { caseId, needId }: Pick<ToldProposal, 'caseId' | 'needId'>,
): Promise<boolean> {
  const [found] = await db
    .select({ one: sql`1` })
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, cptsId),
        eq(proposals.caseId, caseId),
        needId ? eq(proposals.needId, needId) : isNull(proposals.needId),
        inArray(proposals.status, ['queued', 'pending', 'accepted']),
      ),
    )
    .limit(1)
  return found !== undefined
}
