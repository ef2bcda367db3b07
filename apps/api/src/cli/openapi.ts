import { buildApp } from '../app.ts'
import { openDatabase } from '../platform/db/database.ts'
import { openNotifications } from '../platform/live/notifications.ts'
import { createLog } from '../platform/log.ts'
import { version } from '../platform/version.ts'

/** The OpenAPI document as the API serves it. Nothing is started: the routes alone make it. */
export async function writeOpenapi(): Promise<string> {
  const refuse = (): never => {
    throw new Error('No request is answered while the document is written')
  }
  // Connects at the first question, and none is asked.
  const url = 'postgres://nobody@localhost/none'
  const db = openDatabase({ url, onError: refuse })
  const app = await buildApp({
    db,
    now: refuse,
    log: createLog('silent'),
    notifications: openNotifications({ url, channel: 'none', onError: refuse }),
    masterKey: Buffer.alloc(32),
    keys: { current: refuse, publicKey: refuse },
    readyChecks: {},
    fieldCipher: { sealer: refuse, seal: refuse, open: refuse, digests: refuse },
    acceptedHealthIds: [],
    settings: {
      version,
      publicUrl: 'http://localhost:3000',
      isDemo: false,
      demoAccounts: [],
      rateLimitMax: 1,
      trustProxy: false,
      cookieSecure: true,
    },
  })
  await app.ready()
  const document = JSON.stringify(app.swagger(), null, 2)
  await app.close()
  await db.close()
  return document
}
