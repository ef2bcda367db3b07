import { Draft, type draftForms } from '@maillage/contracts/drafts'
import { onScopeDispose, type Ref, readonly, ref, watch } from 'vue'
import * as z from 'zod'
import { ApiProblem, useHttp } from '../../platform/http.ts'
import { withTyped } from './late-draft.ts'

export interface KeptDraft {
  savedAt: Readonly<Ref<Date | undefined>>
  /** The last save did not pass: said in the header, tried again at the next key. */
  unsaved: Readonly<Ref<boolean>>
  /** What was typed before, if anything, and what was typed while it was read; keeping begins after that. */
  restore: () => Promise<Record<string, unknown> | undefined>
  /** Keeps what is on screen now, without waiting for the pause. */
  keep: () => Promise<void>
  /** After the form is sent. */
  drop: () => Promise<void>
}

const pause = 1000

/** Writes one after the other: the last words stay, and none comes behind a draft that was dropped. */
function inTurn(): (write: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (write) => {
    last = last.then(write)
    return last
  }
}

/** Keeps an unfinished form on the server, a second after the last key: never in the browser. */
export function useDraft(form: (typeof draftForms)[number], content: () => Record<string, unknown>): KeptDraft {
  const http = useHttp()
  const savedAt = ref<Date>()
  const unsaved = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let following = false

  const oneByOne = inTurn()

  const save = async (): Promise<void> => {
    if (!following) return
    try {
      const draft = await http.put(`/drafts/${form}`, { content: content() }, Draft)
      savedAt.value = new Date(draft.savedAt)
      unsaved.value = false
    } catch {
      // The words stay on screen: the header says it, and the next pause tries again.
      unsaved.value = true
    }
  }
  const keep = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    return oneByOne(save)
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    if (following) timer = setTimeout(() => void keep(), pause)
  }
  watch(content, keepSoon, { deep: true })
  const drop = async (): Promise<void> => {
    following = false
    clearTimeout(timer)
    // Sent already: a draft left behind goes by itself after seven days.
    await oneByOne(() => http.delete(`/drafts/${form}`, z.void()).catch(() => undefined))
    savedAt.value = undefined
  }
  onScopeDispose(() => {
    if (timer !== undefined) void keep()
  })
  return {
    savedAt: readonly(savedAt),
    unsaved: readonly(unsaved),
    restore: async () => {
      const blank: Record<string, unknown> = JSON.parse(JSON.stringify(content()))
      const draft = await http.get(`/drafts/${form}`, Draft).catch((error: unknown) => {
        unsaved.value = !(error instanceof ApiProblem && error.code === 'not-found')
        return undefined
      })
      savedAt.value = draft && new Date(draft.savedAt)
      // On a slow network somebody types before the answer comes: their words are kept like those that follow.
      const typed = JSON.stringify(content()) !== JSON.stringify(blank)
      // What is put back on screen is no new word: following starts after it.
      setTimeout(() => {
        following = true
        if (typed) keepSoon()
      })
      return draft && typed ? withTyped(draft.content, blank, content()) : draft?.content
    },
    keep,
    drop,
  }
}
