import path from 'node:path'
import { describeDemo, prepareDemo } from '../seeds/demo/prepare-demo.ts'
import { buildApp } from './app.ts'
import { caseKindsOf } from './case-kinds.ts'
import { tasksOf, timetable } from './jobs.ts'
import { acceptedAuthorities } from './kernel/patients/patient-identity.store.ts'
import { forgetSecrets } from './platform/config/secrets.ts'
import { type Config, readConfig } from './platform/config.ts'
import { openFieldCipher, prepareDataKeys } from './platform/crypto/field-cipher.ts'
import { demandMasterKey } from './platform/crypto/wrapped-columns.ts'
import { asOwner } from './platform/db/as-owner.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { locateDatabase } from './platform/db/locate-database.ts'
import { doorSettings } from './platform/http/door-settings.ts'
import { openOwner } from './platform/jobs/owner.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { listen } from './platform/listen.ts'
import { openNotifications } from './platform/live/notifications.ts'
import { createLog } from './platform/log.ts'
import { openMailer } from './platform/mail/open-mailer.ts'
import { openSecureMailer } from './platform/mail/secure-mailer.ts'
import { logCrashes, runProcess, stopOnSignal } from './platform/run-process.ts'
import { readMasterKey } from './platform/session/master-key.ts'
import { openSigningKeys } from './platform/session/signing-keys.ts'
import { openTexter } from './platform/sms/open-texter.ts'
import { buildOf, version } from './platform/version.ts'
import { loadReference } from './reference/load-reference.ts'

const home = path.resolve(import.meta.dirname, '..')
/** What a message names when neither PUBLIC_URL nor PORT was given: the port that is tried first. */
const usualPort = 3000

await runProcess(async () => {
  // What was opened is closed in the opposite order, at a signal as well as when a later step of the start fails.
  const opened: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (let close = opened.pop(); close; close = opened.pop()) await close()
  }
  try {
    await serve(opened, stop)
  } catch (error) {
    await stop()
    throw error
  }
})

async function serve(opened: (() => Promise<void>)[], stop: () => Promise<void>): Promise<void> {
  const config = readConfig(process.env, path.resolve(home, '../../.data'))
  forgetSecrets(process.env)
  const log = createLog(config.logLevel)
  logCrashes(log)
  const database = await locateDatabase(
    { ...config, migrationsFolder: path.join(home, 'migrations'), loadReference },
    say,
  )
  opened.push(() => database.stop())
  const db = openDatabase({ url: database.url, onError: (error) => log.error(error, 'idle connection lost') })
  opened.push(() => db.close())
  const onDeaf = (error: unknown): void => log.error({ err: error }, 'the connection that listens to changes was lost')
  const notifications = openNotifications({ url: database.url, channel: 'maillage_case', onError: onDeaf })
  opened.push(() => notifications.close())
  const now = (): Date => new Date()
  const keyring = await openKeyring(config, { db, ownerUrl: database.ownerUrl, now })
  const demo = await prepareDemo({ ...config, ...database, now, say, identities: keyring })
  const demoAccounts = demo?.accounts ?? []
  // The file that runs: a bundle keeps the places of its sources, but not under this spelling.
  const { filename } = import.meta
  const webDir = path.join(home, '../web/dist')
  const settings = doorSettings(config, { version, build: buildOf(filename), demoAccounts, webDir })
  const { ownerUrl } = database
  const mailer = openMailer({ ...config.mail, folder: path.join(config.dataDir, 'courrier') })
  opened.push(async () => mailer.close())
  const secureMailer =
    config.mssante && openSecureMailer({ ...config.mssante, folder: path.join(config.dataDir, 'mssante') })
  opened.push(async () => secureMailer?.close())
  const texter = openTexter({ ...config.sms, folder: path.join(config.dataDir, 'sms') })
  const publicUrl = addressOf(config, config.port ?? usualPort)
  const owner = openOwner(ownerUrl, (error) => log.error({ err: error }, 'a connection of the jobs was lost'))
  opened.push(() => owner.close())
  const onProgress = (job: string, counts: object): void => log.info({ job, ...counts }, 'a job went on')
  const tasks = tasksOf({ db, now, kinds: caseKindsOf(), mailer, secureMailer, texter, publicUrl, owner, onProgress })
  const jobs = await runJobs({ ownerUrl, log, tasks, crontab: timetable })
  opened.push(() => jobs.stop())
  const readyChecks = {
    database: () => db.global(async (tx) => void (await tx.execute('select 1'))),
    jobs: () => jobs.check(),
  }
  const app = await buildApp({
    ...{ db, log, now, notifications, settings, readyChecks, openIdProviders: config.openId },
    ...keyring,
  })
  opened.push(() => app.close())
  stopOnSignal(async () => {
    say('Arrêt…')
    await stop()
  })
  say(`Maillage est prêt : ${addressOf(config, await listen(app, config.host, config.port))}`)
  say(`E-mails : ${mailer.describe}`)
  say(`SMS : ${texter.describe}`)
  if (secureMailer) say(`MSSanté : ${secureMailer.describe}`)
  if (demo) for (const line of describeDemo(demo)) say(line)
}

/** What opens what the database keeps wrapped or sealed; refused when the master key is not the one that closed it. */
async function openKeyring(config: Config, { db, ownerUrl, now }: { db: Database; ownerUrl: string; now: () => Date }) {
  const masterKey = readMasterKey({ file: config.masterKeyFile, ...config })
  await demandMasterKey(db, masterKey)
  await prepareDataKeys({ db, asOwner: (work) => asOwner(ownerUrl, work), masterKey, now })
  return {
    masterKey,
    keys: openSigningKeys({ db, now, masterKey }),
    fieldCipher: openFieldCipher(masterKey),
    acceptedHealthIds: acceptedAuthorities({ isDemo: config.demo !== undefined, ...config }),
  }
}

function addressOf(config: Config, port: number): string {
  const isLocal = config.host === '127.0.0.1' || config.host === '0.0.0.0' || config.host === '::'
  return config.publicUrl ?? `http://${isLocal ? 'localhost' : config.host}:${port}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
