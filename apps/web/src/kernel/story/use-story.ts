import type { CaseHeader, NewContactAttempt, TimelineEntry } from '@maillage/contracts/cases'
import type { Reminder } from '@maillage/contracts/coordination/reminders'
import type { AccountId } from '@maillage/contracts/kit/ids'
import { useToast } from '@nuxt/ui/composables'
import { type Ref, ref, watch } from 'vue'
import { useHttp } from '../../platform/http.ts'
import { useSession } from '../../platform/session.ts'
import { type Act, useAct } from '../../platform/use-act.ts'
import { type Load, useLoad } from '../../platform/use-load.ts'
import { caseApi } from '../case-api.ts'
import type { OpenCase } from '../use-case.ts'

/** What is being added to the story: a note most often. */
export type Addition = 'note' | 'attempt' | 'reminder'

export interface Story {
  /** Which form is shown; the keys of a case choose it as well as a press. */
  adding: Ref<Addition>
  load: Load<{ entries: TimelineEntry[]; reminders: Reminder[] }>
  act: Act
  /** Callbacks are the coordination's: nobody else reads nor sets them. */
  mayRemind: boolean
  /** « Trois essais sans réponse »: closing is worth considering. */
  failedAttempts: Ref<number>
  addNote: (text: string) => Promise<boolean>
  addAttempt: (attempt: NewContactAttempt) => Promise<boolean>
  addReminder: (dueAt: string, text: string, assigneeId?: AccountId) => Promise<boolean>
  finishReminder: (reminder: Reminder) => Promise<boolean>
}

/** A story is some dozens of lines; more than these pages would be a fault of ours. */
const mostPages = 10

/** The story of a case and what is added to it: newest first on screen, read anew each time the case moves. */
export function useStory<T extends CaseHeader>(open: OpenCase<T>, header: () => T): Story {
  const api = caseApi(useHttp())
  const act = useAct()
  const toast = useToast()
  const failedAttempts = ref(0)
  const adding = ref<Addition>('note')
  const mayRemind = useSession().role === 'coordinator'

  const load = useLoad(
    async (signal) => {
      const entries: TimelineEntry[] = []
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const { items, next } = await api.timeline(header().id, cursor, signal)
        entries.push(...items)
        if (next === null) break
        cursor = next
      }
      const reminders = mayRemind ? (await api.reminders(header().id, signal)).items : []
      return { entries: entries.reverse(), reminders: reminders.filter(({ doneAt }) => doneAt === null) }
    },
    () => header().id,
  )
  watch(
    () => header().version,
    () => void load.reload(),
  )
  /** The case is read anew when its version moved with it; a note leaves it as it was. */
  const add = async <R extends { caseVersion: number }>(done: string, send: (key: string) => Promise<R>) => {
    const answer = await act.run(() => send(crypto.randomUUID()))
    if (!answer) return undefined
    toast.add({ title: done, icon: 'i-lucide-check', color: 'success' })
    await (answer.caseVersion === header().version ? load.reload() : open.load.reload())
    return answer
  }
  const addNote = async (text: string): Promise<boolean> =>
    Boolean(await add('Note ajoutée', (key) => api.addNote(header().id, { text }, key)))
  const addAttempt = async (attempt: NewContactAttempt): Promise<boolean> => {
    const kept = await add('Appel noté', (key) => api.addContactAttempt(header().id, attempt, key))
    failedAttempts.value = kept?.suggestsClosure ? kept.failedAttempts : 0
    return Boolean(kept)
  }
  const addReminder = async (dueAt: string, text: string, assigneeId?: AccountId): Promise<boolean> =>
    Boolean(await add('Rappel posé', (key) => api.addReminder(header().id, { dueAt, text, assigneeId }, key)))
  const finishReminder = async (reminder: Reminder): Promise<boolean> =>
    Boolean(await add('Rappel fait', () => api.finishReminder(header().id, reminder.id)))
  return { adding, load, act, mayRemind, failedAttempts, addNote, addAttempt, addReminder, finishReminder }
}
