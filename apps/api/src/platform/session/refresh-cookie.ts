import type { FastifyReply } from 'fastify'

/** The cookie that renews a session: scripts cannot read it, no other site sends it, and it goes nowhere else. */
export const refreshCookie = { name: 'maillage_refresh', path: '/api/v1/sessions' } as const

/** Hands out the next refresh token. `isSecure`: everywhere but on plain-http localhost. */
export function setRefreshCookie(
  reply: FastifyReply,
  next: { token: string; expiresAt: Date },
  isSecure: boolean,
): void {
  reply.setCookie(refreshCookie.name, next.token, {
    path: refreshCookie.path,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    expires: next.expiresAt,
  })
}
