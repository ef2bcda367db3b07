import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problem } from '../problem-error.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const ownCookie = /(?:^|;\s*)(?:__Host-|__Secure-)?maillage[_-]/

/**
 * Refuses what a page of another site makes a browser send: a cookie goes along by itself, and a refresh, a sign-in or a
 * form would be somebody else's will. Stands before the bearer is read, for every route that changes something.
 */
export function refuseElsewhere(app: FastifyInstance, publicUrl: string): void {
  const own = new URL(publicUrl)
  app.addHook('onRequest', (request, _reply, done) => {
    if (reading.has(request.method) || isFromHere(request, own)) done()
    else done(problem('from-elsewhere'))
  })
}

/**
 * Browsers say where a request comes from: since 2020 in `Sec-Fetch-Site`, which no script can write, before in `Origin`
 * (and still over plain http). A request with neither comes from no browser page of another site; it is taken at its
 * word unless a cookie of ours is all that it shows.
 */
function isFromHere({ headers, url }: FastifyRequest, own: URL): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (headers.origin !== undefined) return isOwnOrigin(headers.origin, headers.host, own)
  // Pages ask for a word that is drawn from the cookie: the oldest browsers, which say neither, can use them.
  if (!url.startsWith('/api/')) return true
  return headers.authorization !== undefined || !ownCookie.test(headers.cookie ?? '') || isJson(headers)
}

/** A trial over plain http is reached by more than one name; its own, whatever it is, stands in `Host`. */
function isOwnOrigin(origin: string, host: string | undefined, own: URL): boolean {
  if (origin === own.origin) return true
  return own.protocol === 'http:' && URL.canParse(origin) && new URL(origin).host === host
}

// No page of another site can send one without asking first, and nobody here answers that question.
const isJson = (headers: FastifyRequest['headers']): boolean =>
  /^application\/json\b/i.test(headers['content-type'] ?? '')
