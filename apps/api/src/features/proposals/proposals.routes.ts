import { ProposalId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  AcceptProposal,
  DeclineProposal,
  OwnProposal,
  ProposalListQuery,
  ReconfirmProposal,
  ReleaseProposal,
  WithdrawProposal,
} from '@maillage/contracts/proposals'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { acceptProposal } from './accept-proposal.ts'
import { declineProposal } from './decline-proposal.ts'
import { pageOfProposals, readProposal } from './read-proposals.ts'
import { reconfirmProposal } from './reconfirm-proposal.ts'
import { releaseProposal } from './release-proposal.ts'
import { withdrawProposal } from './withdraw-proposal.ts'

const tags = ['proposals']
const params = z.object({ id: ProposalId })
const answerers = ['practitioner', 'coordinator', 'secretary'] as const

const refusals = ['not-found', 'proposal-closed', 'version-stale', 'wrong-status', 'delegation-ended'] as const

const list = {
  config: { access: answerers },
  schema: {
    tags,
    summary: 'Proposals: one’s own for a practitioner, all for a coordinator',
    querystring: ProposalListQuery,
    response: { 200: pageOf(OwnProposal) },
  },
}
const read = {
  config: { access: answerers },
  schema: { tags, summary: 'Read a proposal', params, response: { 200: OwnProposal, ...problemsOf('not-found') } },
}
const accept = {
  config: { access: answerers, idempotent: true },
  schema: {
    tags,
    summary: 'Accept a proposal',
    params,
    body: AcceptProposal,
    response: { 200: OwnProposal, ...problemsOf(...refusals, 'capacity-exhausted', 'idempotency-conflict') },
  },
}
const decline = {
  config: { access: answerers },
  schema: {
    tags,
    summary: 'Decline a proposal',
    params,
    body: DeclineProposal,
    response: { 200: OwnProposal, ...problemsOf(...refusals, 'reason-required') },
  },
}
const withdraw = {
  config: { access: ['coordinator'] as const },
  schema: {
    tags,
    summary: 'Take a proposal back',
    params,
    body: WithdrawProposal,
    response: { 200: OwnProposal, ...problemsOf(...refusals) },
  },
}
const release = {
  config: { access: answerers },
  schema: {
    tags,
    summary: 'Give back what was accepted',
    params,
    body: ReleaseProposal,
    response: { 200: OwnProposal, ...problemsOf(...refusals, 'reason-required') },
  },
}
const reconfirm = {
  config: { access: answerers },
  schema: {
    tags,
    summary: 'Say again, after a date moved, whether one comes',
    params,
    body: ReconfirmProposal,
    response: { 200: OwnProposal, ...problemsOf(...refusals) },
  },
}

/** HTTP ↔ acts of the proposals. */
export const proposalRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const answer = (actor: Actor, proposal: ProposalRow) => readProposal(deps, actor, proposal.id)

  app.get('/proposals', list, ({ query, actor }) => pageOfProposals(deps, actor, query))
  app.get('/proposals/:id', read, ({ params: { id }, actor }) => readProposal(deps, actor, id))
  app.post('/proposals/:id/acceptance', accept, async ({ params: { id }, body, actor }) =>
    answer(actor, await acceptProposal(deps, actor, { id, ...body })),
  )
  app.post('/proposals/:id/decline', decline, async ({ params: { id }, body, actor }) =>
    answer(actor, await declineProposal(deps, actor, { id, ...body })),
  )
  app.post('/proposals/:id/withdrawal', withdraw, async ({ params: { id }, body, actor }) =>
    answer(actor, await withdrawProposal(deps, actor, { id, ...body })),
  )
  app.post('/proposals/:id/release', release, async ({ params: { id }, body, actor }) =>
    answer(actor, await releaseProposal(deps, actor, { id, ...body })),
  )
  app.post('/proposals/:id/reconfirmation', reconfirm, async ({ params: { id }, body, actor }) =>
    answer(actor, await reconfirmProposal(deps, actor, { id, ...body })),
  )
}
