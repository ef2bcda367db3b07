// What the tabs of a browser share beyond a page's life. Neither says who, nor what they did.
const activeKey = 'maillage-active-at'
const lockedKey = 'maillage-locked'
/** Until the server has said how long a screen may be left. */
export const usualIdleMinutes = 15

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

/** For how many milliseconds nobody has, in any tab; 0 when nothing is known. */
export const idleMs = (): number => Math.max(0, Date.now() - Number(activeAt.get() ?? Date.now()))

/** That the screen is locked, for a page that is loaded anew; a browser left alone for long counts as locked. */
export const lockMark = {
  isSet: (): boolean => locked.get() !== null || idleMs() > usualIdleMinutes * 60_000,
  set: (): void => locked.set('1'),
  clear: (): void => {
    locked.set(null)
    noteActivity()
  },
}
