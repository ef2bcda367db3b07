import type { NeedId, PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import { type ProposalStatus, proposalStatuses } from '@maillage/contracts/proposals'
import { and, countDistinct, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { practitionersOf } from '../../kernel/delegation/standing-in.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { rowsOf, runNamed, uuids } from '../../platform/db/named-sql.ts'
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

/** Whose proposals these are: a practitioner's own; those of the practitioners for whom a secretary answers. */
const addressees = (actor: Actor): PractitionerId[] => practitionersOf(actor, 'answer-proposals')

/** A practitioner sees what was sent to them, never what waits behind another. */
function answerableBy(actor: Actor) {
  if (actor.role === 'coordinator' || actor.role === 'system') return undefined
  const own = actor.role === 'practitioner' || actor.role === 'secretary' ? addressees(actor) : []
  if (own.length === 0) return sql`false`
  return and(inArray(proposals.practitionerId, own), sql`${proposals.sentAt} is not null`)
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

const { columns, toRow } = rowsOf(proposals)
// Behind every proposal there is.
const fromTheLatest = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const

/** Proposals that the actor may read, newest first: one page and one row more. */
export async function listProposals(
  db: Db,
  actor: Actor,
  query: { status: readonly ProposalStatus[] | undefined; limit: number; after: readonly [string, string] | undefined },
): Promise<ProposalRow[]> {
  const isOwn = actor.role === 'practitioner' || actor.role === 'secretary'
  const own = isOwn ? addressees(actor) : []
  if (isOwn && own.length === 0) return []
  if (!isOwn && actor.role !== 'coordinator') return []
  const [at, id] = query.after ?? fromTheLatest
  const statuses = sql`${sql.param([...new Set(query.status ?? proposalStatuses)])}::text[]`
  const before = sql`(o.created_at, o.id) < (${at}::timestamptz, ${id}::uuid)`
  // Each status has its latest at the head of an index; somebody's own are few.
  const source = isOwn
    ? sql`proposals o where o.cpts_id = ${actor.cptsId} and o.practitioner_id = any(${uuids(own)})
        and o.sent_at is not null and o.status = any(${statuses}) and ${before}`
    : sql`unnest(${statuses}) wanted (status) cross join lateral (
        select * from proposals o where o.cpts_id = ${actor.cptsId} and o.status = wanted.status and ${before}
        order by o.created_at desc, o.id desc limit ${query.limit + 1}) o`
  const rows = await runNamed<Record<string, unknown>>(
    db,
    sql`select ${columns} from (select o.* from ${source}) proposals
      order by proposals.created_at desc, proposals.id desc limit ${query.limit + 1}`,
  )
  return rows.map(toRow)
}
