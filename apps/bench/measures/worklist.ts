import type { Goal, Visit } from './visit.ts'

/** The worklist's first row, on the screen of an office. */
export const desk = { viewport: { width: 1280, height: 800 } }
export const firstRow: Goal = { selector: 'tr[data-index="0"] a', words: '' }

const opened = {
  person: 'coordination',
  device: desk,
  address: async () => '/file',
  goal: firstRow,
  slowness: { cpu: 4 },
} as const

/** The first visit of a new computer. */
export const emptyCache: Visit = { ...opened, name: 'file-cache-vide', before: 0 }

/** Every other morning: twice before, so that the browser has kept the compiled code as well. */
export const warmCache: Visit = { ...opened, name: 'file-cache-chaud', before: 2 }
