import type { ChangeReminder, ReminderChanged } from '@maillage/contracts/coordination/reminders'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { coordinatorName } from '../../kernel/coordination/coordinators.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { findCaseOf, getReminder, type ReminderRow, updateReminder } from './reminders.store.ts'

/** Postpones a callback, gives it to a colleague, ends it or takes it up again; the case takes its new place in the queue. */
export function changeReminder(
  deps: Deps,
  actor: Actor,
  id: string,
  { version, ...wanted }: ChangeReminder,
): Promise<ReminderChanged> {
  return act(deps, actor, async (tx, context) => {
    const caseId = await findCaseOf(tx, actor, id)
    if (!caseId) throw problem('not-found')
    const row = await lockCase(tx, actor, { id: caseId })
    const before = await getReminder(tx, actor, id)
    if (!before) throw problem('not-found')
    if (before.version !== version) throw problem('version-stale')
    if (!row.isOpen) throw problem('wrong-status')
    const dueAt = new Date(wanted.dueAt)
    // An earlier moment may be given back (undo), yet nobody is called before the callback was set.
    if (dueAt < before.createdAt && dueAt.getTime() !== before.dueAt.getTime()) throw invalidField('/dueAt', 'past')
    const assignee = wanted.assigneeId && (await coordinatorName(tx, actor, wanted.assigneeId))
    // Who held it already may have left since: it is kept, never given anew.
    if (wanted.assigneeId && !assignee && wanted.assigneeId !== before.assigneeId)
      throw invalidField('/assigneeId', 'unknown')
    const doneAt = wanted.done ? (before.doneAt ?? context.now) : null
    const patch = { dueAt, text: wanted.text, assigneeId: wanted.assigneeId, doneAt }
    const after = await updateReminder(tx, before, patch)
    if (!after) throw problem('version-stale')
    const action = changeOf(before, after)
    const data = { reminderId: id, dueAt: wanted.dueAt, from: before.assigneeId, to: after.assigneeId }
    await recordEvent(tx, context, row, { type: 'reminder', action, data })
    const touched = await touchCase(tx, context, row, {}, `${row.kind}.${action}-reminder`)
    return {
      id,
      dueAt: after.dueAt.toISOString(),
      text: after.text,
      assignee: after.assigneeId && assignee ? { id: after.assigneeId, displayName: assignee } : null,
      doneAt: after.doneAt?.toISOString() ?? null,
      version: after.version,
      caseVersion: touched.version,
    }
  })
}

type Change = 'done' | 'reopen' | 'assign' | 'postpone' | 'change'

function changeOf(before: ReminderRow, after: ReminderRow): Change {
  if (Boolean(before.doneAt) !== Boolean(after.doneAt)) return after.doneAt ? 'done' : 'reopen'
  if (before.assigneeId !== after.assigneeId) return 'assign'
  return before.dueAt.getTime() === after.dueAt.getTime() ? 'change' : 'postpone'
}
