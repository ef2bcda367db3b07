import type { CaseId, SlotId } from '@maillage/contracts/kit/ids'
import type { FreeSlots } from '@maillage/contracts/slots/care-slots'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { lockCase } from '../../../kernel/case.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { settingOf } from '../../../kernel/settings/setting.store.ts'
import { giveBack, takePlace } from '../../../kernel/slots/slot.store.ts'
import { problem } from '../../../platform/problem-error.ts'
import { describeFreeSlots, mayTakePlace } from './find-free-slots.ts'

/**
 * Keeps a slot aside for as long as the CPTS set, while the patient is phoned. The request keeps one at a time: another lets
 * the first go. Nothing need end it: past its hour it counts no more.
 */
export function holdSlot(deps: Deps, actor: Actor, id: CaseId, slotId: SlotId): Promise<FreeSlots> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id, kind: 'unscheduled-care' })
    if (!mayTakePlace(row)) throw problem('wrong-status', { allowed: [] })
    const { now } = context
    const minutes = await settingOf(tx, actor.cptsId, 'slot-hold-minutes')
    await takePlace(tx, context, row, slotId, new Date(now.getTime() + minutes * 60_000))
    await recordAudit(tx, actor, { action: 'slot.hold', at: now, caseId: row.id, patientId: row.patientId })
    return describeFreeSlots(tx, actor, row, now)
  })
}

/** Lets go what was kept aside: the patient cannot come at that hour. */
export function letSlotGo(deps: Deps, actor: Actor, id: CaseId): Promise<FreeSlots> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await lockCase(tx, actor, { id, kind: 'unscheduled-care' })
    if (!mayTakePlace(row)) throw problem('wrong-status', { allowed: [] })
    await giveBack(tx, row, now)
    await recordAudit(tx, actor, { action: 'slot.let-go', at: now, caseId: row.id, patientId: row.patientId })
    return describeFreeSlots(tx, actor, row, now)
  })
}
