import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/db/database.ts'

/** What the whole API is made from; nothing else is reached for. */
export interface Deps {
  readonly config: Config
  readonly db: Database
  readonly ownerUrl: string
  readonly log: Logger
  readonly now: () => Date
}

/** Builds the API, ready to listen. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = deps.log
  const app = Fastify({ loggerInstance, trustProxy: deps.config.trustProxy })
  app.get('/livez', () => ({ status: 'ok' }))
  await app.ready()
  return app
}
