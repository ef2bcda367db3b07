import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { familyOf, listProcesses, type RunningProcess } from './processes.ts'

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, '../../..')

/** How to start Maillage: as a user would, `node scripts/start.mjs`, unless told otherwise. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Put before node: a program that starts it in other surroundings. */
  readonly wrapper?: readonly string[]
  /** Another copy of the repository. */
  readonly folder?: string
  /** Kept from one start to the next; a new throw-away one when absent. */
  readonly dataDir?: string
  readonly patienceMs?: number
  /** Asks whether it is ready, where its address cannot be reached from here. */
  readonly isReady?: (url: string, pid: number) => Promise<boolean>
}

/** A Maillage that answers. */
export interface Program {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** From the start of the process to the first good `/readyz`. */
  readonly readyAfterMs: number
  output(): string
  /** The program, its database and whatever keeps them. */
  family(): RunningProcess[]
  /** Stops it in order (SIGTERM) and gives what still lives a few seconds later: nothing. */
  stop(): Promise<RunningProcess[]>
  /** Removes the data, wherever the program put it. */
  forget(): void
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A folder of our own, closed to others, removed by `forget`. */
export function throwAwayFolder(name = 'maillage-e2e-'): string {
  return mkdtempSync(path.join(tmpdir(), name))
}

// What the shell of whoever runs the tests holds must not decide where the tests write.
const ours = /^(DATABASE_|MAILLAGE_|DEMO_|MASTER_KEY|PUBLIC_URL|PORT|HOST$|NODE_|PLAYWRIGHT|PW_|TEST_|FORCE_COLOR|PG)/

function environment(options: StartOptions, port: number, dataDir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name))
  // Everybody of every journey comes from one address, and acts as fast as a machine.
  const limits = { RATE_LIMITS: 'sign-in=600,write=3000,search=3000' }
  const given = { PORT: String(port), MAILLAGE_DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...limits, ...options.env }
  return { ...Object.fromEntries(inherited), ...given }
}

/** Starts Maillage and waits until it is ready; what it said is in the error when it is not. */
export async function startProgram(options: StartOptions = {}): Promise<Program> {
  const port = await freePort()
  const dataDir = options.dataDir ?? throwAwayFolder()
  const [command = process.execPath, ...args] = [...(options.wrapper ?? []), process.execPath, 'scripts/start.mjs']
  const start = performance.now()
  const child = spawn(command, args, {
    cwd: options.folder ?? root,
    env: environment(options, port, dataDir),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const output = (): string => said.join('')
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} did not start`)
  const program = { pid, dataDir, output, family: () => familyIn(pid, placesOf(dataDir, output())) }
  try {
    const url = await untilReady(child, output, options)
    const stop = (): Promise<RunningProcess[]> => stopInOrder(child, program.family())
    return { ...program, url, readyAfterMs: performance.now() - start, stop, forget: () => forget(dataDir, output()) }
  } catch (error) {
    await stopInOrder(child, program.family())
    forget(dataDir, output())
    throw error
  }
}

async function untilReady(child: ChildProcess, output: () => string, options: StartOptions): Promise<string> {
  const { patienceMs = 180_000, isReady = answers } = options
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Maillage ended (${child.exitCode}):\n${output()}`)
    const url = /Maillage est prêt : (http\S+)/.exec(output())?.[1]
    if (url && (await isReady(url, child.pid ?? 0))) return url
    await sleep(50)
  }
  throw new Error(`Maillage is not ready after ${patienceMs} ms:\n${output()}`)
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined)
  return answer?.ok === true
}

/** The folders that hold its data: under root the database lies elsewhere, and the program says where. */
function placesOf(dataDir: string, output: string): string[] {
  const elsewhere = /Données gardées dans (.+)/.exec(output)?.[1]
  return elsewhere ? [dataDir, elsewhere] : [dataDir]
}

/** The program's descendants, and the watchers that outlive their parent: their command names the data's folder. */
function familyIn(pid: number, places: readonly string[]): RunningProcess[] {
  const all = listProcesses()
  const named = all.filter((one) => one.pid !== process.pid && places.some((place) => one.command.includes(place)))
  const found = [...familyOf(pid, all), ...named.flatMap((one) => familyOf(one.pid, all))]
  return [...new Map(found.map((one) => [one.pid, one])).values()]
}

async function stopInOrder(child: ChildProcess, family: readonly RunningProcess[]): Promise<RunningProcess[]> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await Promise.race([gone, sleep(15_000)])
  }
  let left = stillAlive(family)
  for (let tries = 0; left.length > 0 && tries < 50; tries += 1) {
    await sleep(100)
    left = stillAlive(family)
  }
  return left
}

/** A number may be given again to another program: the command must be the same. */
function stillAlive(family: readonly RunningProcess[]): RunningProcess[] {
  const now = new Map(listProcesses().map((one) => [one.pid, one.command]))
  return family.filter(({ pid, command }) => now.get(pid) === command)
}

function forget(dataDir: string, output: string): void {
  for (const place of placesOf(dataDir, output)) rmSync(place, { recursive: true, force: true })
}
