import type { FastifyReply } from 'fastify'
import * as z from 'zod'

/**
 * The cookie that names the locked session, to whoever comes back from a provider: the refresh cookie does not go there. It
 * opens nothing. Lax, as what leads back is the provider's page.
 */
export const lockedCookie = { name: 'maillage_locked', path: '/api/v1/openid' } as const

/** Leaves the session's name in the browser, until it is closed. `isSecure`: everywhere but on plain-http localhost. */
export function setLockedCookie(reply: FastifyReply, sessionId: string, isSecure: boolean): void {
  const { name, path } = lockedCookie
  reply.setCookie(name, sessionId, { path, httpOnly: true, sameSite: 'lax', secure: isSecure })
}

/** The session that it names; undefined when it holds anything else. */
export const lockedSessionIn = (cookie: string | undefined): string | undefined => z.uuid().safeParse(cookie).data
