import { type Component, nextTick, type Ref, type ShallowRef, useTemplateRef, watch } from 'vue'
import { useLatePart } from '../../ui/use-late-part.ts'
import type { BulkAct } from './bulk/bulk-acts.ts'

export interface LateParts {
  pane: Readonly<ShallowRef<Component | undefined>>
  dialogs: Readonly<ShallowRef<Component | undefined>>
  /** Opens the dialog of an act, fetched first if need be. */
  ask: (act: BulkAct | 'detail') => Promise<void>
  /** Ahead of the first press: call it once the rows stand. */
  fetchAhead: () => Promise<unknown>
}

const files = { pane: () => import('./ReadingPane.vue'), dialogs: () => import('./bulk/BulkDialogs.vue') }

/** What is not in the queue's first look: the case beside it, and the dialogs of the acts on several (`ref="dialogs"`). */
export function useLateParts(open: Readonly<Ref<string | undefined>>): LateParts {
  const pane = useLatePart(files.pane)
  const dialogs = useLatePart(files.dialogs)
  const shown = useTemplateRef<{ ask: (act: BulkAct | 'detail') => void }>('dialogs')
  const ask = async (act: BulkAct | 'detail'): Promise<void> => {
    if (await dialogs.ask()) await nextTick()
    shown.value?.ask(act)
  }
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
    ask,
    fetchAhead: () => Promise.all([files.pane(), files.dialogs()]),
  }
}
