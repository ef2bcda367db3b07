import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer, type Server } from 'node:net'
import path from 'node:path'

/** The program as an operator runs it, in a process of its own. */
export interface RunningProgram {
  readonly port: number
  readonly url: string
  /** Ends it without a word, as a failing machine does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Starts main.ts on a free port; resolves once it is ready. */
export async function startProgram(environment: Record<string, string>): Promise<RunningProgram> {
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: { PATH, HOME, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilReady(child)
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await gone
  }
  return { port, url: `http://127.0.0.1:${port}`, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (words: Buffer) => {
        said.push(words.toString('utf8'))
        if (said.join('').includes('Maillage est prêt')) resolve()
      })
    }
    child.once('exit', () => reject(new Error(`The program ended before it was ready:\n${said.join('')}`)))
  })
}

export interface Balancer {
  readonly url: string
  close(): void
}

/** A plain TCP balancer: each connection goes to the next program that takes it. */
export async function balance(ports: readonly number[]): Promise<Balancer> {
  let turn = 0
  const server = createServer({ pauseOnConnect: true }, (caller) => {
    caller.on('error', () => caller.destroy())
    turn += 1
    const tryFrom = (first: number, left: number): void => {
      const callee = connect({ host: '127.0.0.1', port: ports[first % ports.length] ?? 0 })
      let isThrough = false
      callee.once('connect', () => {
        isThrough = true
        caller.pipe(callee).pipe(caller)
        caller.once('close', () => callee.destroy())
      })
      callee.on('error', () => undefined)
      callee.once('close', () => {
        if (isThrough || left === 0) caller.destroy()
        else tryFrom(first + 1, left - 1)
      })
    }
    tryFrom(turn, ports.length - 1)
  })
  return { url: `http://127.0.0.1:${await listening(server)}`, close: () => void server.close() }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
