import { defineAsyncComponent } from 'vue'

const files = {
  pane: () => import('./ReadingPane.vue'),
  selection: () => import('./bulk/SelectionBar.vue'),
  dialogs: () => import('./bulk/BulkDialogs.vue'),
}

// None is in the first look.
export const ReadingPane = defineAsyncComponent(files.pane)
export const SelectionBar = defineAsyncComponent(files.selection)
export const BulkDialogs = defineAsyncComponent(files.dialogs)

/** Fetches them ahead of the first press: call it once the rows stand. */
export async function fetchLateParts(): Promise<void> {
  await Promise.all(Object.values(files).map((load) => load()))
}
