import path from 'node:path'
import { describeDemo, prepareDemo } from '../seeds/demo/prepare-demo.ts'
import { buildApp } from './app.ts'
import { caseKindsOf } from './case-kinds.ts'
import { tasksOf, timetable } from './jobs.ts'
import { type Config, readConfig } from './platform/config.ts'
import { openDatabase } from './platform/db/database.ts'
import { locateDatabase } from './platform/db/locate-database.ts'
import { doorSettings } from './platform/http/door-settings.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { listen } from './platform/listen.ts'
import { createLog } from './platform/log.ts'
import { runProcess, stopOnSignal } from './platform/run-process.ts'
import { readMasterKey } from './platform/session/master-key.ts'
import { openSigningKeys } from './platform/session/signing-keys.ts'
import { version } from './platform/version.ts'
import { loadReference } from './reference/load-reference.ts'

const home = path.resolve(import.meta.dirname, '..')

await runProcess(async () => {
  const config = readConfig(process.env, path.resolve(home, '../../.data'))
  const log = createLog(config.logLevel)
  const database = await locateDatabase(
    { ...config, migrationsFolder: path.join(home, 'migrations'), loadReference },
    say,
  )
  const db = openDatabase({ url: database.url, onError: (error) => log.error(error, 'idle connection lost') })
  try {
    const now = (): Date => new Date()
    const keys = openSigningKeys({ db, now, masterKey: readMasterKey({ file: config.masterKeyFile, ...config }) })
    const demo = await prepareDemo({ ...config, ...database, now, say })
    const demoAccounts = demo?.accounts ?? []
    const settings = doorSettings(config, { version, demoAccounts, webDir: path.join(home, '../web/dist') })
    const deps = { db, now, kinds: caseKindsOf() }
    const jobs = await runJobs({
      ownerUrl: database.ownerUrl,
      log,
      tasks: tasksOf(deps, database.ownerUrl),
      crontab: timetable,
    })
    const readyChecks = {
      database: () => db.global(async (tx) => void (await tx.execute('select 1'))),
      jobs: () => jobs.check(),
    }
    const app = await buildApp({ db, log, now, keys, settings, readyChecks })
    stopOnSignal(async () => {
      say('Arrêt…')
      await app.close()
      await jobs.stop()
      await db.close()
      await database.stop()
    })
    say(`Maillage est prêt : ${addressOf(config, await listen(app, config.host, config.port))}`)
    if (demo) for (const line of describeDemo(demo)) say(line)
  } catch (error) {
    await db.close()
    await database.stop()
    throw error
  }
})

function addressOf(config: Config, port: number): string {
  const isLocal = config.host === '127.0.0.1' || config.host === '0.0.0.0' || config.host === '::'
  return config.publicUrl ?? `http://${isLocal ? 'localhost' : config.host}:${port}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
