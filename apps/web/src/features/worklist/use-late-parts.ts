import { type Component, type Ref, type ShallowRef, watch } from 'vue'
import { useLatePart } from '../../ui/use-late-part.ts'

export interface LateParts {
  pane: Readonly<ShallowRef<Component | undefined>>
  dialogs: Readonly<ShallowRef<Component | undefined>>
  /** Before a dialog is asked for; false when it cannot be had just now. */
  fetchDialogs: () => Promise<boolean>
  /** Ahead of the first press: call it once the rows stand. */
  fetchAhead: () => Promise<unknown>
}

const files = { pane: () => import('./ReadingPane.vue'), dialogs: () => import('./bulk/BulkDialogs.vue') }

/** What is not in the queue's first look: the case beside it, and the dialogs of the acts on several. */
export function useLateParts(open: Readonly<Ref<string | undefined>>): LateParts {
  const pane = useLatePart(files.pane)
  const dialogs = useLatePart(files.dialogs)
  watch(
    open,
    (reference) => {
      if (reference) void pane.ask()
    },
    { immediate: true },
  )
  return {
    pane: pane.part,
    dialogs: dialogs.part,
    fetchDialogs: dialogs.ask,
    fetchAhead: () => Promise.all([files.pane(), files.dialogs()]),
  }
}
