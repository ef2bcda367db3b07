import { ChangeMembership, Session, SignIn } from '@maillage/contracts/accounts'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import type { OpenedSession } from '../../kernel/accounts/session-opening.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { describeDevice } from '../../platform/session/describe-device.ts'
import { deviceCookie, setDeviceCookie } from '../../platform/session/device-cookie.ts'
import { type HandOutDeps, handOutSession } from '../../platform/session/hand-out-session.ts'
import { refreshCookie } from '../../platform/session/refresh-cookie.ts'
import { changeMembership } from './change-membership.ts'
import { type RefreshDeps, refreshSession } from './refresh-session.ts'
import { recordRefusedSignIn, signIn } from './sign-in.ts'
import { type SignOutDeps, signOut } from './sign-out.ts'

export type SessionRouteDeps = SecondFactorDeps & HandOutDeps & RefreshDeps & SignOutDeps

const tags = ['sessions']

const open = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Sign in',
    description:
      'Failed tries slow down: 429 says how long to wait. Sets the refresh cookie, and that of a remembered browser.',
    body: SignIn,
    response: { 201: Session, ...problemsOf('wrong-credentials', 'second-factor-required', 'wrong-second-factor') },
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
    response: { 200: Session, ...problemsOf('session-ended', 'second-factor-to-enrol', 'role-may-not') },
  },
} as const

/** HTTP ↔ the session's acts. The refresh token travels in a cookie that scripts cannot read and no other site sends. */
export const sessionRoutes: FastifyPluginAsyncZod<SessionRouteDeps> = async (app, deps) => {
  const answer = async (reply: FastifyReply, session: OpenedSession): Promise<Session> => ({
    ...(await handOutSession(app, deps, reply, session)),
    account: session.account,
    mustEnrol: session.claims.mustEnrol,
  })
  /** Once the answer left, so that a known e-mail takes no longer than an unknown one. */
  const recordAfter = (reply: FastifyReply, email: string): void => {
    reply.raw.once('finish', () => {
      recordRefusedSignIn(deps, email).catch((error: unknown) => {
        reply.log.error({ err: error }, 'a refused sign-in could not be recorded')
      })
    })
  }

  app.post('/sessions', open, async ({ body, ip, headers, cookies }, reply) => {
    const device = describeDevice(headers['user-agent'])
    try {
      const session = await signIn(deps, body, { address: ip, device, deviceToken: cookies[deviceCookie.name] })
      if (session.remembered) setDeviceCookie(reply, session.remembered, deps.settings.cookieSecure)
      return reply.code(201).send(await answer(reply, session))
    } catch (error) {
      if (isRefusedProof(error)) recordAfter(reply, body.email)
      throw error
    }
  })
  app.post('/sessions/refresh', refresh, async ({ cookies }, reply) =>
    answer(reply, await refreshSession(deps, cookies[refreshCookie.name])),
  )
  app.delete('/sessions/current', end, async ({ cookies }, reply) => {
    await signOut(deps, cookies[refreshCookie.name])
    return reply.clearCookie(refreshCookie.name, { path: refreshCookie.path }).code(204).send(null)
  })
  app.post('/sessions/current/membership', change, async ({ body, signedIn }, reply) =>
    answer(reply, await changeMembership(deps, signedIn, body)),
  )
}

/** Not the second step itself, which is asked of everybody, nor a try that came too soon: the trail must not be floodable. */
const isRefusedProof = (error: unknown): boolean =>
  error instanceof ProblemError && (error.code === 'wrong-credentials' || error.code === 'wrong-second-factor')
