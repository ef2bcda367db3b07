import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Claims } from './claims.ts'
import { setRefreshCookie } from './refresh-cookie.ts'
import { issueToken, type TokenDeps } from './tokens.ts'

export type HandOutDeps = TokenDeps & { readonly settings: { readonly cookieSecure: boolean } }

/** Hands out a session as an act left it: an access token for the body, the next refresh token in its cookie. */
export async function handOutSession(
  app: FastifyInstance,
  deps: HandOutDeps,
  reply: FastifyReply,
  { claims, refresh }: { claims: Claims; refresh?: { token: string; expiresAt: Date } },
): Promise<{ accessToken: string; expiresAt: string }> {
  if (refresh) setRefreshCookie(reply, refresh, deps.settings.cookieSecure)
  const { accessToken, expiresAt } = await issueToken(app, deps, claims)
  return { accessToken, expiresAt: expiresAt.toISOString() }
}
