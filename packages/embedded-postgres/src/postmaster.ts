import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import net from 'node:net'
import { type Cluster, cleanEnvironment } from './cluster.ts'

/** A PostgreSQL that we started, and the line by which it notices our death. */
export interface Postmaster {
  readonly port: number
  /** What it wrote in the log so far, to say why it would not start. */
  lastWords(): string
  /** Has the process ended? */
  ended(): boolean
  /** Lets it live after us: another program still uses it, or it is being stopped already. */
  letGo(): void
}

// PostgreSQL runs in a session of its own, so that a Ctrl-C in the terminal reaches only Maillage, which then stops it
// in order. A watcher holds the other end of our pipe: when we die without a word, even by kill -9, it reads the end of
// the pipe and asks PostgreSQL to stop. `$$` stays the shell's number, which `exec` hands to PostgreSQL.
const watchedStart = `exec 3<&0 </dev/null
( { read -r order <&3; [ "$order" = keep ] || kill -INT $$; } >/dev/null 2>&1 & )
exec "$@" 3<&-`

const longestLog = 1_000_000

/** Starts PostgreSQL on the port, without waiting until it answers. */
export function spawnPostmaster(cluster: Cluster, port: number): Postmaster {
  const { log, size } = openLog(cluster.log)
  const command = [cluster.binaries.postgres, '-D', cluster.data, '-p', String(port), ...settings(cluster.fast)]
  const windows = process.platform === 'win32'
  const [program = '', ...args] = windows ? command : ['/bin/sh', '-c', watchedStart, 'maillage', ...command]
  const child = spawn(program, args, {
    ...cluster.identity,
    cwd: cluster.data,
    detached: !windows,
    env: cleanEnvironment(),
    stdio: ['pipe', 'ignore', log],
    windowsHide: true,
  })
  closeSync(log)
  return { port, lastWords: () => readFrom(cluster.log, size), ...follow(child) }
}

function follow(child: ChildProcess): Pick<Postmaster, 'ended' | 'letGo'> {
  let over = false
  const letGo = (): void => {
    if (child.stdin?.writable) child.stdin.end('keep\n')
  }
  const end = (): void => {
    over = true
    letGo()
  }
  child.once('exit', end).once('error', end)
  child.stdin?.on('error', () => undefined)
  child.unref()
  return { ended: () => over, letGo }
}

/** What was written never leaves in the log: statements, values and keys may hold a patient's name. */
function settings(fast: boolean): string[] {
  const values = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'log_min_error_statement=panic',
    'log_parameter_max_length_on_error=0',
    'log_error_verbosity=terse',
    ...(fast ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
  return values.flatMap((value) => ['-c', value])
}

/** Stops the folder's server in order, whoever started it; open connections are closed, nothing acknowledged is lost. */
export function stopPostmaster(cluster: Cluster): Promise<void> {
  const args = ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '30', '-s']
  const child = spawn(cluster.binaries.pgCtl, args, {
    ...cluster.identity,
    cwd: cluster.data,
    detached: process.platform !== 'win32',
    env: cleanEnvironment(),
    stdio: 'ignore',
    windowsHide: true,
  })
  return new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
}

/** Two programs may start the same folder at once and share its log: both append. It starts afresh when it is long. */
function openLog(file: string): { log: number; size: number } {
  const log = openSync(file, 'a', 0o600)
  if (fstatSync(log).size > longestLog) ftruncateSync(log)
  return { log, size: fstatSync(log).size }
}

function readFrom(file: string, start: number): string {
  return readFileSync(file).subarray(start).toString('utf8').trim()
}

/** Asks the system for a free port of the local machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
