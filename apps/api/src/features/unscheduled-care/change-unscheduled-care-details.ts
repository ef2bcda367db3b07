import type { CaseId } from '@maillage/contracts/kit/ids'
import type { UnscheduledCareDetails } from '@maillage/contracts/unscheduled-care'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { askerOn, lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problem } from '../../platform/problem-error.ts'
import { priorityPatch } from './score-care.ts'
import { getCareRow, updateCare } from './unscheduled-care.store.ts'

/** Replaces the details of a request: whoever asked until it is triaged, a coordinator while it is open. */
export function changeUnscheduledCareDetails(
  deps: Deps,
  actor: Actor,
  input: { id: CaseId; version: number; details: UnscheduledCareDetails },
): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id: input.id, kind: 'unscheduled-care', version: input.version })
    const { parts } = await askerOn(tx, actor, before.id)
    const isAsker = parts.includes('requester') || parts.includes('ward')
    if (actor.role !== 'coordinator' && !isAsker) throw problem('role-may-not')
    const isEditable = actor.role === 'coordinator' ? before.isOpen : before.status === 'submitted'
    if (!isEditable) throw problem('wrong-status')
    await updateCare(tx, before, { details: input.details })
    await recordEvent(tx, context, before, { type: 'details', action: 'change-details' })
    const scored = {
      ...(await getCareRow(tx, before)),
      isTriaged: before.status !== 'submitted',
      clockStartedAt: before.clockStartedAt,
      override: before.priority.override,
    }
    return touchCase(tx, context, before, priorityPatch(context, scored), 'unscheduled-care.change-details')
  })
}
