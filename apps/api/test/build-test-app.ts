import { randomBytes } from 'node:crypto'
import { healthIdAuthorities } from '@maillage/contracts/coordination/patient-identity'
import type { FastifyInstance } from 'fastify'
import { type AppDeps, buildApp } from '../src/app.ts'
import { openFieldCipher, prepareDataKeys } from '../src/platform/crypto/field-cipher.ts'
import { openNotifications } from '../src/platform/live/notifications.ts'
import { createLog } from '../src/platform/log.ts'
import { openSigningKeys } from '../src/platform/session/signing-keys.ts'
import { openTestDatabase, type TestDatabase } from './test-db.ts'

/** The whole API over a private database, called through `app.inject`. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly deps: AppDeps
  readonly database: TestDatabase
  close(): Promise<void>
}

/** Builds the app as main.ts does, with every answer checked against its contract. Call it in `beforeAll`. */
export async function buildTestApp(over: Partial<AppDeps> & { masterKey?: Buffer } = {}): Promise<TestApp> {
  const database = await openTestDatabase()
  const now = over.now ?? (() => new Date())
  const notifications = openNotifications({ url: database.url, channel: 'maillage_case', onError: () => undefined })
  const masterKey = over.masterKey ?? randomBytes(32)
  await prepareDataKeys({ ...database, masterKey, now: () => new Date() })
  const deps: AppDeps = {
    db: database.db,
    now,
    log: createLog('silent'),
    masterKey,
    keys: openSigningKeys({ db: database.db, now, masterKey }),
    fieldCipher: openFieldCipher(masterKey),
    acceptedHealthIds: healthIdAuthorities,
    notifications,
    readyChecks: {},
    settings: {
      version: '0.0.0',
      publicUrl: 'http://localhost:3000',
      isDemo: false,
      demoAccounts: [],
      rateLimitMax: 100_000,
      trustProxy: false,
      cookieSecure: false,
      verifyAnswers: true,
    },
    ...over,
  }
  const app = await buildApp(deps)
  await app.ready()
  return {
    app,
    deps,
    database,
    async close() {
      await app.close()
      await notifications.close()
      await database.close()
    },
  }
}
