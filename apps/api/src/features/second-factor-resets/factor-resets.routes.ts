import { AskFactorReset, FactorResetLink, FactorResetParams, MemberParams } from '@maillage/contracts/access/members'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { type AnswerDeps, confirmReset, objectByLink, refuseReset } from './answer-factor-reset.ts'
import { askByMail, askForColleague, proveByLink } from './ask-factor-reset.ts'

const tags = ['second factor resets']
const answering = { access: ['administrator', 'coordinator'] } as const

const askForOther = {
  config: answering,
  schema: {
    tags,
    summary: 'Ask that somebody’s second factor be taken away; another person confirms',
    params: MemberParams,
    response: { 201: z.object({ id: z.uuid() }), ...problemsOf('not-found', 'already-exists', 'wrong-status') },
  },
} as const
const answer = (summary: string) =>
  ({
    config: answering,
    schema: {
      tags,
      summary,
      params: FactorResetParams,
      response: { 204: noContent, ...problemsOf('not-found', 'wrong-status') },
    },
  }) as const
const askForOneself = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Ask, with one’s password, that one’s lost second factor be taken away',
    description: 'A message asks to confirm it; an administrator then gives their agreement.',
    body: AskFactorReset,
    response: {
      202: z.object({}).describe('Taken: a message follows'),
      ...problemsOf('wrong-credentials', 'already-exists'),
    },
  },
} as const
const byLink = (summary: string) =>
  ({
    config: { access: 'public' },
    schema: { tags, summary, body: FactorResetLink, response: { 204: noContent, ...problemsOf('not-found') } },
  }) as const

/** HTTP ↔ second factors that were lost: two people, or a mailbox and an administrator. */
export const factorResetRoutes: FastifyPluginAsyncZod<AnswerDeps> = async (app, deps) => {
  app.post('/members/:accountId/second-factor-resets', askForOther, async ({ actor, params }, reply) =>
    reply.code(201).send(await askForColleague(deps, actor, params.accountId)),
  )
  app.post(
    '/second-factor-resets/:id/confirmation',
    answer('Confirm what another person asked: the factor and all sessions end'),
    async ({ actor, params }, reply) => {
      await confirmReset(deps, actor, params.id)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/second-factor-resets/:id/refusal',
    answer('Refuse a request: nothing changes'),
    async ({ actor, params }, reply) => {
      await refuseReset(deps, actor, params.id)
      return reply.code(204).send(null)
    },
  )
  app.post('/second-factor-resets', askForOneself, async ({ body, ip }, reply) => {
    await askByMail(deps, body, ip)
    return reply.code(202).send({})
  })
  app.post(
    '/second-factor-resets/proof',
    byLink('Show, by a message’s link, that one asked'),
    async ({ body }, reply) => {
      await proveByLink(deps, body.token)
      return reply.code(204).send(null)
    },
  )
  app.post('/second-factor-resets/objection', byLink('Object, by a message’s link'), async ({ body }, reply) => {
    await objectByLink(deps, body.token)
    return reply.code(204).send(null)
  })
}
