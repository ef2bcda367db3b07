import { MemberParams, Members, MembershipParams } from '@maillage/contracts/access/members'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { closeMembership, endSessionsOfMember, type MemberDeps, reopenMembership } from './change-members.ts'
import { readMembers } from './read-members.ts'

const tags = ['members']
const administering = { access: ['administrator'] } as const

const list = {
  config: { access: ['administrator', 'coordinator'] },
  schema: {
    tags,
    summary: 'List who works in the CPTS, and how they sign in',
    response: { 200: Members },
  },
} as const
const endSessions = {
  config: administering,
  schema: {
    tags,
    summary: 'Disconnect somebody everywhere, at once',
    params: MemberParams,
    response: { 204: noContent, ...problemsOf('not-found') },
  },
} as const
const change = (summary: string) =>
  ({
    config: administering,
    schema: {
      tags,
      summary,
      params: MembershipParams,
      response: { 204: noContent, ...problemsOf('not-found', 'wrong-status') },
    },
  }) as const

/** HTTP ↔ who works in the CPTS. */
export const memberRoutes: FastifyPluginAsyncZod<MemberDeps> = async (app, deps) => {
  app.get('/members', list, async ({ actor }) => ({ items: await readMembers(deps, actor) }))
  app.delete('/members/:accountId/sessions', endSessions, async ({ actor, params }, reply) => {
    await endSessionsOfMember(deps, actor, params.accountId)
    return reply.code(204).send(null)
  })
  app.post('/memberships/:id/close', change('Take a role away'), async ({ actor, params }, reply) => {
    await closeMembership(deps, actor, params.id)
    return reply.code(204).send(null)
  })
  app.post('/memberships/:id/reopen', change('Give a role back'), async ({ actor, params }, reply) => {
    await reopenMembership(deps, actor, params.id)
    return reply.code(204).send(null)
  })
}
