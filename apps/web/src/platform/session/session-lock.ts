import type { LockedSession, UnlockSession } from '@maillage/contracts/access/sessions'
import type { Account, Session } from '@maillage/contracts/accounts'
import type { Ref } from 'vue'
import type { SessionDeps } from './session-browser.ts'
import type { SessionCalls } from './session-calls.ts'

/** What the lock needs of the session that it locks. */
export interface LockParts<Phase> {
  readonly phase: Ref<Phase | 'signed-in' | 'locked'>
  /** Whose page it is; nobody's yet where it was loaded under a lock. */
  readonly account: Readonly<Ref<Account | undefined>>
  readonly calls: SessionCalls
  readonly keep: (session: Session) => void
  /** Tells the calls that wait whether they may go on. */
  readonly answer: (goOn: boolean) => void
}

export interface SessionLock {
  lock: () => Promise<void>
  unlock: (key: UnlockSession) => Promise<void>
  /** How its owner may show who they are. */
  waysBack: () => Promise<LockedSession>
  /** Goes to a provider, who opens another session; a page of this browser stays locked until then. */
  leaveLocked: (url: string) => Promise<void>
  /** Another tab locked or unlocked the browser's one session. */
  follow: (message: 'locked' | 'unlocked') => Promise<void>
}

/** The lock of a screen that its owner left: here, on the server, and in the other tabs of the browser. */
export function sessionLock<Phase>(deps: SessionDeps, parts: LockParts<Phase>): SessionLock {
  const { phase, account, calls, keep, answer } = parts
  const goOn = (session: Session): void => {
    deps.lockMark.clear()
    // Somebody else came in from another tab: what this page holds is not theirs to see.
    if (account.value && account.value.id !== session.account.id) {
      deps.leaveFor?.('/')
      return
    }
    keep(session)
    phase.value = 'signed-in'
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
  const unlock = async (key: UnlockSession): Promise<void> => {
    goOn(await calls.unlock(key))
    deps.tell('unlocked')
  }
  const leaveLocked = async (url: string): Promise<void> => {
    // Once more, should the server not have heard: from here on it alone knows. The session to come is not locked.
    await calls.lock()
    deps.lockMark.clear()
    deps.leaveFor?.(url)
  }
  const follow = async (message: 'locked' | 'unlocked'): Promise<void> => {
    if (message === 'locked' && phase.value === 'signed-in') phase.value = 'locked'
    if (message === 'unlocked' && phase.value === 'locked') await calls.refresh().then(goOn, () => undefined)
  }
  return { lock, unlock, waysBack: calls.waysBack, leaveLocked, follow }
}
