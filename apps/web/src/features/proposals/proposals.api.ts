import { pageOf } from '@maillage/contracts/kit/page'
import { type DeclineProposal, OwnProposal, type ProposalStatus } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const Page = pageOf(OwnProposal)

/** Why no: a reason, and the word or the number that some reasons need. */
export type Decline = Pick<z.input<typeof DeclineProposal>, 'reason' | 'text' | 'count'>

/** What the practitioner's proposals ask of the API. */
export interface ProposalsApi {
  list: (status: readonly ProposalStatus[], signal: AbortSignal) => Promise<OwnProposal[]>
  read: (id: string, signal?: AbortSignal) => Promise<OwnProposal>
  accept: (
    proposal: OwnProposal,
    dates: { firstVisitAt?: string; appointmentAt?: string },
    idempotencyKey: string,
  ) => Promise<OwnProposal>
  decline: (proposal: OwnProposal, answer: Decline) => Promise<OwnProposal>
  release: (proposal: OwnProposal, reason: string, text?: string) => Promise<OwnProposal>
  reconfirm: (proposal: OwnProposal, answer: 'confirmed' | 'released', firstVisitAt?: string) => Promise<OwnProposal>
}

/** The calls of the slice, each answer read by its contract. */
export function proposalsApi(http: Http): ProposalsApi {
  const act = (proposal: OwnProposal, noun: string, body: object): Promise<OwnProposal> =>
    http.post(`/proposals/${proposal.id}/${noun}`, { ...body, version: proposal.version }, OwnProposal)
  return {
    list: async (status, signal) =>
      (await http.get('/proposals', Page, { query: { status, limit: 100 }, signal })).items,
    read: (id, signal) => http.get(`/proposals/${encodeURIComponent(id)}`, OwnProposal, { signal }),
    accept: (proposal, dates, idempotencyKey) =>
      http.post(`/proposals/${proposal.id}/acceptance`, { ...dates, version: proposal.version }, OwnProposal, {
        idempotencyKey,
      }),
    decline: (proposal, answer) => act(proposal, 'decline', answer),
    release: (proposal, reason, text) => act(proposal, 'release', { reason, text }),
    reconfirm: (proposal, answer, firstVisitAt) => act(proposal, 'reconfirmation', { answer, firstVisitAt }),
  }
}
