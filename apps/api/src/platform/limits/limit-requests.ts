import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { type LimitDeps, SharedLimits } from './shared-limits.ts'

/** So many requests a minute for an account or, before sign-in, an address (a network of IPv6), over all processes. */
export async function limitRequests(app: FastifyInstance, deps: LimitDeps, max: number): Promise<void> {
  class Store extends SharedLimits {
    constructor() {
      super(deps, 'all')
    }
  }
  await app.register(rateLimit, {
    max,
    timeWindow: '1 minute',
    store: Store,
    keyGenerator: (request) => request.claims?.accountId ?? normalizeIP(request.ip),
  })
}
