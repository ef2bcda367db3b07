import type { NewReminder, ReminderKept } from '@maillage/contracts/coordination/reminders'
import { type CaseId, newRowId } from '@maillage/contracts/kit/ids'
import type { z } from 'zod'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { findReminder, insertReminder, isCoordinator } from './case-file.store.ts'

/** Sets a callback (« rappeler demain 14 h »): it enters the queue when it comes before the deadline. */
export function addReminder(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  { dueAt, text, assigneeId }: z.output<typeof NewReminder>,
): Promise<ReminderKept> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id })
    // A closed case stands in no queue: nobody would be reminded.
    if (!before.isOpen) throw problem('wrong-status')
    if (new Date(dueAt) < context.now) throw invalidField('/dueAt', 'past')
    if (assigneeId && !(await isCoordinator(tx, before.cptsId, assigneeId)))
      throw invalidField('/assigneeId', 'unknown')
    const key = { cptsId: before.cptsId, caseId: before.id, id: newRowId() }
    await insertReminder(tx, { ...key, dueAt: new Date(dueAt), text, assigneeId, createdAt: context.now })
    await recordEvent(tx, context, before, { type: 'reminder', action: 'add', data: { reminderId: key.id, dueAt } })
    const after = await touchCase(tx, context, before, {}, `${before.kind}.add-reminder`)
    const reminder = await findReminder(tx, before, key.id)
    if (!reminder) throw new Error('A callback just written cannot be read')
    return { ...reminder, caseVersion: after.version }
  })
}
