import type { FastifyReply } from 'fastify'

/** The cookie of a browser that is asked for no code: scripts cannot read it, no other site sends it, and it opens nothing by itself. */
export const deviceCookie = { name: 'maillage_device', path: '/api/v1' } as const

/** Leaves the token in the browser. `isSecure`: everywhere but on plain-http localhost. */
export function setDeviceCookie(
  reply: FastifyReply,
  device: { token: string; expiresAt: Date },
  isSecure: boolean,
): void {
  reply.setCookie(deviceCookie.name, device.token, {
    path: deviceCookie.path,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    expires: device.expiresAt,
  })
}
