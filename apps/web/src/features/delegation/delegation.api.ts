import {
  AcceptedInvitation,
  DelegatedAct,
  Delegation,
  Invitation,
  type InviteSecretary,
} from '@maillage/contracts/delegation/delegations'
import { pageOf } from '@maillage/contracts/kit/page'
import type { DelegationRight } from '@maillage/contracts/roles'
import type { Http } from '../../platform/http.ts'

const Page = pageOf(Delegation)
const Acts = pageOf(DelegatedAct)

export interface DelegationApi {
  list: (signal?: AbortSignal) => Promise<Delegation[]>
  invite: (body: InviteSecretary, idempotencyKey: string) => Promise<Delegation>
  inviteAgain: (one: Delegation) => Promise<Delegation>
  change: (one: Delegation, rights: readonly DelegationRight[]) => Promise<Delegation>
  end: (one: Delegation) => Promise<Delegation>
  acts: (id: string, cursor: string | undefined, signal?: AbortSignal) => Promise<ReturnType<typeof Acts.parse>>
  invitation: (token: string, signal?: AbortSignal) => Promise<Invitation>
  accept: (token: string, password: string | undefined) => Promise<{ email: string }>
}

/** The calls about who acts for whom. What a link holds travels in a body, never in an address. */
export function delegationApi(http: Http): DelegationApi {
  return {
    list: async (signal) => (await http.get('/delegations', Page, { signal })).items,
    invite: (body, idempotencyKey) => http.post('/delegations', body, Delegation, { idempotencyKey }),
    inviteAgain: ({ id, version }) => http.post(`/delegations/${id}/invitation`, { version }, Delegation),
    change: ({ id, version }, rights) => http.put(`/delegations/${id}`, { rights, version }, Delegation),
    end: ({ id, version }) => http.post(`/delegations/${id}/end`, { version }, Delegation),
    acts: (id, cursor, signal) => http.get(`/delegations/${id}/acts`, Acts, { query: { limit: 20, cursor }, signal }),
    invitation: (token, signal) => http.post('/delegation-invitations/reading', { token }, Invitation, { signal }),
    accept: (token, password) =>
      http.post('/delegation-invitations/acceptance', { token, password }, AcceptedInvitation),
  }
}
