import { type CronItem, Logger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Logger as Log } from 'pino'
import { OutboxRelay } from './outbox-relay.ts'

export interface JobRunner {
  /** Throws when the runner has stopped: part of `/readyz`. */
  check(): Promise<void>
  stop(): Promise<void>
}

export interface JobOptions {
  ownerUrl: string
  log: Pick<Log, 'error' | 'warn'>
  tasks: TaskList
  crontab: readonly CronItem[]
}

/**
 * Runs jobs inside this process, under the owner's role: graphile-worker for the queue and the timetable, our outbox
 * relay before it. Several processes may run at once; each job is taken by one.
 */
export async function runJobs({ ownerUrl, log, tasks, crontab }: JobOptions): Promise<JobRunner> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, application_name: 'maillage-jobs' })
  const onLost = (error: Error) => log.error({ err: error }, 'a connection of the job runner was lost')
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  const runner = await start(pool, log, tasks, crontab)
  const relay = new OutboxRelay(pool, {
    topics: Object.keys(tasks),
    onError: (error) => log.error({ err: error }, 'the outbox could not be read'),
  })
  let failure: unknown
  runner.promise.catch((error: unknown) => {
    failure = error
  })
  await relay.start(ownerUrl)
  return {
    async check() {
      if (failure) throw failure
      await pool.query('select 1')
    },
    async stop() {
      await relay.stop()
      await runner.stop().catch(() => undefined)
      await pool.end()
    },
  }
}

const start = (pool: pg.Pool, log: JobOptions['log'], tasks: TaskList, crontab: readonly CronItem[]): Promise<Runner> =>
  run({
    pgPool: pool,
    taskList: tasks,
    parsedCronItems: parseCronItems([...crontab]),
    // Long jobs (lists, the night's recomputation, a long trail to seal) leave places for the short ones.
    concurrency: 6,
    pollInterval: 500,
    // Long jobs stop between two batches as soon as they are told.
    gracefulShutdownAbortTimeout: 0,
    noHandleSignals: true,
    // Job payloads hold ids, yet messages of failed jobs may quote more: errors only, by their task.
    logger: new Logger(({ taskIdentifier }) => (level) => {
      if (level === 'error') log.error({ task: taskIdentifier }, 'a job failed and will be tried again')
    }),
  })
