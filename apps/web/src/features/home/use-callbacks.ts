import type { ChangeReminder, ReminderLine } from '@maillage/contracts/coordination/reminders'
import { useHttp } from '../../platform/http.ts'
import { useUndo } from '../../platform/undo.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { homeApi } from './home.api.ts'

export interface Callbacks {
  act: Act
  /** The call was made; undone within ten seconds. */
  finish: (line: ReminderLine) => Promise<boolean>
  change: (line: ReminderLine, to: Partial<ChangeReminder>, done: string) => Promise<boolean>
}

const bodyOf = ({ dueAt, text, assignee, version }: ReminderLine): ChangeReminder => ({
  dueAt,
  text,
  assigneeId: assignee?.id ?? null,
  done: false,
  version,
})

/** What is done to a callback from a list; `onChanged` reads the list anew, after the act and after its undoing. */
export function useCallbacks(onChanged: () => Promise<unknown>): Callbacks {
  const api = homeApi(useHttp())
  const undo = useUndo()
  const act = useAct()

  const change = async (line: ReminderLine, to: Partial<ChangeReminder>, done: string): Promise<boolean> => {
    const before = bodyOf(line)
    const answer = await act.run(() => api.changeCallback(line.id, { ...before, ...to }))
    if (answer) {
      undo.offerUndo({
        text: done,
        undo: async () => {
          await api.changeCallback(line.id, { ...before, version: answer.version })
          await onChanged()
        },
      })
    }
    await onChanged()
    return answer !== undefined
  }
  const finish = (line: ReminderLine): Promise<boolean> => change(line, { done: true }, 'Rappel fait')
  return { act, change, finish }
}
