import { Buffer } from 'node:buffer'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How long the server waits for callers, and for how many at once. Milliseconds. */
export interface Patience {
  /** For all the headers of a request. */
  readonly headersMs: number
  /** For a whole request, body included: an import over a slow line takes minutes. */
  readonly requestMs: number
  /** For the body of somebody who has not signed in: a few fields. */
  readonly strangerMs: number
  /** Without a byte in either direction; live streams are never silent that long. */
  readonly silenceMs: number
  /** For the next request of the same connection: longer than proxies keep theirs (60 s). */
  readonly idleMs: number
  /** For the rest of a body that was already refused: time to read the answer. */
  readonly lingerMs: number
  /** How often all this is looked at. */
  readonly checkMs: number
  /** Connections of a process; beyond, a caller is turned away at once. A live screen holds one. */
  readonly mostConnections: number
}

export const usualPatience: Patience = {
  headersMs: 15_000,
  requestMs: 300_000,
  strangerMs: 30_000,
  silenceMs: 120_000,
  idleMs: 72_000,
  lingerMs: 1_000,
  checkMs: 5_000,
  mostConnections: 4_000,
}

/** Our longest request line and all headers together: a token, a few cookies, a cursor. */
const mostHeaderBytes = 16 * 1024
const mostHeaders = 100
/** Then the connection is made anew: none is held for ever, and a balancer can share them out again. */
const requestsOfConnection = 10_000

/** What Fastify is told of it. */
export function serverOptions(patience: Patience) {
  const { headersMs, requestMs, silenceMs, idleMs, checkMs } = patience
  return {
    requestTimeout: requestMs,
    connectionTimeout: silenceMs,
    keepAliveTimeout: idleMs,
    maxRequestsPerSocket: requestsOfConnection,
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket): void => hangUp(error, socket),
    http: { headersTimeout: headersMs, maxHeaderSize: mostHeaderBytes, connectionsCheckingInterval: checkMs },
  }
}

const statusOf: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/** What cannot be read as a request is answered by its status alone: nothing of it is repeated, nor logged. */
function hangUp({ code = '' }: { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return
  const status = statusOf[code] ?? 400
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
  if (socket.writable) socket.write(Buffer.from(head))
  socket.destroy()
}

/** Cuts who sends too slowly or too much; stands after routes know who may call them and before bodies are read. */
export function cutTheSlow(app: FastifyInstance, patience: Patience): void {
  app.server.maxConnections = patience.mostConnections
  app.server.maxHeadersCount = mostHeaders
  app.addHook('onRequest', (request, _reply, done) => {
    const isStranger = request.routeOptions.config.access === 'public' || !request.headers.authorization
    if (isStranger) destroyUnlessWhole(request.raw, patience.strangerMs)
    done()
  })
  // Refused before its end: who goes on sending is not read to the end.
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    destroyUnlessWhole(raw, patience.lingerMs)
    done()
  })
}

function destroyUnlessWhole(request: IncomingMessage, afterMs: number): void {
  // A request that was injected by a test has no such word.
  if (request.complete !== false) return
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy()
  }, afterMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
