import { OpenSessions } from '@maillage/contracts/access/sessions'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

export interface SessionsApi {
  list: (signal?: AbortSignal) => Promise<OpenSessions>
  end: (id: string) => Promise<unknown>
  endAll: (scope: 'others' | 'all') => Promise<unknown>
  changePassword: (present: string, next: string) => Promise<unknown>
}

/** The calls about where one is signed in, and with what. */
export function sessionsApi(http: Http): SessionsApi {
  return {
    list: (signal) => http.get('/me/sessions', OpenSessions, { signal }),
    end: (id) => http.delete(`/me/sessions/${encodeURIComponent(id)}`, z.unknown()),
    endAll: (scope) => http.delete('/me/sessions', z.unknown(), { query: { scope } }),
    changePassword: (present, next) => http.put('/me/password', { present, next }, z.unknown()),
  }
}
