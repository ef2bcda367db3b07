import type { FastifyReply } from 'fastify'
import { newSecretToken } from '../crypto/digest.ts'

/** The cookie that tells which browser began a sign-in. Lax: the provider's page leads back to us, and Strict would stay away. */
export const flowCookie = { name: 'maillage_openid', path: '/api/v1/openid' } as const

/** Gives the browser its word, or leaves the one that it has: two tabs may sign in at once. */
export function setFlowCookie(reply: FastifyReply, known: string | undefined, isSecure: boolean): string {
  const browser = known !== undefined && /^[\w-]{43}$/.test(known) ? known : newSecretToken()
  const { name, path } = flowCookie
  reply.setCookie(name, browser, { path, httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: 600 })
  return browser
}
