import type { TimelineAddition } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { additionOf } from './addition.ts'

/**
 * Adds a note to the story of a case that the actor sees. The version stays as it is: a note changes no fact, and a
 * colleague who is about to act must not be stopped by it.
 */
export function addNote(deps: Deps, actor: Actor, id: CaseId, text: string): Promise<TimelineAddition> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id })
    const entry = await additionOf(tx, context, row, { type: 'note', action: 'add', text })
    await recordAudit(tx, actor, {
      action: `${row.kind}.add-note`,
      at: context.now,
      caseId: row.id,
      patientId: row.patientId,
    })
    return { ...entry, caseVersion: row.version }
  })
}
