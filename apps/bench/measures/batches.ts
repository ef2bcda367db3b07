import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { cpuOf } from '../load/process-cpu.ts'
import { percentile } from '../statistics.ts'

/** The program that works, and how to reach what it works on. */
export interface BatchesOptions {
  /** The program's address, as `http://127.0.0.1:3000`. */
  readonly url: string
  /** The bearer of a coordinator of the volume. */
  readonly token: string
  /** Of the superuser or of the owner of the tables. */
  readonly databaseUrl: string
  /** The server's process, for its memory and its work. */
  readonly pid?: number
  /** How long a job is watched at most; it is left to itself after. */
  readonly seconds: number
}

/** Times in ms of one page of the worklist, asked over and over by four clients. */
export interface PageTimes {
  readonly asked: number
  readonly p50: number
  readonly p99: number
}

/** What one job cost, and what it cost those who worked meanwhile. */
export interface BatchFigures {
  readonly job: string
  readonly alone: PageTimes
  readonly meanwhile: PageTimes
  /** p99 meanwhile, over p99 alone. */
  readonly ratio: number
  readonly seconds: number
  readonly isOver: boolean
  /** What the job went through, each second. */
  readonly casesPerSecond: number | undefined
  readonly cpuMs: number | undefined
  /** MiB. */
  readonly peakRss: number | undefined
}

const clients = 4
const aloneSeconds = 4

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
  const before = await askFor(options, sleep(aloneSeconds * 1000))
  const cpu = options.pid === undefined ? undefined : cpuOf(options.pid)
  const began = performance.now()
  const memory = watchMemory(options.pid)
  const running = runJob(database, job, options.seconds)
  const meanwhile = await askFor(options, running)
  const isOver = await running
  const seconds = (performance.now() - began) / 1000
  const worked = cpu === undefined || options.pid === undefined ? undefined : cpuOf(options.pid) - cpu
  const peakRss = memory()
  const after = await askFor(options, sleep(aloneSeconds * 1000))
  const alone = timesOf([...before, ...after])
  const times = timesOf(meanwhile)
  return {
    job,
    alone,
    meanwhile: times,
    ratio: times.p99 / alone.p99,
    seconds,
    isOver,
    casesPerSecond: cases === undefined || !isOver ? undefined : cases / seconds,
    cpuMs: worked,
    peakRss,
  }
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

/** Asks for the worklist with four clients until something ended; gives how long each page took. */
async function askFor({ url, token }: BatchesOptions, until: Promise<unknown>): Promise<number[]> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  until.then(end, end)
  const times: number[] = []
  const client = async (): Promise<void> => {
    while (!isOver) {
      const began = performance.now()
      const answer = await fetch(`${url}/api/v1/worklist?limit=50`, { headers: { authorization: `Bearer ${token}` } })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`The worklist answered ${answer.status}`)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

const timesOf = (times: readonly number[]): PageTimes => ({
  asked: times.length,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
})

/** Watches a process's memory; the answer is the most that it took meanwhile, in MiB. */
function watchMemory(pid: number | undefined): () => number | undefined {
  let most: number | undefined
  const look = (): void => {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(procOf(pid, 'status') ?? '')?.[1]
    if (kibibytes) most = Math.max(most ?? 0, Number(kibibytes) / 1024)
  }
  const timer = setInterval(look, 100)
  return () => {
    look()
    clearInterval(timer)
    return most
  }
}

function procOf(pid: number | undefined, file: string): string | undefined {
  if (pid === undefined) return undefined
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
