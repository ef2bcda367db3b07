import type { MergeRecords, PatientMerge } from '@maillage/contracts/coordination/duplicates'
import type { CaseId, DuplicateId, PatientId } from '@maillage/contracts/kit/ids'
import { newId, PatientMergeId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { lockPatients } from '../../kernel/patients/lock-patients.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { type IdentityDeps, openNumber, readIdentity } from '../../kernel/patients/patient-identity.store.ts'
import { traitsKey } from '../../kernel/patients/patient-traits.ts'
import { recordAudits } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { type MovedByMerge, patientMerges } from '../../kernel/tables/patient-likeness.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { decidePair, lockPair, openSearchesOf, type PairRow } from './duplicates.store.ts'
import { inOrder } from './find-duplicates.ts'
import {
  dropTwice,
  lockCasesOf,
  moveCases,
  moveMembers,
  moveToCommune,
  recountHouseholds,
  writeRecord,
} from './merge.store.ts'
import { chosenFields, patchOf } from './merged-fields.ts'
import { describeMerge } from './merges.store.ts'
import type { SearchesOfMerged } from './searches-of-merged.ts'

export interface MergeDeps extends Deps, Pick<IdentityDeps, 'fieldCipher'> {
  /** What the searches of a person who had two of them become: given by the slice that they belong to. */
  readonly searches: SearchesOfMerged
}

/** Two records to be one, as they stand under lock. */
interface Merging {
  pair: PairRow
  kept: PatientRow
  other: PatientRow
}

/**
 * Makes one record of two: the kept one takes the fields chosen, and every case, note, contact, consent and word by
 * which somebody is found follows it. Nothing is deleted, so that it can be undone; the trail stays as it was written.
 */
export function mergeRecords(
  deps: MergeDeps,
  actor: Actor,
  id: DuplicateId,
  input: MergeRecords,
): Promise<PatientMerge> {
  return act(deps, actor, async (tx, context) => {
    const merging = await takeBoth(tx, context, id, input)
    const { kept, other, pair } = merging
    await demandOneNumber(tx, deps, merging)
    await lockCasesOf(tx, kept.cptsId, [kept.id, other.id])
    const searches = await chooseSearch(deps, tx, context, merging, input.keptSearchId)
    const fields = chosenFields(kept, other, input)
    const after = await joinRecords(tx, context, merging, patchOf(fields))
    const moved = { ...searches, ...(await moveAll(tx, context, merging, after)) }
    const mergeId = newId(PatientMergeId)
    await tx.insert(patientMerges).values({
      cptsId: kept.cptsId,
      id: mergeId,
      keptId: kept.id,
      mergedId: other.id,
      pairId: pair.id,
      fields,
      moved,
      mergedAt: context.now,
      mergedBy: actor.accountId,
    })
    await decidePair(tx, context, pair, 'merged')
    await tell(tx, context, merging, 'merge', moved.cases)
    return describeMerge(tx, kept.cptsId, mergeId, context.now)
  })
}

async function takeBoth(tx: Db, context: Context, id: DuplicateId, input: MergeRecords): Promise<Merging> {
  const pair = await lockPair(tx, context, id, input.version)
  if (input.keptId !== pair.oneId && input.keptId !== pair.otherId) throw invalidField('/keptId', 'not-in-pair')
  const otherId = input.keptId === pair.oneId ? pair.otherId : pair.oneId
  const records = await lockPatients(tx, pair.cptsId, inOrder(input.keptId, otherId))
  const [kept, other] = [records.get(input.keptId), records.get(otherId)]
  if (!kept || !other) throw new Error('A pair names a record that does not exist')
  if (pair.status === 'merged' || kept.mergedIntoId || other.mergedIntoId) throw problem('record-merged')
  if (kept.version !== input.seen[0] || other.version !== input.seen[1]) throw problem('version-stale')
  return { pair, kept, other }
}

/** Two qualified numbers are two people, however alike they are. What one of them bears alone, the kept one shows. */
async function demandOneNumber(tx: Db, { fieldCipher }: MergeDeps, { kept, other }: Merging): Promise<void> {
  const [one, two] = [await identityOf(tx, kept), await identityOf(tx, other)]
  const [mine, theirs] = [await openNumber(tx, fieldCipher, one), await openNumber(tx, fieldCipher, two)]
  if (mine !== null && theirs !== null && mine !== theirs) throw problem('numbers-differ')
}

const identityOf = (tx: Db, { cptsId, id }: PatientRow) => readIdentity(tx, { cptsId, patientId: id })

/** One person has one search: the coordinator says which goes on, and it takes the seniority of the oldest. */
async function chooseSearch(
  deps: MergeDeps,
  tx: Db,
  context: Context,
  { kept, other }: Merging,
  chosen: CaseId | undefined,
): Promise<Pick<MovedByMerge, 'left' | 'seniority'>> {
  const open = await openSearchesOf(tx, kept.cptsId, [kept.id, other.id])
  const ids = [...new Set(open.map(({ id }) => id))]
  if (ids.length < 2) return { left: [], seniority: null }
  if (!chosen) throw problem('two-open-searches', { allowed: open.map(({ reference }) => reference) })
  if (!ids.includes(chosen)) throw invalidField('/keptSearchId', 'unknown')
  const left: MovedByMerge['left'] = []
  for (const { id: caseId, patientId, status } of open) {
    if (caseId === chosen || left.some((one) => one.caseId === caseId)) continue
    const { isClosed } = await deps.searches.leave(tx, context, caseId, patientId)
    left.push({ caseId, patientId, status, isClosed })
  }
  const [oldest] = open
  if (!oldest || oldest.id === chosen) return { left, seniority: null }
  const after = oldest.registeredAt
  const before = await deps.searches.takeSeniority(tx, context, chosen, new Date(after))
  return { left, seniority: { caseId: chosen, before: before.toISOString(), after } }
}

/** The kept record with what was chosen, the other one leading to it. */
async function joinRecords(
  tx: Db,
  { now }: Context,
  { kept, other }: Merging,
  patch: Partial<PatientRow>,
): Promise<PatientRow> {
  await writeRecord(tx, other, { mergedIntoId: kept.id, householdId: null }, now)
  const householdId = kept.householdId ?? other.householdId
  return writeRecord(tx, kept, { ...patch, householdId, traits: traitsKey({ ...kept, ...patch }) }, now)
}

async function moveAll(
  tx: Db,
  { now }: Context,
  { kept, other }: Merging,
  after: PatientRow,
): Promise<Pick<MovedByMerge, 'cases' | 'members' | 'dropped' | 'households'>> {
  const { cptsId } = kept
  const dropped = await dropTwice(tx, cptsId, { kept: kept.id, merged: other.id })
  const moved = await moveCases(tx, { cptsId, from: other.id, to: after, now })
  const members = await moveMembers(tx, { cptsId, from: other.id, to: kept.id }, null)
  await recountHouseholds(
    tx,
    cptsId,
    dropped.map(({ caseId }) => caseId),
    now,
  )
  await moveToCommune(tx, after, now)
  return { cases: moved, members, dropped, households: [kept.householdId, other.householdId] }
}

/** In the trail of both records and of each case, and in the story that coordinators read: nobody outside is told. */
export async function tell(
  tx: Db,
  context: Context,
  { kept, other }: { kept: Pick<PatientRow, 'id' | 'cptsId'>; other: { id: PatientId } },
  what: 'merge' | 'undo-merge',
  moved: readonly CaseId[],
): Promise<void> {
  const at = context.now
  const action = `duplicate.${what}`
  await recordAudits(tx, context.actor, [
    { action, at, patientId: kept.id },
    { action, at, patientId: other.id },
    ...moved.map((caseId) => ({ action, at, caseId, patientId: other.id })),
  ])
  for (const id of moved) await recordEvent(tx, context, { cptsId: kept.cptsId, id }, { type: 'details', action: what })
}
