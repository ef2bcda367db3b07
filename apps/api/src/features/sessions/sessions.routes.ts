import { EndSessions, OpenSessions, SessionParams } from '@maillage/contracts/access/sessions'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { refreshCookie } from '../../platform/session/refresh-cookie.ts'
import { endOwnSession, endOwnSessions, type OwnSessionDeps, readOwnSessions } from './own-sessions.ts'

const tags = ['sessions']

const list = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'List where one is signed in',
    response: { 200: OpenSessions, ...problemsOf('session-ended') },
  },
} as const
const endOne = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'End one of one’s sessions',
    description: 'At once, in every process: its access tokens too are refused from then on.',
    params: SessionParams,
    response: { 204: noContent, ...problemsOf('not-found') },
  },
} as const
const endMany = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Sign out everywhere else, or everywhere',
    querystring: EndSessions,
    response: { 204: noContent },
  },
} as const

/** HTTP ↔ one's own sessions. */
export const ownSessionRoutes: FastifyPluginAsyncZod<OwnSessionDeps> = async (app, deps) => {
  app.get('/me/sessions', list, async ({ signedIn }) => ({ items: await readOwnSessions(deps, signedIn) }))
  app.delete('/me/sessions/:id', endOne, async ({ signedIn, params }, reply) => {
    await endOwnSession(deps, signedIn, params.id)
    return reply.code(204).send(null)
  })
  app.delete('/me/sessions', endMany, async ({ signedIn, query }, reply) => {
    await endOwnSessions(deps, signedIn, query.scope)
    if (query.scope === 'all') void reply.clearCookie(refreshCookie.name, { path: refreshCookie.path })
    return reply.code(204).send(null)
  })
}
