import type { PatientMerge } from '@maillage/contracts/coordination/duplicates'
import type { PatientMergeId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/context.ts'
import { lockPatients } from '../../kernel/patients/lock-patients.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { traitsKey } from '../../kernel/patients/patient-traits.ts'
import { duplicatePairs, patientMerges } from '../../kernel/tables/patient-likeness.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { decidePair } from './duplicates.store.ts'
import { inOrder } from './find-duplicates.ts'
import {
  lockCasesOf,
  moveCases,
  moveMembers,
  moveToCommune,
  putMembersBack,
  recountHouseholds,
  writeRecord,
} from './merge.store.ts'
import { type MergeDeps, tell } from './merge-records.ts'
import { fieldsToPutBack } from './merged-fields.ts'
import { describeMerge, undoUntil } from './merges.store.ts'

type MergeRow = typeof patientMerges.$inferSelect

/**
 * Parts two records that were merged within the last thirty days. Each gets back its cases and what it said, but for
 * the fields that somebody corrected since; what was opened or written after the merge stays with the kept record.
 */
export function undoMerge(deps: MergeDeps, actor: Actor, id: PatientMergeId): Promise<PatientMerge> {
  return act(deps, actor, async (tx, context) => {
    const merge = await lockMerge(tx, context, id)
    const { cptsId, keptId, mergedId, moved } = merge
    const records = await lockPatients(tx, cptsId, inOrder(keptId, mergedId))
    const [kept, other] = [records.get(keptId), records.get(mergedId)]
    if (!kept || !other) throw new Error('A merge names a record that does not exist')
    // Merged in its turn: that merge is undone first.
    if (kept.mergedIntoId || other.mergedIntoId !== keptId) throw problem('merge-not-undoable')
    await lockCasesOf(tx, cptsId, [keptId])
    const parted = await partRecords(tx, context, merge, { kept, other })
    const back = await moveCases(tx, { cptsId, from: keptId, to: parted.other, now: context.now }, moved.cases)
    await moveMembers(tx, { cptsId, from: keptId, to: mergedId }, moved.members)
    const put = await putMembersBack(tx, cptsId, moved.dropped)
    await recountHouseholds(tx, cptsId, put, context.now)
    await moveToCommune(tx, parted.kept, context.now)
    await takeUpSearches(deps, tx, context, merge)
    await markUndone(tx, context, merge)
    await tell(tx, context, { kept, other }, 'undo-merge', back)
    return describeMerge(tx, cptsId, id, context.now)
  })
}

async function lockMerge(tx: Db, { actor, now }: Context, id: PatientMergeId): Promise<MergeRow> {
  const [merge] = await tx
    .select()
    .from(patientMerges)
    .where(and(eq(patientMerges.cptsId, actor.cptsId), eq(patientMerges.id, id)))
    .for('update')
  if (!merge) throw problem('not-found')
  if (merge.undoneAt || undoUntil(merge.mergedAt) <= now) throw problem('merge-not-undoable')
  return merge
}

async function partRecords(
  tx: Db,
  { now }: Context,
  { fields, moved }: MergeRow,
  { kept, other }: { kept: PatientRow; other: PatientRow },
): Promise<{ kept: PatientRow; other: PatientRow }> {
  const [keptHousehold, otherHousehold] = moved.households
  const parted = await writeRecord(tx, other, { mergedIntoId: null, householdId: otherHousehold }, now)
  const back: Partial<PatientRow> = fieldsToPutBack(kept, fields)
  // A household that was joined since is kept; the one that came with the other record leaves with it.
  const cameAlong = keptHousehold === null && otherHousehold !== null && kept.householdId === otherHousehold
  const householdId = cameAlong ? null : kept.householdId
  const patch = { ...back, householdId, traits: traitsKey({ ...kept, ...back }) }
  return { kept: await writeRecord(tx, kept, patch, now), other: parted }
}

async function takeUpSearches(deps: MergeDeps, tx: Db, context: Context, { moved }: MergeRow): Promise<void> {
  for (const { caseId, status, isClosed } of moved.left)
    if (isClosed) await deps.searches.takeUp(tx, context, caseId, status)
  if (moved.seniority) {
    const { caseId, before } = moved.seniority
    await deps.searches.takeSeniority(tx, context, caseId, new Date(before))
  }
}

async function markUndone(tx: Db, context: Context, { cptsId, id, pairId }: MergeRow): Promise<void> {
  await tx
    .update(patientMerges)
    .set({ undoneAt: context.now, undoneBy: context.actor.accountId })
    .where(and(eq(patientMerges.cptsId, cptsId), eq(patientMerges.id, id)))
  const [pair] = await tx
    .select()
    .from(duplicatePairs)
    .where(and(eq(duplicatePairs.cptsId, cptsId), eq(duplicatePairs.id, pairId)))
  if (pair) await decidePair(tx, context, pair, 'suspected')
}
