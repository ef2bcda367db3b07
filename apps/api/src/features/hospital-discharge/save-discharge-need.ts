import type { NewNeed } from '@maillage/contracts/discharge-needs'
import { type CaseId, NeedId, newId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { checkNeeds, lockDischarge } from './discharge-checks.ts'
import { findNeed, insertNeeds, needsOf, rewriteNeed } from './hospital-discharge.store.ts'
import { settleDischarge } from './settle-discharge.ts'

/** As many lines as an opening may hold. */
const mostNeeds = 15

interface Input {
  id: CaseId
  version: number
  need: NewNeed
}

/** Adds a need to a discharge: what was covered may no longer be. */
export function addDischargeNeed(deps: Deps, actor: Actor, input: Input): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockDischarge(tx, context, input, 'save-need')
    await checkNeeds(tx, before.cptsId, [input.need], () => '/need')
    if ((await needsOf(tx, before)).length >= mostNeeds) throw invalidField('/need', 'too-many')
    await insertNeeds(tx, before, [{ ...input.need, id: newId(NeedId) }])
    await recordEvent(tx, context, before, { type: 'need', action: 'add-need', data: { type: input.need.type } })
    return settleDischarge(tx, context, before, 'hospital-discharge.add-need')
  })
}

/**
 * Replaces what a need asks for. Once somebody was asked or has accepted, its type stays: another profession is
 * another need.
 */
export function changeDischargeNeed(deps: Deps, actor: Actor, input: Input & { needId: NeedId }): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockDischarge(tx, context, input, 'save-need')
    const need = await findNeed(tx, before, input.needId)
    if (!need) throw problem('not-found')
    if (need.type !== input.need.type && (need.status === 'proposed' || need.status === 'covered'))
      throw invalidField('/need/type', 'already-proposed')
    await checkNeeds(tx, before.cptsId, [input.need], () => '/need')
    await rewriteNeed(tx, need, input.need)
    await recordEvent(tx, context, before, { type: 'need', action: 'change-need', data: { type: input.need.type } })
    return settleDischarge(tx, context, before, 'hospital-discharge.change-need')
  })
}
