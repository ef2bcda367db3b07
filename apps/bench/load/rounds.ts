import type { Server } from '../api/servers.ts'
import { median } from '../statistics.ts'
import type { Loader } from './load.ts'
import type { LoadSeen } from './load-process.ts'
import { cpuOf, cpuOfPostgres } from './process-cpu.ts'

/** What one server made of an operation: medians over the rounds, milliseconds. */
export interface Sample {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Processor a request: the server's own, then PostgreSQL's. */
  readonly serverMs: number
  readonly postgresMs: number
  /** And the load's, which the servers do not have. */
  readonly loadMs: number
  readonly bytes: number
  readonly answers: number
}

/** A server and what to send it; `requests` is asked at each round, for writes use theirs up. */
export interface Side {
  readonly server: Server
  readonly requests: () => readonly string[]
  readonly status: string
}

/** How often, how long, how many at once. */
export interface Pace {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly once?: boolean
}

/** Works that are measured together: the load, and the database that both sides use. */
export interface Bench {
  readonly loader: Loader
  readonly postmaster: number
}

/** A B A B…: what disturbs the machine disturbs both sides. */
export async function interleave(bench: Bench, sides: readonly Side[], pace: Pace): Promise<Sample[]> {
  const seen = sides.map((): Sample[] => [])
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const [index, side] of sides.entries()) seen[index]?.push(await measure(bench, side, pace))
  }
  return seen.map(middle)
}

async function measure(
  { loader, postmaster }: Bench,
  side: Side,
  { seconds, connections, once = false }: Pace,
): Promise<Sample> {
  const { port, pid } = side.server
  const order = { port, connections, requests: side.requests(), once }
  // Warm: plans are made, code is compiled.
  if (!once) await loader.run({ ...order, seconds: Math.min(1.5, seconds) })
  const before = [cpuOf(pid), cpuOfPostgres(postmaster)] as const
  const saw = await loader.run({ ...order, seconds })
  const after = [cpuOf(pid), cpuOfPostgres(postmaster)] as const
  refuseOthers(saw, side.status)
  return {
    perSecond: saw.answers / saw.seconds,
    p50: saw.p50,
    p99: saw.p99,
    serverMs: (after[0] - before[0]) / saw.answers,
    postgresMs: (after[1] - before[1]) / saw.answers,
    loadMs: saw.cpuMs / saw.answers,
    bytes: saw.bytes / saw.answers,
    answers: saw.answers,
  }
}

/** A refusal is quick: counted as an answer, it would flatter. One in a hundred is a race of the load's own. */
function refuseOthers({ answers, statuses }: LoadSeen, wanted: string): void {
  const good = statuses[wanted] ?? 0
  if (answers === 0 || good < answers * 0.99) throw new Error(`${wanted} was awaited: ${JSON.stringify(statuses)}`)
}

/** The median of each figure over the rounds. */
export const middle = (samples: readonly Sample[]): Sample => {
  const of = (field: keyof Sample): number => median(samples.map((sample) => sample[field]))
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    serverMs: of('serverMs'),
    postgresMs: of('postgresMs'),
    loadMs: of('loadMs'),
    bytes: of('bytes'),
    answers: of('answers'),
  }
}
