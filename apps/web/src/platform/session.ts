import type { Account, Membership, Preferences, Session, SignIn } from '@maillage/contracts/accounts'
import type { Role } from '@maillage/contracts/roles'
import { defineStore } from 'pinia'
import { computed, inject, ref, shallowRef } from 'vue'
import { coalesce } from './coalesce.ts'
import { ApiProblem, type Http } from './http.ts'
import { type SessionDeps, sessionDepsKey } from './session/session-browser.ts'
import { type SessionCalls, sessionCalls } from './session/session-calls.ts'
import { sessionLock } from './session/session-lock.ts'

/**
 * `interrupted`: the session ended while somebody was working; the page stays and asks to sign in again over it.
 * `locked`: its owner was away; the page and what was typed stay, unseen, until they show who they are.
 */
export type SessionPhase = 'starting' | 'signed-out' | 'signed-in' | 'interrupted' | 'locked'

/** Somebody else signed in over a page that was interrupted: what it holds is not theirs to see. */
export class OtherAccount extends Error {
  override readonly name = 'OtherAccount'
}

const isRefusal = (error: unknown): error is ApiProblem => error instanceof ApiProblem && error.status === 401

function sessionState() {
  const current = shallowRef<Membership | null>(null)
  return {
    phase: ref<SessionPhase>('starting'),
    accessToken: ref<string>(),
    account: shallowRef<Account>(),
    memberships: shallowRef<readonly Membership[]>([]),
    current,
    preferences: shallowRef<Preferences>({ letterShortcuts: true }),
    /** A password alone was shown: nothing opens before a second factor is set up. */
    mustEnrol: ref(false),
    role: computed<Role | undefined>(() => current.value?.role),
    /** Why the start could not tell whether a session exists: no network, server down. */
    startFailure: shallowRef<unknown>(),
  }
}
type SessionState = ReturnType<typeof sessionState>

function sessionMemory(state: SessionState, calls: SessionCalls) {
  const keep = (session: Session): void => {
    state.accessToken.value = session.accessToken
    state.account.value = session.account
  }
  const loadMe = async (): Promise<void> => {
    const me = await calls.me()
    state.account.value = me.account
    state.memberships.value = me.memberships
    state.current.value = me.current
    state.preferences.value = me.preferences
    state.mustEnrol.value = me.mustEnrol ?? false
  }
  const forget = (): void => {
    state.accessToken.value = undefined
    state.account.value = undefined
    state.memberships.value = []
    state.current.value = null
    state.mustEnrol.value = false
    state.phase.value = 'signed-out'
  }
  return { keep, loadMe, forget }
}
type SessionMemory = ReturnType<typeof sessionMemory>

/** Renewal of the token; when the session has ended it waits until somebody answers the dialog over the page. */
function sessionRenewal(state: SessionState, calls: SessionCalls, memory: SessionMemory) {
  let waiting: ((signedInAgain: boolean) => void) | undefined
  const answered = (): Promise<boolean> =>
    new Promise((resolve) => {
      waiting = resolve
    })
  const renew = coalesce(async () => {
    try {
      memory.keep(await calls.refresh())
      return true
    } catch (error) {
      if (!isRefusal(error)) throw error
      state.phase.value = error.code === 'session-locked' ? 'locked' : 'interrupted'
      return await answered()
    }
  })
  const answer = (signedInAgain: boolean): void => waiting?.(signedInAgain)
  return { renew, answer, answered }
}

interface EntryParts {
  readonly calls: SessionCalls
  /** The same, waiting for a renewal where the token is too old. */
  readonly renewing: SessionCalls
  readonly memory: SessionMemory
  readonly answer: (signedInAgain: boolean) => void
}

/** How somebody comes in, and under which role. */
function sessionEntry(state: SessionState, deps: SessionDeps, { calls, renewing, memory, answer }: EntryParts) {
  const wear = async (membershipId: Membership['id'], { change }: SessionCalls): Promise<void> => {
    memory.keep(await change({ membershipId }))
    await memory.loadMe()
  }
  const changeMembership = async (membershipId: Membership['id']): Promise<void> => {
    await wear(membershipId, renewing)
    deps.tell('membership-changed')
  }
  /** Signs in by whatever way `open` takes. */
  const enter = async (open: (http: Http) => Promise<Session>): Promise<void> => {
    const from = state.phase.value
    const goesOn = from === 'interrupted' || from === 'locked'
    const before = goesOn ? state.current.value : null
    const owner = goesOn ? state.account.value?.id : undefined
    const session = await open(calls.anonymous)
    if (owner && session.account.id !== owner) {
      await calls.close()
      throw new OtherAccount()
    }
    memory.keep(session)
    await memory.loadMe()
    // Work goes on under the role it began with; a role that stands alone is not asked for.
    const wanted = state.mustEnrol.value
      ? undefined
      : (before ?? (state.memberships.value.length === 1 ? state.memberships.value[0] : undefined))
    if (wanted && wanted.id !== state.current.value?.id) await wear(wanted.id, calls)
    state.phase.value = 'signed-in'
    state.startFailure.value = undefined
    deps.lockMark.clear()
    // Work that goes on is the same in every tab: none is loaded anew, and loses what was typed there.
    if (from === 'locked') deps.tell('unlocked')
    else if (!goesOn && wanted) deps.tell('membership-changed')
    answer(true)
  }
  const signIn = (credentials: SignIn): Promise<void> => enter(() => calls.open(credentials))
  /** A second factor was just set up: the session takes its role. */
  const takeUp = async (): Promise<void> => {
    memory.keep(await calls.refresh())
    await memory.loadMe()
    deps.tell('membership-changed')
  }
  return { changeMembership, enter, signIn, takeUp }
}

/** Ends the session here, then at the provider that vouched for it; one that cannot be told keeps nobody from leaving. */
async function leaveProviderToo(
  { leaveProvider }: SessionCalls,
  { hasProviders, leaveFor }: SessionDeps,
  end: () => Promise<void>,
): Promise<void> {
  const there = hasProviders?.() ? await leaveProvider().catch(() => undefined) : undefined
  await end()
  if (!there?.url || !leaveFor) return
  leaveFor(there.url)
  // The page is being left: nobody may lead it elsewhere meanwhile.
  await new Promise(() => undefined)
}

function sessionActs(state: SessionState, deps: SessionDeps) {
  const token = (): string | undefined => state.accessToken.value
  // Signing in never waits for a renewal: it is what a waiting renewal hopes for.
  const calls = sessionCalls(deps, token)
  const memory = sessionMemory(state, calls)
  const { renew, answer, answered } = sessionRenewal(state, calls, memory)
  const renewing = sessionCalls(deps, token, renew)

  const entry = sessionEntry(state, deps, { calls, renewing, memory, answer })
  /**
   * Ends the session in every tab, and at the provider that vouched for it. What throws means that it may still be open:
   * say so.
   */
  const signOut = (): Promise<void> =>
    leaveProviderToo(calls, deps, async () => {
      await calls.close().catch((error: unknown) => {
        if (!isRefusal(error)) throw error
      })
      memory.forget()
      deps.lockMark.clear()
      deps.tell('signed-out')
      answer(false)
    })
  const { keep } = memory
  const { phase, account } = state
  const locking = sessionLock(deps, { phase, account, calls, keep, answer })
  return { calls, memory, answered, ...locking, renew, ...entry, signOut }
}

/** Who is signed in, under which role. The access token lives in memory alone: no storage of the browser ever holds it. */
export const useSession = defineStore('session', () => {
  const deps = inject(sessionDepsKey)
  if (!deps) throw new Error('No session dependencies were provided: main.ts does it')
  const state = sessionState()
  const { calls, memory, answered, ...acts } = sessionActs(state, deps)

  /** The session that the cookie holds; one that is locked, once its owner showed who they are. */
  const open = async (): Promise<void> => {
    if (await deps.lockMark.isSet()) await calls.lock()
    try {
      memory.keep(await calls.refresh())
    } catch (error) {
      if (!isRefusal(error) || error.code !== 'session-locked') throw error
      state.phase.value = 'locked'
      if (!(await answered())) throw error
    }
  }
  const start = coalesce(async () => {
    state.startFailure.value = undefined
    try {
      await open()
      await memory.loadMe()
      state.phase.value = 'signed-in'
    } catch (error) {
      memory.forget()
      if (!isRefusal(error)) state.startFailure.value = error
    }
  })
  /** Takes up the session that the refresh cookie holds, if any: once a page load, and again after a failure. */
  const restore = async (): Promise<void> => {
    const { phase, account, startFailure } = state
    const isUnderWay = phase.value === 'starting' || (phase.value === 'locked' && !account.value)
    if (isUnderWay || startFailure.value !== undefined) await start()
  }

  return { ...state, ...acts, restore }
})
