import { LockedSession, UnlockSession } from '@maillage/contracts/access/sessions'
import { Session } from '@maillage/contracts/accounts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { type HandOutDeps, handOutSession } from '../../platform/session/hand-out-session.ts'
import { setLockedCookie } from '../../platform/session/locked-cookie.ts'
import { refreshCookie } from '../../platform/session/refresh-cookie.ts'
import { type LockDeps, lockSession, unlockSession } from './lock-session.ts'
import { waysBack } from './ways-back.ts'

export type LockRouteDeps = LockDeps & HandOutDeps

const tags = ['sessions']

const lock = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Lock the session that the cookie holds',
    description: 'Until it is unlocked, its access tokens and its cookie are refused, in every process.',
    response: { 204: noContent },
  },
} as const
const ways = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Learn how the session that the cookie holds is unlocked',
    response: { 200: LockedSession, ...problemsOf('session-ended') },
  },
} as const
const unlock = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Go on with a locked session',
    description:
      'By the password, or by a code where an authenticator protects the account. Failed tries slow down as those of signing in do. Sets the refresh cookie.',
    body: UnlockSession,
    response: { 200: Session, ...problemsOf('wrong-credentials', 'wrong-second-factor', 'session-ended') },
  },
} as const

/** HTTP ↔ the lock of a screen that its owner left. The cookie tells which: an access token may have expired meanwhile. */
export const lockRoutes: FastifyPluginAsyncZod<LockRouteDeps> = async (app, deps) => {
  app.post('/sessions/current/lock', lock, async ({ cookies }, reply) => {
    await lockSession(deps, cookies[refreshCookie.name])
    return reply.code(204).send(null)
  })
  app.get('/sessions/current/lock', ways, async ({ cookies }, reply) => {
    const { sessionId, ways } = await waysBack(deps, cookies[refreshCookie.name])
    if (ways.provider) setLockedCookie(reply, sessionId, deps.settings.cookieSecure)
    return ways
  })
  app.post('/sessions/current/unlock', unlock, async ({ body, cookies, ip }, reply) => {
    const opened = await unlockSession(deps, cookies[refreshCookie.name], body, ip)
    return { ...(await handOutSession(app, deps, reply, opened)), account: opened.account }
  })
}
