import {
  BeginProviderSignIn,
  ProviderAnswer,
  ProviderParams,
  type ProviderRefusal,
  ProviderSignOut,
} from '@maillage/contracts/openid/sign-in'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { movedOn } from '../../platform/http/problem-responses.ts'
import { AnswerRefused } from '../../platform/openid/answer-refused.ts'
import { flowCookie, setFlowCookie } from '../../platform/openid/flow-cookie.ts'
import { describeDevice } from '../../platform/session/describe-device.ts'
import { lockedCookie, lockedSessionIn } from '../../platform/session/locked-cookie.ts'
import { refreshCookie, setRefreshCookie } from '../../platform/session/refresh-cookie.ts'
import { beginSignIn } from './begin-sign-in.ts'
import { endSignIn } from './end-sign-in.ts'
import type { OpenIdSignInDeps } from './openid-sign-in-deps.ts'
import { signOutThere } from './sign-out-there.ts'

export interface OpenIdRouteDeps extends OpenIdSignInDeps {
  readonly settings: { readonly publicUrl: string; readonly cookieSecure: boolean }
}

const tags = ['sessions']

const start = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Go and sign in at a provider',
    description: 'For a browser: leads to the provider, or back to the sign-in page with `refus=<code>`.',
    params: ProviderParams,
    querystring: BeginProviderSignIn,
    response: { 302: movedOn },
  },
} as const
const callback = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Come back from a provider',
    description:
      'For a browser that the provider sends: opens the session, sets the refresh cookie and leads to the screen that was asked for, or back to the sign-in page with `refus=<code>`.',
    params: ProviderParams,
    querystring: ProviderAnswer,
    response: { 302: movedOn },
  },
} as const
const signOut = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Learn where to sign out of the provider too',
    description: 'By the refresh cookie, before the session is ended.',
    response: { 200: ProviderSignOut },
  },
} as const

/** HTTP ↔ signing in through Pro Santé Connect or a hospital. */
export const openIdSignInRoutes: FastifyPluginAsyncZod<OpenIdRouteDeps> = async (app, deps) => {
  const { openId, settings } = deps
  const refusalPage = (refusal: ProviderRefusal, key: string): string =>
    `/connexion?${new URLSearchParams({ refus: refusal, par: key }).toString()}`

  app.get('/openid/:provider/start', start, async ({ params, query, cookies }, reply) => {
    const known = openId.find(params.provider)
    if (!known) return reply.redirect(refusalPage('unavailable', params.provider), 302)
    const browser = setFlowCookie(reply, cookies[flowCookie.name], settings.cookieSecure)
    try {
      const address = await beginSignIn(deps, known, { browser, returnTo: query.returnTo })
      return reply.redirect(address.href, 302)
    } catch (error) {
      if (!(error instanceof AnswerRefused)) throw error
      deps.log.warn({ provider: params.provider, detail: error.detail }, 'a provider could not be asked')
      return reply.redirect(refusalPage(error.reason, params.provider), 302)
    }
  })
  app.get('/openid/:provider/callback', callback, async ({ params, query, cookies, headers }, reply) => {
    const known = openId.find(params.provider)
    if (!known) return reply.redirect(refusalPage('expired', params.provider), 302)
    const browser = cookies[flowCookie.name]
    const ended = await endSignIn(deps, known, query, {
      browser,
      device: describeDevice(headers['user-agent']),
      locked: lockedSessionIn(cookies[lockedCookie.name]),
    })
    if ('refusal' in ended) return reply.redirect(refusalPage(ended.refusal, params.provider), 302)
    void reply.clearCookie(lockedCookie.name, { path: lockedCookie.path })
    const { refresh } = ended.session
    if (refresh) setRefreshCookie(reply, refresh, settings.cookieSecure)
    return reply.redirect(ended.returnTo, 302)
  })
  app.post('/sessions/current/provider-sign-out', signOut, async ({ cookies }) => ({
    url: await signOutThere(deps, cookies[refreshCookie.name]),
  }))
}
