import type { NeedId, PractitionerId, TeamId } from '@maillage/contracts/kit/ids'
import { and, count, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { Context } from '../context.ts'
import { recordEvent } from '../record/timeline.ts'
import { type CaseRow, caseParticipants, reminders } from '../tables/case.table.ts'
import { intakeCapacities } from '../tables/practitioner.table.ts'
import { type ProposalRow, proposals } from '../tables/proposal.table.ts'

const live = ['queued', 'pending'] as const

const ofCase = (row: Pick<CaseRow, 'cptsId' | 'id'>): SQL | undefined =>
  and(eq(proposals.cptsId, row.cptsId), eq(proposals.caseId, row.id))

/** How many proposals of the case still await an answer (those queued behind another are not counted). */
export async function countPending(db: Db, row: Pick<CaseRow, 'cptsId' | 'id'>): Promise<number> {
  const [found] = await db
    .select({ pending: count() })
    .from(proposals)
    .where(and(ofCase(row), eq(proposals.status, 'pending')))
  return found?.pending ?? 0
}

/** Of one need; of the case itself when null; of all when left out. */
function ofNeed(needId: NeedId | null | undefined): SQL | undefined {
  if (needId === undefined) return undefined
  return needId === null ? isNull(proposals.needId) : eq(proposals.needId, needId)
}

/**
 * Ends every live proposal of a case (of one need when named) but one. Returns the ended ones, for the story.
 * `superseded` when another was accepted, `withdrawn` when the case no longer asks.
 */
export async function endLiveProposals(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  as: 'withdrawn' | 'superseded',
  only: { needId?: NeedId | null; except?: string } = {},
): Promise<ProposalRow[]> {
  const ended = await tx
    .update(proposals)
    .set({ status: as, answeredAt: context.now, updatedAt: context.now, version: sql`${proposals.version} + 1` })
    .where(
      and(
        ofCase(row),
        inArray(proposals.status, [...live]),
        ofNeed(only.needId),
        only.except ? sql`${proposals.id} <> ${only.except}` : undefined,
      ),
    )
    .returning()
  await forgetCallbacks(tx, context, row, ended)
  for (const proposal of ended) {
    await recordEvent(tx, context, row, { type: 'proposal', action: as, practitionerId: proposal.practitionerId })
  }
  return ended
}

/** Nobody has to be called for an answer that is no longer awaited. */
async function forgetCallbacks(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  ended: readonly ProposalRow[],
): Promise<void> {
  const ids = ended.map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .update(reminders)
    .set({ doneAt: context.now, version: sql`${reminders.version} + 1` })
    .where(
      and(
        eq(reminders.cptsId, row.cptsId),
        eq(reminders.caseId, row.id),
        isNull(reminders.doneAt),
        inArray(reminders.proposalId, ids),
      ),
    )
}

/** Gives back what accepted proposals of the case took: the rows are released, the participation ends. */
export async function releaseAccepted(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  reason: string,
  only: { needId?: NeedId } = {},
): Promise<ProposalRow[]> {
  const released = await tx
    .update(proposals)
    .set({ status: 'released', reason, updatedAt: context.now, version: sql`${proposals.version} + 1` })
    .where(
      and(ofCase(row), eq(proposals.status, 'accepted'), only.needId ? eq(proposals.needId, only.needId) : undefined),
    )
    .returning()
  for (const proposal of released) {
    await endPart(tx, context, row, proposal.practitionerId)
    await recordEvent(tx, context, row, {
      type: 'proposal',
      action: 'released',
      reason,
      practitionerId: proposal.practitionerId,
    })
  }
  return released
}

/** Somebody accepted, or is the médecin traitant who is told: they now take part, and read who the patient is. */
export async function beginPart(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  practitionerId: PractitionerId,
  part: 'accepted' | 'gp' = 'accepted',
): Promise<void> {
  await tx.insert(caseParticipants).values({
    cptsId: row.cptsId,
    id: crypto.randomUUID(),
    caseId: row.id,
    part,
    practitionerId,
    since: context.now,
  })
}

/** The practitioner no longer takes part, unless they hold another accepted proposal of the same case. */
export async function endPart(
  tx: Db,
  context: Context,
  row: Pick<CaseRow, 'cptsId' | 'id'>,
  practitionerId: PractitionerId,
): Promise<void> {
  const [other] = await tx
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(ofCase(row), eq(proposals.practitionerId, practitionerId), eq(proposals.status, 'accepted')))
    .limit(1)
  if (other) return
  await tx
    .update(caseParticipants)
    .set({ until: context.now })
    .where(
      and(
        eq(caseParticipants.cptsId, row.cptsId),
        eq(caseParticipants.caseId, row.id),
        eq(caseParticipants.practitionerId, practitionerId),
        eq(caseParticipants.part, 'accepted'),
        isNull(caseParticipants.until),
      ),
    )
}

export type CapacityRow = typeof intakeCapacities.$inferSelect

/** The practitioner's capacity, locked: acceptances and declarations of one practitioner happen one after the other. */
export async function lockCapacity(
  tx: Db,
  row: Pick<CaseRow, 'cptsId'>,
  practitionerId: PractitionerId,
): Promise<(CapacityRow & { teamId: TeamId | null }) | undefined> {
  const [found] = await tx
    .select({
      capacity: intakeCapacities,
      teamId: sql<TeamId | null>`(select p.team_id from practitioners p
        where p.cpts_id = ${intakeCapacities.cptsId} and p.id = ${intakeCapacities.practitionerId})`,
    })
    .from(intakeCapacities)
    .where(and(eq(intakeCapacities.cptsId, row.cptsId), eq(intakeCapacities.practitionerId, practitionerId)))
    .for('update')
  return found && { ...found.capacity, teamId: found.teamId }
}

/** Places still free in the capacity's present period; null when none was declared. Derived, never written. */
export async function remainingPlaces(db: Db, capacity: CapacityRow): Promise<number | null> {
  if (capacity.places === null) return null
  const [taken] = await db
    .select({ places: sql<number>`coalesce(sum(${proposals.placesTaken}), 0)::int` })
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, capacity.cptsId),
        eq(proposals.practitionerId, capacity.practitionerId),
        eq(proposals.status, 'accepted'),
        eq(proposals.capacityPeriod, capacity.period),
      ),
    )
  return capacity.places - (taken?.places ?? 0)
}

/** Are there others of the same round still waiting behind? */
export const nextQueued = async (tx: Db, proposal: ProposalRow): Promise<ProposalRow | undefined> => {
  const [next] = await tx
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.cptsId, proposal.cptsId),
        eq(proposals.roundId, proposal.roundId),
        eq(proposals.status, 'queued'),
        ne(proposals.id, proposal.id),
      ),
    )
    .orderBy(proposals.rank)
    .limit(1)
  return next
}
