import { defineAsyncComponent } from 'vue'

const files = {
  pane: () => import('./ReadingPane.vue'),
  dialogs: () => import('./bulk/BulkDialogs.vue'),
}

// Neither is in the first look, nor of use offline.
export const ReadingPane = defineAsyncComponent(files.pane)
export const BulkDialogs = defineAsyncComponent(files.dialogs)

/** Fetches them ahead of the first press: call it once the rows stand. */
export async function fetchLateParts(): Promise<void> {
  await Promise.all(Object.values(files).map((load) => load()))
}
