import type { HandOver } from '@maillage/contracts/coordination/hand-over'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, desc, eq, gt, inArray, isNotNull, type SQL } from 'drizzle-orm'
import { caseEvents, cases } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** A page that is printed and read aloud: beyond these, nobody reads on. */
const most = 200

const openCasesOf = (cptsId: CptsId, ownerId: AccountId): SQL | undefined =>
  and(eq(cases.cptsId, cptsId), cases.isOpen, eq(cases.ownerId, ownerId))

/** The proposals of somebody's open cases that wait for an answer, those that end first first. */
export async function listLiveProposals(db: Db, cptsId: CptsId, ownerId: AccountId): Promise<HandOver['proposals']> {
  const rows = await db
    .select({
      caseId: cases.id,
      reference: cases.reference,
      id: proposals.id,
      practitioner: {
        id: practitioners.id,
        displayName: practitioners.displayName,
        profession: practitioners.profession,
      },
      sentAt: proposals.sentAt,
      expiresAt: proposals.expiresAt,
    })
    .from(cases)
    .innerJoin(proposals, and(eq(proposals.cptsId, cases.cptsId), eq(proposals.caseId, cases.id)))
    .innerJoin(
      practitioners,
      and(eq(practitioners.cptsId, proposals.cptsId), eq(practitioners.id, proposals.practitionerId)),
    )
    .where(and(openCasesOf(cptsId, ownerId), eq(proposals.status, 'pending')))
    .orderBy(asc(proposals.expiresAt), asc(proposals.id))
    .limit(most)
  return rows.map(({ sentAt, expiresAt, ...row }) => ({
    ...row,
    sentAt: sentAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }))
}

/** What was written on somebody's open cases since a moment, the latest first. */
export async function listNotes(db: Db, cptsId: CptsId, ownerId: AccountId, since: Date): Promise<HandOver['notes']> {
  const rows = await db
    .select({
      caseId: cases.id,
      reference: cases.reference,
      id: caseEvents.id,
      at: caseEvents.at,
      by: accounts.displayName,
      text: caseEvents.text,
    })
    .from(cases)
    .innerJoin(caseEvents, and(eq(caseEvents.cptsId, cases.cptsId), eq(caseEvents.caseId, cases.id)))
    .leftJoin(accounts, eq(accounts.id, caseEvents.actorId))
    .where(
      and(
        openCasesOf(cptsId, ownerId),
        gt(caseEvents.at, since),
        isNotNull(caseEvents.text),
        inArray(caseEvents.type, ['note', 'contact-attempt']),
      ),
    )
    .orderBy(desc(caseEvents.at), desc(caseEvents.id))
    .limit(most)
  return rows.map(({ at, by, text, ...row }) => ({
    ...row,
    at: at.toISOString(),
    by: by ?? 'Maillage',
    text: text ?? '',
  }))
}
