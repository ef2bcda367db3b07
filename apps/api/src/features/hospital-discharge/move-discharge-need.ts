import type { MoveNeed, NeedAction } from '@maillage/contracts/discharge-needs'
import type { CaseId, NeedId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { askerOn } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { judgeMove } from '../../kernel/machine.ts'
import { endLiveProposals, releaseAccepted } from '../../kernel/proposals/proposal.store.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { lockDischarge } from './discharge-checks.ts'
import { dischargeNeedMachine } from './discharge-need.machine.ts'
import { findNeed, type NeedRow, uncovered, updateNeed } from './hospital-discharge.store.ts'
import { settleDischarge } from './settle-discharge.ts'

/** Why an accepted practitioner is let go when somebody moves the need by hand. */
const releaseReason: Record<NeedAction, string> = {
  'mark-not-needed': 'not_needed',
  'mark-unmet': 'unmet',
  'mark-covered-outside': 'covered_outside',
  reopen: 'reopened',
}

/** One transition of a need by hand: whoever was asked or had accepted is let go, and the discharge follows its needs. */
export function moveDischargeNeed(
  deps: Deps,
  actor: Actor,
  where: { id: CaseId; needId: NeedId },
  input: MoveNeed,
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockDischarge(tx, context, { id: where.id, version: input.version }, 'move-need')
    const need = await findNeed(tx, before, where.needId)
    if (!need) throw problem('not-found')
    const asker = await askerOn(tx, actor, before.id)
    const move = judgeMove(dischargeNeedMachine, need.status, input.action, asker)
    await endLiveProposals(tx, context, before, 'withdrawn', { needId: need.id })
    await releaseAccepted(tx, context, before, releaseReason[input.action], { needId: need.id })
    // No line of the need machine leads to a previous or derived status.
    await updateNeed(tx, need, { ...uncovered, ...coverOutside(input), status: move.to as NeedRow['status'] })
    await recordEvent(tx, context, before, {
      type: 'need',
      action: input.action,
      from: need.status,
      to: move.to,
      text: 'note' in input ? input.note : null,
      data: { type: need.type },
    })
    await enqueue(tx, {
      cptsId: before.cptsId,
      topic: 'case-event',
      payload: { caseId: before.id, kind: before.kind, action: input.action },
      now: context.now,
    })
    return settleDischarge(tx, context, before, `hospital-discharge.${input.action}`)
  })
}

/** Somebody outside the directory comes: their name, their phone, and when first. */
const coverOutside = (input: MoveNeed): Partial<NeedRow> =>
  input.action === 'mark-covered-outside'
    ? { coveredByName: input.by, coveredByPhone: input.phone ?? null, firstVisitAt: new Date(input.firstVisitAt) }
    : {}
