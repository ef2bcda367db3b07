import { defineStore } from 'pinia'
import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import { explain } from './problem-text.ts'

export interface UndoOffer {
  /** What was done: « Dossier mis en pause ». */
  text: string
  /** Puts it back; it throws when the server refuses. */
  undo: () => Promise<void>
  /** Why it was refused, where the general words say too little. */
  refusal?: (error: unknown) => string | undefined
}

export interface UndoLine {
  id: number
  text: string
  /** `offered` while it can be pressed; then what became of it stays long enough to be read. */
  state: 'offered' | 'undoing' | 'undone' | 'refused'
  /** Why it could not be put back. */
  refusal?: string
}

export interface Undo {
  lines: Readonly<ShallowRef<readonly UndoLine[]>>
  /** The one that `z` undoes: the last thing done, and no older one. */
  newest: ComputedRef<UndoLine | undefined>
  offerUndo: (offer: UndoOffer) => void
  undo: (id: number) => Promise<void>
  undoNewest: () => Promise<void>
  /** Its time ran out, or its line was closed. */
  dismiss: (id: number) => void
}

/**
 * What was just done and can be put back for the ten seconds that its line is shown (`layout/ToastList.vue`). Every
 * screen offers through here, so that `z` always undoes the last thing that this person did, wherever they are now.
 */
export const useUndo = defineStore('undo', (): Undo => {
  const lines = shallowRef<readonly UndoLine[]>([])
  const acts = new Map<number, UndoOffer>()
  let last = 0

  const change = (id: number, to: Partial<UndoLine>): void => {
    lines.value = lines.value.map((line) => (line.id === id ? { ...line, ...to } : line))
  }
  const offerUndo = (offer: UndoOffer): void => {
    last += 1
    acts.set(last, offer)
    // What came of an older one has been read: the new line takes its place.
    lines.value = [
      ...lines.value.filter(({ state }) => state === 'offered' || state === 'undoing'),
      lineOf(last, offer.text),
    ]
  }
  const undo = async (id: number): Promise<void> => {
    const act = acts.get(id)
    // Once only: a second press while it runs does nothing.
    acts.delete(id)
    if (!act) return
    change(id, { state: 'undoing' })
    try {
      await act.undo()
      change(id, { state: 'undone' })
    } catch (error) {
      change(id, { state: 'refused', refusal: act.refusal?.(error) ?? explain(error).text })
    }
  }
  const dismiss = (id: number): void => {
    acts.delete(id)
    lines.value = lines.value.filter((line) => line.id !== id)
  }
  const newest = computed(() => lines.value.findLast(({ state }) => state === 'offered'))
  const undoNewest = async (): Promise<void> => {
    if (newest.value) await undo(newest.value.id)
  }
  return { lines, newest, offerUndo, undo, undoNewest, dismiss }
})

const lineOf = (id: number, text: string): UndoLine => ({ id, text, state: 'offered' })
