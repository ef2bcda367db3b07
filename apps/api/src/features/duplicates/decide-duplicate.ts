import type { DuplicatePair } from '@maillage/contracts/coordination/duplicates'
import { DuplicateId, newId, type PatientId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { likenessOf } from '../../kernel/patients/likeness.ts'
import { recordAudits } from '../../kernel/record/audit.ts'
import { duplicatePairs } from '../../kernel/tables/patient-likeness.table.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { decidePair, describePair, lockPair } from './duplicates.store.ts'
import { readRecords } from './find-duplicates.store.ts'
import { inOrder } from './find-duplicates.ts'

/** « Ce sont deux personnes »: the pair leaves the list, and the search does not bring it back. */
export const keepApart = (deps: Deps, actor: Actor, id: DuplicateId, version: number): Promise<DuplicatePair> =>
  decide(deps, actor, { id, version, from: 'suspected', to: 'apart' })

/** The pair is looked at again after all. */
export const reconsider = (deps: Deps, actor: Actor, id: DuplicateId, version: number): Promise<DuplicatePair> =>
  decide(deps, actor, { id, version, from: 'apart', to: 'suspected' })

interface Decision {
  id: DuplicateId
  version: number
  from: 'suspected' | 'apart'
  to: 'suspected' | 'apart'
}

function decide(deps: Deps, actor: Actor, { id, version, from, to }: Decision): Promise<DuplicatePair> {
  return act(deps, actor, async (tx, context) => {
    const pair = await lockPair(tx, context, id, version)
    if (pair.status === 'merged') throw problem('record-merged')
    if (pair.status !== from) throw problem('version-stale')
    await decidePair(tx, context, pair, to)
    const action = to === 'apart' ? 'duplicate.keep-apart' : 'duplicate.reconsider'
    await recordAudits(
      tx,
      actor,
      [pair.oneId, pair.otherId].map((patientId) => ({ action, at: context.now, patientId })),
    )
    return describePair(tx, actor.cptsId, id)
  })
}

/** A pair that a coordinator found themselves, whatever its score; the one that is there already, where there is one. */
export function compareByHand(
  deps: Deps,
  actor: Actor,
  [one, other]: readonly [PatientId, PatientId],
): Promise<DuplicatePair> {
  if (one === other) throw invalidField('/patientIds/1', 'repeated')
  return act(deps, actor, async (tx, context) => {
    const { cptsId } = actor
    const rows = await readRecords(tx, cptsId, [one, other])
    const [mine, theirs] = [rows.get(one), rows.get(other)]
    if (!mine || !theirs) throw problem('not-found')
    if (mine.mergedIntoId || theirs.mergedIntoId) throw problem('record-merged')
    const [oneId, otherId] = inOrder(one, other)
    await tx
      .insert(duplicatePairs)
      .values({
        cptsId,
        id: newId(DuplicateId),
        oneId,
        otherId,
        status: 'suspected',
        ...likenessOf(mine, theirs),
        foundAt: context.now,
      })
      .onConflictDoNothing()
    const [pair] = await tx
      .select()
      .from(duplicatePairs)
      .where(
        and(eq(duplicatePairs.cptsId, cptsId), eq(duplicatePairs.oneId, oneId), eq(duplicatePairs.otherId, otherId)),
      )
    if (!pair) throw new Error('A pair that was just written is gone')
    const said = [one, other].map((patientId) => ({ action: 'duplicate.compare', at: context.now, patientId }))
    await recordAudits(tx, actor, said)
    return describePair(tx, cptsId, pair.id)
  })
}
