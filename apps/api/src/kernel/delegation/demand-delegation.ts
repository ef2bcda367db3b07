import type { FastifyInstance } from 'fastify'
import type { Database } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { heldDelegations } from './held-delegations.ts'

/**
 * A secretary's token says nothing of those for whom they act: each request reads it, so that a delegation that ends is
 * worth nothing at the next one. Without any, only the session's own routes answer. Stands after `guardAccess`.
 */
export function demandDelegation(app: FastifyInstance, db: Database): void {
  app.addHook('onRequest', async (request) => {
    const hat = request.claims?.hat
    if (hat?.role !== 'secretary') return
    request.delegations = await db.read(hat.cptsId, (reader) => heldDelegations(reader, hat.cptsId, hat.membershipId))
    if (request.delegations.length === 0 && request.routeOptions.config.access !== 'signed-in')
      throw problem('delegation-ended')
  })
}
