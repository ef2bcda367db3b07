import type { FastifyInstance } from 'fastify'

/** One line a request: the route's pattern, never the address as sent, for a query may hold what somebody typed. */
export function logRequests(app: FastifyInstance): void {
  // The line holds these six facts and nothing that anybody typed: looking through it for what must be masked, some
  // hundred places, would cost more than all the rest of writing it.
  const lines = app.log.child({}, { redact: [] })
  app.addHook('onResponse', (request, reply, done) => {
    lines.info({
      reqId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      account: request.claims?.accountId,
    })
    done()
  })
}
