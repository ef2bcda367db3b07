import { type ChildProcess, fork, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, inherited, root, stopInOrder } from '../program.ts'

/** A server that is measured. */
export interface Server {
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

/** Of a process that was forked or spawned just now. */
export function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('The process did not start')
  return pid
}

/** Starts the limit on the same database as the product. `acts` is what the product's pages were seen to allow. */
export async function startLimit(databaseUrl: string, acts: Record<string, string[]>): Promise<Server> {
  const port = await freePort()
  const child = fork(path.join(import.meta.dirname, 'limit-server.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...inherited(), PORT: String(port), LIMIT_DATABASE_URL: databaseUrl, LIMIT_ACTS: JSON.stringify(acts) },
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`The limit ended (${code})`)))
  })
  return { port, pid: pidOf(child), stop: () => stopInOrder(child) }
}

/** How the product is started. */
export interface Start {
  readonly dataDir: string
  /** What Node is asked besides: profiles, an inspector. */
  readonly nodeArguments?: readonly string[]
  readonly environment?: NodeJS.ProcessEnv
  /** When it counts as started; else when it says so itself. */
  readonly readiness?: (port: number) => Promise<boolean>
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
  return answer?.ok === true
}

/**
 * Starts the built API as `pnpm start` does, on data that exist. Its limiter of requests is raised, since one address
 * sends them all; everything else is as it comes.
 */
export async function startProduct({
  dataDir,
  nodeArguments = [],
  environment = {},
  readiness = isReady,
}: Start): Promise<Server> {
  const port = await freePort()
  const log = path.join(dataDir, 'api.log')
  const out = openSync(log, 'w')
  const child = spawn(process.execPath, [...nodeArguments, path.join(root, 'apps/api/dist/main.js')], {
    cwd: root,
    env: {
      ...inherited(),
      HOST: '127.0.0.1',
      PORT: String(port),
      MAILLAGE_DATA_DIR: dataDir,
      MAILLAGE_DEMO: 'off',
      RATE_LIMIT_MAX: '1000000000',
      ...environment,
    },
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  await untilListening(child, () => readiness(port), log)
  return { port, pid: pidOf(child), stop: () => stopInOrder(child) }
}

async function untilListening(child: ChildProcess, readiness: () => Promise<boolean>, log: string): Promise<void> {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The API ended (${child.exitCode}):\n${readFileSync(log, 'utf8')}`)
    if (await readiness()) return
    await sleep(5)
  }
  throw new Error(`The API is not ready:\n${readFileSync(log, 'utf8')}`)
}
