import type { SessionDeps } from './session-browser.ts'

// What the tabs of a browser share beyond a page's life. Neither says who, nor what they did.
const activeKey = 'maillage-active-at'
const lockedKey = 'maillage-locked'
/** The browser's memory; where it has none (a private window), that of the page. */
function remembered(key: string) {
  let here: string | null = null
  return {
    get: (): string | null => {
      try {
        return localStorage.getItem(key) ?? here
      } catch {
        return here
      }
    },
    set: (value: string | null): void => {
      here = value
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
        // Kept in the page alone.
      }
    },
  }
}

const locked = remembered(lockedKey)
const activeAt = remembered(activeKey)

/** Somebody has just touched a screen of this browser. */
export const noteActivity = (): void => activeAt.set(String(Date.now()))

/** Somebody opened a page; where nothing was known before, that is the last that was seen of them. */
export const noteArrival = (): void => {
  if (activeAt.get() === null) noteActivity()
}

/** For how many milliseconds nobody has, in any tab; 0 when nothing is known. */
export const idleMs = (): number => Math.max(0, Date.now() - Number(activeAt.get() ?? Date.now()))

/** The least that an operator may set: who was away for less is not locked out. */
const shortestIdleMs = 60_000

/**
 * That the screen is locked, for a page that is loaded anew; a browser left alone for long counts as locked. `minutes`:
 * after how many, once the server has said so.
 */
export const lockMarkOf = (minutes: Promise<number>): SessionDeps['lockMark'] => ({
  isSet: async (): Promise<boolean> => {
    const idle = idleMs()
    return locked.get() !== null || (idle > shortestIdleMs && idle > (await minutes) * 60_000)
  },
  set: (): void => locked.set('1'),
  clear: (): void => {
    locked.set(null)
    noteActivity()
  },
})
