import {
  AcceptedInvitation,
  AcceptInvitation,
  ChangeDelegation,
  DelegatedAct,
  DelegatedActsQuery,
  Delegation,
  DelegationParams,
  EndDelegation,
  Invitation,
  InvitationLink,
  InviteAgain,
  InviteSecretary,
} from '@maillage/contracts/delegation/delegations'
import { pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { acceptInvitation, readInvitation } from './answer-invitation.ts'
import { getDelegation, listActs, listDelegations } from './delegation.store.ts'
import { changeRights, endDelegation } from './end-delegation.ts'
import { inviteAgain, inviteSecretary } from './invite-secretary.ts'

const tags = ['delegations']
const params = DelegationParams
const practitioners = ['practitioner'] as const
const concerned = ['practitioner', 'secretary', 'coordinator', 'administrator'] as const

const list = {
  config: { access: concerned },
  schema: {
    tags,
    summary: 'Who acts for whom: those one named, those one acts for, or all of the CPTS',
    response: { 200: pageOf(Delegation) },
  },
}
const invite = {
  config: { access: practitioners, idempotent: true },
  schema: {
    tags,
    summary: 'Name a secretary: an invitation is sent',
    body: InviteSecretary,
    response: { 201: Delegation, ...problemsOf('already-exists') },
  },
}
const again = {
  config: { access: practitioners },
  schema: {
    tags,
    summary: 'Send the invitation once more',
    params,
    body: InviteAgain,
    response: { 200: Delegation, ...problemsOf('not-found', 'version-stale') },
  },
}
const change = {
  config: { access: practitioners },
  schema: {
    tags,
    summary: 'Change what a secretary may do',
    params,
    body: ChangeDelegation,
    response: { 200: Delegation, ...problemsOf('not-found', 'version-stale') },
  },
}
const end = {
  config: { access: concerned },
  schema: {
    tags,
    summary: 'End a delegation, or take an invitation back: worth nothing from the next request on',
    params,
    body: EndDelegation,
    response: { 200: Delegation, ...problemsOf('not-found', 'version-stale') },
  },
}
const acts = {
  config: { access: concerned },
  schema: {
    tags,
    summary: 'What a secretary did in a practitioner’s name, the latest first',
    params,
    querystring: DelegatedActsQuery,
    response: { 200: pageOf(DelegatedAct), ...problemsOf('not-found') },
  },
}
const read = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Read the invitation that a link opens',
    body: InvitationLink,
    response: { 200: Invitation, ...problemsOf('not-found') },
  },
} as const
const accept = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Accept the invitation that a link opens',
    body: AcceptInvitation,
    response: { 200: AcceptedInvitation, ...problemsOf('not-found') },
  },
} as const

/** HTTP ↔ who acts for whom. */
export const delegationRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/delegations', list, ({ actor }) =>
    deps.db.read(actor.cptsId, async (db) => ({ items: await listDelegations(db, actor, deps.now()), next: null })),
  )
  app.post('/delegations', invite, async ({ body, actor }, reply) =>
    reply.code(201).send(await inviteSecretary(deps, actor, body)),
  )
  app.put('/delegations/:id', change, ({ params: { id }, body, actor }) => changeRights(deps, actor, { id, ...body }))
  app.post('/delegations/:id/invitation', again, ({ params: { id }, body, actor }) =>
    inviteAgain(deps, actor, { id, ...body }),
  )
  app.post('/delegations/:id/end', end, ({ params: { id }, body, actor }) =>
    endDelegation(deps, actor, { id, ...body }),
  )
  app.get('/delegations/:id/acts', acts, ({ params: { id }, query, actor }) =>
    deps.db.read(actor.cptsId, async (db) => listActs(db, await getDelegation(db, actor, id), query)),
  )
  app.post('/delegation-invitations/reading', read, ({ body }) => readInvitation(deps, body.token))
  app.post('/delegation-invitations/acceptance', accept, ({ body }) => acceptInvitation(deps, body))
}
