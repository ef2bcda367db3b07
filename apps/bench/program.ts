import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, '../..')

/** The Maillage that is measured. */
export interface Program {
  readonly url: string
  /** That of the demo accounts. */
  readonly password: string
  /** Where its data lie; unknown when somebody else started it and did not tell. */
  readonly dataDir: string | undefined
  /** Was it started for this run, on throw-away data? */
  readonly ours: boolean
  stop(): Promise<void>
}

/** The program that MAILLAGE_BENCH_URL names, else the built one, started with its demo on throw-away data. */
export async function findProgram(): Promise<Program> {
  const { MAILLAGE_BENCH_URL: url, MAILLAGE_BENCH_DATA_DIR: dataDir, DEMO_PASSWORD: password } = process.env
  if (!url) return await startProgram()
  if (!password) throw new Error('DEMO_PASSWORD must tell the password of the demo accounts of MAILLAGE_BENCH_URL')
  return { url, password, dataDir, ours: false, stop: async () => undefined }
}

async function startProgram(): Promise<Program> {
  const port = await freePort()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'maillage-bench-'))
  const password = 'des-mesures-de-bout-en-bout'
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...inherited(),
      HOST: '127.0.0.1',
      PORT: String(port),
      MAILLAGE_DATA_DIR: dataDir,
      MAILLAGE_DEMO: 'on',
      DEMO_PASSWORD: password,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const output = (): string => said.join('')
  const stop = async (): Promise<void> => {
    await stopInOrder(child)
    // Under root the database lies elsewhere, and the program says where.
    const elsewhere = /Données gardées dans (.+)/.exec(output())?.[1]
    for (const place of elsewhere ? [dataDir, elsewhere] : [dataDir]) rmSync(place, { recursive: true, force: true })
  }
  try {
    return { url: await untilReady(child, output), password, dataDir, ours: true, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the shell of whoever measures holds must not decide where the program writes. */
export function inherited(): NodeJS.ProcessEnv {
  const ours = /^(DATABASE_|MAILLAGE_|DEMO_|MASTER_KEY|PUBLIC_URL|PORT$|HOST$|NODE_|RATE_LIMIT|TRUST_PROXY|PG)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function untilReady(child: ChildProcess, output: () => string): Promise<string> {
  // A first start builds the API and the screens, then seeds the demo.
  const patienceMs = 300_000
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Maillage ended (${child.exitCode}):\n${output()}`)
    const url = /Maillage est prêt : (http\S+)/.exec(output())?.[1]
    const answer = url ? await fetch(`${url}/readyz`).catch(() => undefined) : undefined
    if (url && answer?.ok) return url
    await sleep(100)
  }
  throw new Error(`Maillage is not ready after ${patienceMs} ms:\n${output()}`)
}

/** Asks a process to end, and waits for it. */
export async function stopInOrder(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(20_000, undefined, { ref: false })])
  if (child.exitCode === null && child.signalCode === null) throw new Error(`Process ${child.pid} does not end`)
}
