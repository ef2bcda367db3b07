import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { LoadOrder, LoadSeen } from './load-process.ts'

/** A process of its own that sends requests, so that neither server pays for the sending. */
export interface Loader {
  run(order: LoadOrder): Promise<LoadSeen>
  stop(): void
}

/**
 * Starts the load. Sockets of our own rather than a library: on two cores that the servers share, what the load costs is
 * taken from what is measured.
 */
export function startLoader(): Loader {
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'load-process.ts'), { execArgv: ['--import', 'tsx'] })
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        child.once('message', (answer: { seen: LoadSeen } | { error: string }) =>
          'seen' in answer ? resolve(answer.seen) : reject(new Error(answer.error)),
        )
        child.send(order)
      }),
    stop: () => child.kill(),
  }
}

/** One whole request, as it goes on the wire. */
export function rawRequest(method: string, url: string, headers: Record<string, string>, body?: object): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const told = {
    host: '127.0.0.1',
    accept: 'application/json',
    ...headers,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
  }
  const lines = Object.entries(told).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`
}
