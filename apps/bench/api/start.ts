import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '@maillage/embedded-postgres'
import { emailOf } from '@maillage/many-cases/volume'
import { residentMiB } from '../load/process-cpu.ts'
import { median } from '../statistics.ts'
import { type Server, startProduct } from './servers.ts'
import { signIn } from './tenants.ts'

/** From the start of the process to the first page of the queue, and what it holds in memory then. */
export interface Started {
  /** PostgreSQL running already, migrations applied: what the program itself takes. */
  readonly aloneMs: number
  /** PostgreSQL started by it too. */
  readonly withPostgresMs: number
  readonly restMiB: number
}

/** Starts the program several times on data that exist; nothing else of it may run there. */
export async function measureStart(dataDir: string, times: number): Promise<Started> {
  const first = await startProduct({ dataDir })
  const headers = await signIn(first.port, emailOf('coordination', 1, 1))
  await first.stop()
  const withPostgres = await untilAnswered(dataDir, headers, times)
  const postgres = await startEmbedded({ dir: path.join(dataDir, 'postgres') })
  try {
    const alone = await untilAnswered(dataDir, headers, times)
    return { aloneMs: alone.ms, withPostgresMs: withPostgres.ms, restMiB: alone.restMiB }
  } finally {
    await postgres.stop()
  }
}

async function untilAnswered(
  dataDir: string,
  headers: Record<string, string>,
  times: number,
): Promise<{ ms: number; restMiB: number }> {
  const [took, resident]: [number[], number[]] = [[], []]
  for (let time = 0; time < times; time += 1) {
    const start = performance.now()
    const server = await startProduct({ dataDir, readiness: (port) => answers(port, headers) })
    took.push(performance.now() - start)
    resident.push(await restOf(server))
    await server.stop()
  }
  return { ms: median(took), restMiB: median(resident) }
}

async function answers(port: number, headers: Record<string, string>): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/worklist`, { headers }).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.status === 200
}

/** What it holds once nobody has asked anything for some seconds. */
async function restOf({ pid }: Server): Promise<number> {
  await sleep(4000)
  return residentMiB(pid)
}
