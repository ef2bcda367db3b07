import type { NeedId, PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import type { ProposalStatus } from '@maillage/contracts/proposals'
import { and, countDistinct, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { hasAccount } from '../../kernel/proposals/proposal-view.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'

/** A proposal that the actor may answer or read: their own, or any for a coordinator and the system; else 404. */
export async function getProposal(db: Db, actor: Actor, id: ProposalId): Promise<ProposalRow> {
  const [row] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.cptsId, actor.cptsId), eq(proposals.id, id), answerableBy(actor)))
  if (!row) throw problem('not-found')
  return row
}

/**
 * A proposal that the actor may answer with its case, both taken for this transaction, the case first, always: acts on one
 * case happen one after the other and never deadlock. One statement, which reads both anew when it had to wait.
 */
export async function lockProposal(
  tx: Db,
  actor: Actor,
  id: ProposalId,
): Promise<{ row: CaseRow; proposal: ProposalRow }> {
  const [taken] = await tx
    .select({ row: cases, proposal: proposals })
    .from(cases)
    .innerJoin(proposals, and(eq(proposals.cptsId, cases.cptsId), eq(proposals.caseId, cases.id)))
    .where(
      and(
        eq(cases.cptsId, actor.cptsId),
        eq(proposals.cptsId, actor.cptsId),
        eq(proposals.id, id),
        answerableBy(actor),
      ),
    )
    .for('update', { of: [cases, proposals] })
  if (!taken) throw problem('not-found')
  return taken
}

/** A practitioner sees what was sent to them, never what waits behind another. */
function answerableBy(actor: Actor) {
  if (actor.role === 'coordinator' || actor.role === 'system') return undefined
  if (actor.role !== 'practitioner' || !actor.practitionerId) return sql`false`
  return and(eq(proposals.practitionerId, actor.practitionerId), sql`${proposals.sentAt} is not null`)
}

/** Live rounds of the case, or of one need of it. */
export async function countLiveRounds(tx: Db, row: CaseRow, needId: NeedId | null): Promise<number> {
  const [found] = await tx
    .select({ rounds: countDistinct(proposals.roundId) })
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, row.cptsId),
        eq(proposals.caseId, row.id),
        inArray(proposals.status, ['queued', 'pending']),
        needId ? eq(proposals.needId, needId) : undefined,
      ),
    )
  return found?.rounds ?? 0
}

/** The directory entry of a proposal, and whether somebody signs in for it. */
export async function practitionerOf(
  db: Db,
  proposal: Pick<ProposalRow, 'cptsId' | 'practitionerId'>,
): Promise<{ id: PractitionerId; displayName: string; profession: string; hasAccount: boolean }> {
  const [found] = await db
    .select({
      id: practitioners.id,
      displayName: practitioners.displayName,
      profession: practitioners.profession,
      hasAccount: hasAccount(db).mapWith(Boolean),
    })
    .from(practitioners)
    .where(and(eq(practitioners.cptsId, proposal.cptsId), eq(practitioners.id, proposal.practitionerId)))
  if (!found) throw new Error('A proposal names a practitioner who does not exist')
  return found
}

/** Proposals that the actor may read, newest first: one page and one row more. */
export const listProposals = (
  db: Db,
  actor: Actor,
  query: { status: readonly ProposalStatus[] | undefined; limit: number; after: readonly [string, string] | undefined },
): Promise<ProposalRow[]> =>
  db
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, actor.cptsId),
        answerableBy(actor),
        query.status ? inArray(proposals.status, [...query.status]) : undefined,
        query.after
          ? sql`(${proposals.createdAt}, ${proposals.id}) < (${query.after[0]}::timestamptz, ${query.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(proposals.createdAt), desc(proposals.id))
    .limit(query.limit + 1)
