import type { InjectionKey } from 'vue'

/** What one tab tells the others of the same browser. */
export type TabMessage = 'signed-out' | 'membership-changed' | 'locked' | 'unlocked'

/** What the session needs of the browser: given by main.ts, replaced in tests. */
export interface SessionDeps {
  fetch: typeof fetch
  /** Runs one at a time across the tabs: the refresh cookie rotates, and two renewals at once would end the session. */
  exclusively: <T>(run: () => Promise<T>) => Promise<T>
  tell: (message: TabMessage) => void
  /** Whether this installation has ways in that somebody else vouches for. */
  hasProviders?: () => boolean
  /** Goes to another site. */
  leaveFor?: (url: string) => void
  /** That this browser's screen is locked: a page loaded anew tells the server first, should it not have heard. */
  lockMark: { isSet: () => Promise<boolean>; set: () => void; clear: () => void }
}

export const sessionDepsKey: InjectionKey<SessionDeps> = Symbol('session dependencies')

const channelName = 'maillage-session'

/** The real browser. `onMessage` hears the other tabs, never this one. */
export function browserSession(onMessage: (message: TabMessage) => void): Omit<SessionDeps, 'lockMark'> {
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', (event: MessageEvent<TabMessage>) => onMessage(event.data))
  return {
    fetch: (input, init) => window.fetch(input, init),
    // Absent on plain http outside localhost: a trial on a local network, with one tab.
    exclusively: async (run) => (navigator.locks ? await navigator.locks.request(channelName, run) : await run()),
    tell: (message) => channel.postMessage(message),
    leaveFor: (url) => window.location.assign(url),
  }
}
