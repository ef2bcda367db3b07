import type { Session } from '@maillage/contracts/accounts'
import type { Ref } from 'vue'
import type { SessionDeps } from './session-browser.ts'
import type { SessionCalls } from './session-calls.ts'

/** What the lock needs of the session that it locks. */
export interface LockParts<Phase> {
  readonly phase: Ref<Phase | 'signed-in' | 'locked'>
  readonly calls: SessionCalls
  readonly keep: (session: Session) => void
  /** Tells the calls that wait whether they may go on. */
  readonly answer: (goOn: boolean) => void
}

export interface SessionLock {
  lock: () => Promise<void>
  unlock: (password: string) => Promise<void>
  /** Another tab locked or unlocked the browser's one session. */
  follow: (message: 'locked' | 'unlocked') => Promise<void>
}

/** The lock of a screen that its owner left: here, on the server, and in the other tabs of the browser. */
export function sessionLock<Phase>(deps: SessionDeps, { phase, calls, keep, answer }: LockParts<Phase>): SessionLock {
  const goOn = (session: Session): void => {
    keep(session)
    phase.value = 'signed-in'
    deps.lockMark.clear()
    answer(true)
  }
  /** Hides the screen at once, then tells the server; one that does not hear it is told again when the page is loaded anew. */
  const lock = async (): Promise<void> => {
    if (phase.value !== 'signed-in') return
    phase.value = 'locked'
    deps.lockMark.set()
    deps.tell('locked')
    await calls.lock().catch(() => undefined)
  }
  const unlock = async (password: string): Promise<void> => {
    goOn(await calls.unlock({ password }))
    deps.tell('unlocked')
  }
  const follow = async (message: 'locked' | 'unlocked'): Promise<void> => {
    if (message === 'locked' && phase.value === 'signed-in') phase.value = 'locked'
    if (message === 'unlocked' && phase.value === 'locked') await calls.refresh().then(goOn, () => undefined)
  }
  return { lock, unlock, follow }
}
