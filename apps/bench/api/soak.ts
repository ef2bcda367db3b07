import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { rawRequest } from '../load/load.ts'
import { readOperations } from './reads.ts'
import { startProduct } from './servers.ts'
import type { Stage } from './stage.ts'
import type { Tenant } from './tenants.ts'
import { findTargets, writeOperations } from './writes.ts'

/** What the program held at one moment, after the unused was collected. Sizes in MiB. */
export interface Soaked {
  readonly minute: number
  readonly heap: number
  readonly external: number
  readonly resident: number
  readonly sockets: number
  readonly timers: number
  readonly listeners: number
  /** Connections to the database, and the memory of the largest: prepared statements and their plans stay in it. */
  readonly backends: number
  readonly largestBackend: number
}

interface Line extends Record<'heapUsed' | 'external' | 'rss' | 'sockets' | 'timers' | 'listeners', number> {}

const MiB = 2 ** 20

/**
 * All that coordinators read, and some of what they write, for a long time; each minute what is left after collection.
 * The soaked program is one of its own, with a probe in it.
 */
export async function soak(stage: Stage, minutes: number, say: (words: string) => void): Promise<Soaked[]> {
  const file = path.join(stage.dataDir, 'soak.jsonl')
  const probe = path.join(import.meta.dirname, 'soak-probe.mjs')
  const server = await startProduct({
    dataDir: stage.dataDir,
    nodeArguments: ['--expose-gc', '--import', probe],
    environment: { SOAK_FILE: file },
  })
  const soaked: Soaked[] = []
  try {
    for (let minute = 1; minute <= minutes; minute += 1) {
      await oneMinute(stage, server.port)
      // Idle connections to a browser close after a while: what stays is ours.
      await sleep(6000)
      process.kill(server.pid, 'SIGUSR2')
      await sleep(1000)
      soaked.push({ minute, ...lastLine(file), ...(await backendsOf(stage.client)) })
      const { heap, resident } = soaked.at(-1) ?? { heap: Number.NaN, resident: Number.NaN }
      say(`  minute ${minute} : tas ${heap.toFixed(1)} Mio, résident ${resident.toFixed(0)} Mio`)
    }
  } finally {
    await server.stop()
  }
  return soaked
}

function lastLine(file: string): Omit<Soaked, 'minute' | 'backends' | 'largestBackend'> {
  // Written by the probe, a line a signal.
  const line = JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '{}') as Line
  const { heapUsed, external, rss, sockets, timers, listeners } = line
  return { heap: heapUsed / MiB, external: external / MiB, resident: rss / MiB, sockets, timers, listeners }
}

async function oneMinute(stage: Stage, port: number): Promise<void> {
  const tenants = await stage.tenants()
  const reads = tenants.slice(0, 10).flatMap((tenant) => readsOf(tenant))
  await stage.bench.loader.run({ port, connections: 8, seconds: 40, requests: reads, once: false })
  const headers = new Map(tenants.map((tenant) => [tenant.cptsId, tenant.headers]))
  for (const operation of writeOperations) {
    const targets = await findTargets(stage.client, operation, 'product', 40)
    const requests = targets.map((target) => {
      const { url, body, headers: own } = operation.request(target)
      return rawRequest('POST', url, { ...headers.get(target.cpts_id), ...own }, body)
    })
    await stage.bench.loader.run({ port, connections: 4, seconds: 4, requests, once: true })
  }
}

const readsOf = (tenant: Tenant): string[] =>
  readOperations.flatMap(({ reads }) =>
    reads(tenant).map(({ method = 'GET', url, headers, body }) =>
      rawRequest(method, url, { ...tenant.headers, ...headers }, body),
    ),
  )

/** Resident memory without what all share, read from the system's own account of each backend. */
async function backendsOf(client: pg.Client): Promise<{ backends: number; largestBackend: number }> {
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and usename = 'maillage_app'`,
  )
  const sizes = rows.map(({ pid }) => privateMiB(pid))
  return { backends: rows.length, largestBackend: Math.max(0, ...sizes) }
}

function privateMiB(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const found = /Private_Dirty:\s+(\d+) kB/.exec(rollup)
    return found ? Number(found[1]) / 1024 : Number.NaN
  } catch {
    return Number.NaN
  }
}
