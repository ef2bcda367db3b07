import type { FastifyInstance } from 'fastify'

/** One line a request: the route's pattern, never the address as sent, for a query may hold what somebody typed. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      account: request.claims?.accountId,
    })
    done()
  })
}
