import { Members } from '@maillage/contracts/access/members'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

export interface MembersApi {
  list: (signal?: AbortSignal) => Promise<Members>
  endSessions: (accountId: string) => Promise<unknown>
  close: (membershipId: string) => Promise<unknown>
  reopen: (membershipId: string) => Promise<unknown>
  askReset: (accountId: string) => Promise<unknown>
  confirmReset: (id: string) => Promise<unknown>
  refuseReset: (id: string) => Promise<unknown>
}

const part = encodeURIComponent

/** The calls about who works in the CPTS. */
export function membersApi(http: Http): MembersApi {
  return {
    list: (signal) => http.get('/members', Members, { signal }),
    endSessions: (accountId) => http.delete(`/members/${part(accountId)}/sessions`, z.unknown()),
    close: (id) => http.post(`/memberships/${part(id)}/close`, undefined, z.unknown()),
    reopen: (id) => http.post(`/memberships/${part(id)}/reopen`, undefined, z.unknown()),
    askReset: (accountId) => http.post(`/members/${part(accountId)}/second-factor-resets`, undefined, z.unknown()),
    confirmReset: (id) => http.post(`/second-factor-resets/${part(id)}/confirmation`, undefined, z.unknown()),
    refuseReset: (id) => http.post(`/second-factor-resets/${part(id)}/refusal`, undefined, z.unknown()),
  }
}
