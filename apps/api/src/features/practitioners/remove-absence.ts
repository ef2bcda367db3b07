import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { deleteAbsence } from './absence.store.ts'
import { declaring, demandOwnEntry } from './own-entry.ts'

/** Takes an absence back. */
export function removeAbsence(deps: Deps, actor: Actor, practitionerId: PractitionerId, id: string): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    await demandOwnEntry(tx, actor, practitionerId)
    if (!(await deleteAbsence(tx, actor.cptsId, practitionerId, id))) throw problem('not-found')
    await recordAudit(tx, declaring(actor, practitionerId), {
      action: `practitioner.remove-absence ${practitionerId}`,
      at: now,
    })
  })
}
