import type { ReminderKept } from '@maillage/contracts/coordination/reminders'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { touchCase } from '../../kernel/move-case.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import { problem } from '../../platform/problem-error.ts'
import { findReminder, markReminderDone } from './case-file.store.ts'

/** The call was made: the case takes its place in the queue again. Saying it twice changes nothing. */
export function finishReminder(deps: Deps, actor: Actor, id: CaseId, reminderId: string): Promise<ReminderKept> {
  return act(deps, actor, async (tx, context) => {
    const before = await lockCase(tx, actor, { id })
    const reminder = await findReminder(tx, before, reminderId)
    if (!reminder) throw problem('not-found')
    if (reminder.doneAt) return { ...reminder, caseVersion: before.version }
    await markReminderDone(tx, before, reminderId, context.now)
    await recordEvent(tx, context, before, { type: 'reminder', action: 'done', data: { reminderId } })
    const after = await touchCase(tx, context, before, {}, `${before.kind}.finish-reminder`)
    return { ...reminder, doneAt: context.now.toISOString(), caseVersion: after.version }
  })
}
