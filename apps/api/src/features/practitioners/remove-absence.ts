import type { SaidFor } from '@maillage/contracts/delegation/on-behalf'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { deleteAbsence } from './absence.store.ts'
import { noteDeclaration } from './noted/noted-declaration.store.ts'
import { declaring, demandOwnEntry } from './own-entry.ts'

/** Takes an absence back; `said` tells who asked a coordinator for it. */
export function removeAbsence(
  deps: Deps,
  actor: Actor,
  practitionerId: PractitionerId,
  id: string,
  said?: SaidFor,
): Promise<void> {
  return act(deps, actor, async (tx, context) => {
    await demandOwnEntry(tx, context.actor, practitionerId)
    const days = await deleteAbsence(tx, actor.cptsId, practitionerId, id)
    if (!days) throw problem('not-found')
    await recordAudit(tx, declaring(actor, practitionerId), {
      action: `practitioner.remove-absence ${practitionerId}`,
      at: context.now,
    })
    await noteDeclaration(tx, context, practitionerId, { what: 'absence-removed', ...days }, said)
  })
}
