import { type InjectionKey, inject, onScopeDispose, type Ref, readonly, ref, shallowRef, watch } from 'vue'
import { browserAttention } from './live/live-browser.ts'
import { followLive } from './live/live-connection.ts'
import type { News } from './live/live-news.ts'
import type { useSession } from './session.ts'

/** `connected`: what a colleague does shows within a second. Otherwise what is on screen may be older. */
export type LiveStatus = 'connected' | 'reconnecting' | 'offline'
export type LiveHandler = (news: News) => void

/** What changes on the server, told to whoever listens. */
export interface Live {
  readonly status: Readonly<Ref<LiveStatus>>
  /** Hears every change from now on; call what it returns to stop. */
  listen: (handler: LiveHandler) => () => void
}

export const liveKey: InjectionKey<Live> = Symbol('live changes')

// Where nothing was provided (a component by itself), nothing ever changes.
const quiet: Live = { status: ref('reconnecting'), listen: () => () => undefined }

/**
 * Hears what changes as long as the component lives: `{ what: 'case', id, kind, version, entry, own }`,
 * `{ what: 'proposal', id, … }`, `{ what: 'presence', id, … }` (somebody opened or left the case), `{ what: 'notice', id, … }`
 * (a message to this account), and `{ what: 'reset' }` after a long absence: read everything anew. `own` is what this very account did.
 */
export function useLive(handler?: LiveHandler): Live {
  const live = inject(liveKey, quiet)
  if (handler) onScopeDispose(live.listen(handler))
  return live
}

export interface LiveReload {
  /** When what is on screen was last read anew because somebody else changed it. */
  readonly updatedAt: Readonly<Ref<Date | undefined>>
}

const gatherMs = 300

/** Reads a list anew, quietly, when a change concerns it; several at once cost one reading. */
export function useLiveReload(
  reload: () => Promise<unknown>,
  matches: (news: Exclude<News, { what: 'reset' }>) => boolean,
): LiveReload {
  const updatedAt = shallowRef<Date>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let theirs = false
  const run = async (): Promise<void> => {
    timer = undefined
    const isTheirs = theirs
    theirs = false
    await reload()
    if (isTheirs) updatedAt.value = new Date()
  }
  useLive((news) => {
    if (news.what !== 'reset' && !matches(news)) return
    if (news.what !== 'reset' && !news.own) theirs = true
    // Spread: a change that many screens show must not make them all ask at the same instant.
    timer ??= setTimeout(() => void run(), gatherMs * (0.5 + Math.random()))
  })
  onScopeDispose(() => clearTimeout(timer))
  return { updatedAt: readonly(updatedAt) }
}

/** Follows the changes while somebody is signed in under a role; begins anew when the role changes. Called by main.ts. */
export function startLive(session: ReturnType<typeof useSession>, fetch: typeof globalThis.fetch): Live {
  const handlers = new Set<LiveHandler>()
  const isConnected = ref(false)
  const isOnline = ref(navigator.onLine)
  for (const name of ['online', 'offline']) {
    window.addEventListener(name, () => {
      isOnline.value = navigator.onLine
    })
  }
  const attention = browserAttention()
  const follow = (stop: AbortSignal): void => {
    const deps = { ...attention, fetch, token: () => session.accessToken, renew: () => session.renew() }
    const onNews = (news: News): void => {
      for (const handler of [...handlers]) handler(news)
    }
    const onConnected = (now: boolean): void => {
      isConnected.value = now
    }
    void followLive({ ...deps, onNews, onConnected }, stop)
  }
  watch(
    () => (session.phase === 'signed-in' || session.phase === 'interrupted' ? session.current?.id : undefined),
    (hat, _before, onCleanup) => {
      isConnected.value = false
      if (hat === undefined) return
      const stop = new AbortController()
      onCleanup(() => stop.abort())
      follow(stop.signal)
    },
    { immediate: true },
  )
  const listen = (handler: LiveHandler): (() => void) => {
    handlers.add(handler)
    return () => handlers.delete(handler)
  }
  return { status: statusOf(isConnected, isOnline), listen }
}

function statusOf(isConnected: Ref<boolean>, isOnline: Ref<boolean>): Readonly<Ref<LiveStatus>> {
  const status = ref<LiveStatus>('reconnecting')
  watch(
    [isConnected, isOnline],
    () => {
      if (!isOnline.value) status.value = 'offline'
      else status.value = isConnected.value ? 'connected' : 'reconnecting'
    },
    { immediate: true },
  )
  return readonly(status)
}
