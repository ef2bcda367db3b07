import type { Proposal } from '@maillage/contracts/proposals'
import { and, asc, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { CaseRow } from '../tables/case.table.ts'
import { memberships } from '../tables/cpts.table.ts'
import { practitioners } from '../tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../tables/proposal.table.ts'

type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

/** Does somebody sign in for this directory entry? Else they are reached by phone, when one is known. */
export const hasAccount = (db: Db) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(memberships)
      .where(
        and(
          eq(memberships.cptsId, practitioners.cptsId),
          eq(memberships.practitionerId, practitioners.id),
          isNull(memberships.endedAt),
        ),
      ),
  )

/** How a practitioner is reached: by their account, by phone, or not at all. */
export function reachableBy(person: {
  hasAccount: unknown
  practicePhone: string | null
}): 'account' | 'phone' | 'none' {
  if (person.hasAccount === true) return 'account'
  return person.practicePhone ? 'phone' : 'none'
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

function toProposal(row: ProposalRow, practitioner: Proposal['practitioner']): Proposal {
  return {
    id: row.id,
    caseId: row.caseId,
    needId: row.needId,
    practitioner,
    mode: row.mode,
    rank: row.rank,
    status: row.status,
    sentAt: instant(row.sentAt),
    expiresAt: instant(row.expiresAt),
    answeredAt: instant(row.answeredAt),
    reason: row.reason,
    reasonText: row.reasonText,
    spokenTo: row.onBehalf?.spokenTo ?? null,
    firstVisitAt: instant(row.firstVisitAt),
    appointmentAt: instant(row.appointmentAt),
    reconfirmation: row.reconfirmation,
    previewNote: row.previewNote,
    version: row.version,
  }
}

/** The proposals of a case as the coordinator reads them, newest round first, each round in its order. */
export async function describeProposals(db: Db, row: CaseKey): Promise<Proposal[]> {
  const found = await db
    .select({
      proposal: proposals,
      id: practitioners.id,
      displayName: practitioners.displayName,
      profession: practitioners.profession,
      practicePhone: practitioners.practicePhone,
      hasAccount: hasAccount(db).mapWith(Boolean),
    })
    .from(proposals)
    .innerJoin(
      practitioners,
      and(eq(practitioners.cptsId, proposals.cptsId), eq(practitioners.id, proposals.practitionerId)),
    )
    .where(and(eq(proposals.cptsId, row.cptsId), eq(proposals.caseId, row.id)))
    .orderBy(sql`${proposals.createdAt} desc`, asc(proposals.rank), asc(proposals.id))
  return found.map(({ proposal, id, displayName, profession, practicePhone, hasAccount: signsIn }) =>
    toProposal(proposal, {
      id,
      displayName,
      profession,
      practicePhone,
      reachableBy: reachableBy({ hasAccount: signsIn, practicePhone }),
    }),
  )
}

/** Who accepted the case itself, when somebody did. */
export async function matchOf(db: Db, row: CaseKey): Promise<{ id: string; displayName: string } | null> {
  const [match] = await db
    .select({ id: practitioners.id, displayName: practitioners.displayName })
    .from(proposals)
    .innerJoin(
      practitioners,
      and(eq(practitioners.cptsId, proposals.cptsId), eq(practitioners.id, proposals.practitionerId)),
    )
    .where(
      and(
        eq(proposals.cptsId, row.cptsId),
        eq(proposals.caseId, row.id),
        eq(proposals.status, 'accepted'),
        isNull(proposals.needId),
      ),
    )
  return match ?? null
}
