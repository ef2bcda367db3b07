import { ChangeMembership, Session, SignIn } from '@maillage/contracts/accounts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { endFamilyOf } from '../../platform/session/refresh-tokens.ts'
import { issueToken, type TokenDeps } from '../../platform/session/tokens.ts'
import { changeMembership } from './change-membership.ts'
import { refreshSession } from './refresh-session.ts'
import type { OpenedSession } from './session-opening.ts'
import { type SessionDeps, signIn } from './sign-in.ts'

export type SessionRouteDeps = SessionDeps & TokenDeps & { settings: { cookieSecure: boolean } }

const tags = ['sessions']
const cookieName = 'maillage_refresh'
const cookiePath = '/api/v1/sessions'

const open = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Sign in',
    description: 'Failed tries slow down: 429 says how long to wait. Sets the refresh cookie.',
    body: SignIn,
    response: { 201: Session, ...problemsOf('wrong-credentials', 'second-factor-required') },
  },
} as const
const refresh = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Renew the session by its cookie',
    description: 'The cookie changes at each use; one used twice ends the session.',
    response: { 200: Session, ...problemsOf('session-ended') },
  },
} as const
const end = {
  config: { access: 'public' },
  schema: { tags, summary: 'Sign out', response: { 204: noContent } },
} as const
const change = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Go on under another membership',
    body: ChangeMembership,
    response: { 200: Session, ...problemsOf('session-ended') },
  },
} as const

/** HTTP ↔ the session's acts. The refresh token travels in a cookie that scripts cannot read and no other site sends. */
export const sessionRoutes: FastifyPluginAsyncZod<SessionRouteDeps> = async (app, deps) => {
  const answer = (reply: FastifyReply, session: OpenedSession) => answerSession(app, deps, reply, session)

  app.post('/sessions', open, async ({ body, ip }, reply) =>
    reply.code(201).send(await answer(reply, await signIn(deps, body, ip))),
  )
  app.post('/sessions/refresh', refresh, async ({ cookies }, reply) =>
    answer(reply, await refreshSession(deps, cookies[cookieName])),
  )
  app.delete('/sessions/current', end, async ({ cookies }, reply) => {
    const token = cookies[cookieName]
    if (token) await deps.db.global((tx) => endFamilyOf(tx, token, deps.now()))
    return reply.clearCookie(cookieName, { path: cookiePath }).code(204).send(null)
  })
  app.post('/sessions/current/membership', change, async ({ body, signedIn }, reply) =>
    answer(reply, await changeMembership(deps, signedIn, body)),
  )
}

async function answerSession(
  app: FastifyInstance,
  deps: SessionRouteDeps,
  reply: FastifyReply,
  { claims, account, refresh: next }: OpenedSession,
): Promise<Session> {
  if (next) {
    reply.setCookie(cookieName, next.token, {
      path: cookiePath,
      httpOnly: true,
      sameSite: 'strict',
      secure: deps.settings.cookieSecure,
      expires: next.expiresAt,
    })
  }
  const { accessToken, expiresAt } = await issueToken(app, deps, claims)
  return { accessToken, expiresAt: expiresAt.toISOString(), account }
}
