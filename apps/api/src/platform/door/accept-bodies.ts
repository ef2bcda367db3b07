import type { FastifyInstance } from 'fastify'
import { problem } from '../problem-error.ts'

/** Of somebody who has not signed in: a few fields. */
const strangerBytes = 64 * 1024

/**
 * The API reads JSON as it is, and what a route of uploads or a scope of pages adds for itself. Plain text is what a form
 * of another site can send without asking; a compressed body is one whose size nobody knows before it is unfolded.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === 'public') route.bodyLimit ??= strangerBytes
  })
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const encoding = headers['content-encoding'] ?? 'identity'
    if (encoding.toLowerCase() === 'identity') done()
    else done(problem('unsupported-media-type'))
  })
}
