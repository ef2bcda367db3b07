import { LockedSession, type UnlockSession } from '@maillage/contracts/access/sessions'
import { type ChangeMembership, Me, Session, type SignIn } from '@maillage/contracts/accounts'
import { ProviderSignOut } from '@maillage/contracts/openid/sign-in'
import * as z from 'zod'
import { createHttp, type Http } from '../http.ts'
import type { SessionDeps } from './session-browser.ts'

/** The API's calls about the session itself. */
export interface SessionCalls {
  /** Without a token: for those who are not signed in yet. */
  anonymous: Http
  refresh: () => Promise<Session>
  open: (credentials: SignIn) => Promise<Session>
  change: (body: z.input<typeof ChangeMembership>) => Promise<Session>
  close: () => Promise<unknown>
  /** Where the session ends at the provider that vouched for it, if any did. */
  leaveProvider: () => Promise<ProviderSignOut>
  lock: () => Promise<unknown>
  /** How the session that the cookie holds is unlocked. */
  waysBack: () => Promise<LockedSession>
  unlock: (key: UnlockSession) => Promise<Session>
  me: () => Promise<Me>
}

/** Binds the calls to a browser and to the token in memory; without `renew` a refused token stays refused. */
export function sessionCalls(
  { fetch, exclusively }: SessionDeps,
  token: () => string | undefined,
  renew: () => Promise<boolean> = async () => false,
): SessionCalls {
  const http = createHttp({ fetch, token, renew })
  const anonymous = createHttp({ fetch, token: () => undefined, renew: async () => false })
  return {
    anonymous,
    refresh: () => exclusively(() => anonymous.post('/sessions/refresh', undefined, Session)),
    open: (credentials) => anonymous.post('/sessions', credentials, Session),
    change: (body) => http.post('/sessions/current/membership', body, Session),
    close: () => http.delete('/sessions/current', z.unknown()),
    leaveProvider: () => anonymous.post('/sessions/current/provider-sign-out', undefined, ProviderSignOut),
    // By the cookie: the token in memory may have expired while the machine slept.
    lock: () => exclusively(() => anonymous.post('/sessions/current/lock', undefined, z.unknown())),
    waysBack: () => anonymous.get('/sessions/current/lock', LockedSession),
    unlock: (key) => exclusively(() => anonymous.post('/sessions/current/unlock', key, Session)),
    me: () => http.get('/me', Me),
  }
}
