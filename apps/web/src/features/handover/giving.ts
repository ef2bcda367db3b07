import type { ChangeReminder, ReminderLine } from '@maillage/contracts/coordination/reminders'
import type { AccountId, CaseId } from '@maillage/contracts/kit/ids'
import type { HandOverApi } from './handover.api.ts'

export interface CaseToGive {
  id: CaseId
  reference: string
  version: number
  ownerId: AccountId | null
}

/** Something to pass on, one step each; every step is a traced act of its own. */
interface Step {
  /** What is said of it when it fails. */
  name: string
  /** Does it, and gives how to put it back. */
  run: () => Promise<() => Promise<void>>
}

export interface Given {
  cases: number
  callbacks: number
  /** What stayed where it was, with why, in words. */
  refused: { name: string; error: unknown }[]
  undo: () => Promise<void>
}

const callbackBody = ({ dueAt, text, version }: ReminderLine, assigneeId: AccountId | null): ChangeReminder => ({
  dueAt,
  text,
  assigneeId,
  done: false,
  version,
})

/**
 * Passes cases and callbacks on, one after the other: a colleague who changed one meanwhile stops that one only.
 * `onStep` hears how many are done.
 */
export async function giveAll(
  api: Pick<HandOverApi, 'give' | 'changeCallback'>,
  what: { cases: readonly CaseToGive[]; callbacks: readonly ReminderLine[] },
  to: AccountId,
  onStep: (done: number) => void,
): Promise<Given> {
  const given = { cases: 0, callbacks: 0 }
  const refused: Given['refused'] = []
  const back: (() => Promise<void>)[] = []
  // A callback moves its case's version on: callbacks go first, and the case follows with the version they gave.
  const versions = new Map<CaseId, number>(what.cases.map(({ id, version }) => [id, version]))
  const callbackSteps = what.callbacks.map((line): Step & { counts: 'callbacks' } => ({
    counts: 'callbacks',
    name: line.text,
    run: async () => {
      const answer = await api.changeCallback(line.id, callbackBody(line, to))
      if (versions.get(line.case.id) === line.case.version) versions.set(line.case.id, answer.caseVersion)
      return async () => {
        const before = callbackBody(line, line.assignee?.id ?? null)
        await api.changeCallback(line.id, { ...before, version: answer.version })
      }
    },
  }))
  const caseSteps = what.cases.map(({ id, reference, ownerId, version }): Step & { counts: 'cases' } => ({
    counts: 'cases',
    name: reference,
    run: async () => {
      const after = await api.give(id, { ownerId: to, version: versions.get(id) ?? version })
      return async () => {
        await api.give(id, { ownerId, version: after.version })
      }
    },
  }))
  for (const [index, step] of [...callbackSteps, ...caseSteps].entries()) {
    try {
      back.unshift(await step.run())
      given[step.counts] += 1
    } catch (error) {
      refused.push({ name: step.name, error })
    }
    onStep(index + 1)
  }
  const undo = async (): Promise<void> => {
    for (const putBack of back) await putBack()
  }
  return { ...given, refused, undo }
}
