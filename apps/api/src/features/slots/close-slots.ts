import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { CloseSlots } from '@maillage/contracts/slots/slots'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { actOnSlots } from './own-slots.ts'
import { lockOwnSlots, setClosed } from './slot-closing.store.ts'

/**
 * Closes free slots or opens them again: one, or those of a day that falls out. All of them, or none: a slot that
 * somebody took meanwhile is `slot-taken`, one that changed is `version-stale`.
 */
export function closeSlots(deps: Deps, actor: Actor, practitionerId: PractitionerId, input: CloseSlots): Promise<void> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, practitionerId)
    const ids = input.slots.map(({ id }) => id)
    const found = new Map(
      (await lockOwnSlots(tx, { cptsId: actor.cptsId, practitionerId, ids, now })).map((slot) => [slot.id, slot]),
    )
    for (const { id, version } of input.slots) {
      const slot = found.get(id)
      if (!slot) throw problem('not-found')
      if (slot.version !== version) throw problem('version-stale')
      if (slot.isTaken || (!input.closed && slot.isPast)) throw problem('slot-taken')
    }
    if (!(await setClosed(tx, { cptsId: actor.cptsId, ids }, input.closed ? now : null)))
      throw problem('already-exists')
    const action = input.closed ? 'slot.close' : 'slot.reopen'
    await recordAudit(tx, own, { action: `${action} ${practitionerId}`, at: now, to: String(ids.length) })
  })
}
