import type { FastifyInstance } from 'fastify'
import { problem } from '../problem-error.ts'

/** What must work before a request is welcome; each throws when it does not. */
export type ReadyChecks = Readonly<Record<string, () => Promise<void>>>

/** `/livez`: the process answers. `/readyz`: so do the database, the schema and the job runner. */
export function addHealthRoutes(app: FastifyInstance, checks: ReadyChecks): void {
  const config = { access: 'public', limit: false } as const
  app.get('/livez', { config, schema: { hide: true } }, async () => ({ status: 'alive' }))
  app.get('/readyz', { config, schema: { hide: true } }, async (request) => {
    for (const [name, check] of Object.entries(checks)) {
      await check().catch((error: unknown) => {
        request.log.warn({ check: name, err: error }, 'not ready')
        throw problem('not-ready', { retryAfter: 2 })
      })
    }
    return { status: 'ready' }
  })
}
