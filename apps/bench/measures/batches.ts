import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Asking, type Beside, beside } from './beside.ts'

/** The program that works, and how to reach what it works on. */
export interface BatchesOptions extends Asking {
  /** Of the superuser or of the owner of the tables. */
  readonly databaseUrl: string
  /** The server's process, for its memory and its work. */
  readonly pid: number
  /** How long a job is watched at most; it is left to itself after. */
  readonly seconds: number
}

/** What one job cost, and what it cost those who worked meanwhile. */
export interface BatchFigures extends Beside {
  readonly job: string
  readonly isOver: boolean
  /** What the job went through, each second. */
  readonly perSecond: number | undefined
}

/** The open cases that each job looks at. */
const jobs = [
  { job: 'recompute-priorities', where: `kind = 'gp-search'` },
  { job: 'tend-cases', where: `kind <> 'gp-search'` },
  { job: 'tell-every-unread', where: `band_rank = 1 or escalated_at is not null or kind = 'unscheduled-care'` },
  { job: 'close-unanswered', where: `kind = 'gp-search' and status = 'info_requested'` },
  { job: 'seal-audit', where: undefined },
  { job: 'clean-up', where: undefined },
] as const

/** Runs each job of the timetable once, by the program's own queue, between and during questions about the worklist. */
export async function measureBatches(options: BatchesOptions, say: (words: string) => void): Promise<BatchFigures[]> {
  const database = new pg.Client({ connectionString: options.databaseUrl })
  await database.connect()
  const figures: BatchFigures[] = []
  try {
    for (const { job, where } of jobs) {
      say(`${job}…`)
      const cases = where && (await countCases(database, where))
      figures.push(await measureOne(options, database, job, cases))
    }
  } finally {
    await database.end()
  }
  return figures
}

async function countCases(database: pg.Client, where: string): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    `select count(*)::int as n from cases where is_open and (${where})`,
  )
  return rows[0]?.n ?? 0
}

async function measureOne(
  options: BatchesOptions,
  database: pg.Client,
  job: string,
  cases: number | undefined,
): Promise<BatchFigures> {
  let isOver = false
  const cost = await beside(options, options.pid, async () => {
    isOver = await runJob(database, job, options.seconds)
  })
  const perSecond = cases === undefined || !isOver ? undefined : cases / cost.seconds
  return { job, ...cost, isOver, perSecond }
}

/** Queues a job and waits for its end; false when it outlasts our patience. */
async function runJob(database: pg.Client, job: string, seconds: number): Promise<boolean> {
  const { rows } = await database.query<{ id: string }>(
    `select (graphile_worker.add_job($1, '{}', max_attempts := 1)).id::text as id`,
    [job],
  )
  const deadline = performance.now() + seconds * 1000
  while (performance.now() < deadline) {
    await sleep(100)
    const left = await database.query(
      'select from graphile_worker.jobs where id = $1 and (attempts < max_attempts or locked_at is not null)',
      [rows[0]?.id],
    )
    if (left.rowCount === 0) return true
  }
  return false
}
