import { watch } from 'vue'
import type { useSession } from '../session.ts'
import { idleMs, noteActivity, noteArrival } from './lock-mark.ts'

const checkMs = 5000
/** Writing at each movement would cost more than it tells. */
const noteMs = 2000

/**
 * Locks the screen when nobody has touched it for so many minutes, in whatever tab, and hides all that is on it. A machine
 * that slept notices at its first breath, before it heeds a key. Called by main.ts.
 */
export function startIdleLock(session: ReturnType<typeof useSession>, minutes: Promise<number>): void {
  let notedAt = 0
  noteArrival()
  let limitMs = Number.POSITIVE_INFINITY
  void minutes.then((told) => {
    limitMs = told * 60_000
  })
  const isTooLong = (): boolean => idleMs() > limitMs
  const check = (): void => {
    if (session.phase === 'signed-in' && isTooLong()) void session.lock()
  }
  const note = (): void => {
    if (Date.now() - notedAt < noteMs) return
    check()
    // A visitor who goes to sign in elsewhere comes back under a session that is as fresh.
    if (session.phase !== 'signed-in' && session.phase !== 'signed-out') return
    notedAt = Date.now()
    noteActivity()
  }
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(name, note, { capture: true, passive: true })
  for (const name of ['focus', 'pageshow', 'visibilitychange']) window.addEventListener(name, check, { capture: true })
  setInterval(check, checkMs)
  watch(
    () => session.phase,
    (phase) => {
      // A session that ends under a lock leaves the page unseen until its owner is back.
      if (phase === 'interrupted') return
      // Before the next picture is drawn, and whatever the screen holds by then.
      document.documentElement.toggleAttribute('data-locked', phase === 'locked')
    },
    { flush: 'sync', immediate: true },
  )
}
