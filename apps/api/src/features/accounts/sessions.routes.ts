import { ChangeMembership, Session, SignIn } from '@maillage/contracts/accounts'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { OpenedSession } from '../../kernel/accounts/session-opening.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { describeDevice } from '../../platform/session/describe-device.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { type HandOutDeps, handOutSession } from '../../platform/session/hand-out-session.ts'
import { refreshCookie } from '../../platform/session/refresh-cookie.ts'
import { endFamilyOf } from '../../platform/session/refresh-tokens.ts'
import { changeMembership } from './change-membership.ts'
import { refreshSession } from './refresh-session.ts'
import { type SessionDeps, signIn } from './sign-in.ts'

export type SessionRouteDeps = SessionDeps & HandOutDeps & { readonly ended: EndedSessions }

const tags = ['sessions']

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
    response: { 200: Session, ...problemsOf('session-ended', 'session-locked') },
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
  const answer = async (reply: FastifyReply, session: OpenedSession): Promise<Session> => ({
    ...(await handOutSession(app, deps, reply, session)),
    account: session.account,
  })

  app.post('/sessions', open, async ({ body, ip, headers }, reply) => {
    const caller = { address: ip, device: describeDevice(headers['user-agent']) }
    return reply.code(201).send(await answer(reply, await signIn(deps, body, caller)))
  })
  app.post('/sessions/refresh', refresh, async ({ cookies }, reply) =>
    answer(reply, await refreshSession(deps, cookies[refreshCookie.name])),
  )
  app.delete('/sessions/current', end, async ({ cookies }, reply) => {
    const token = cookies[refreshCookie.name]
    if (token) {
      await deps.db.global((tx) => endFamilyOf(tx, token, deps.now()))
      await deps.ended.heard()
    }
    return reply.clearCookie(refreshCookie.name, { path: refreshCookie.path }).code(204).send(null)
  })
  app.post('/sessions/current/membership', change, async ({ body, signedIn }, reply) =>
    answer(reply, await changeMembership(deps, signedIn, body)),
  )
}
