import { createConnection, type Socket } from 'node:net'

/** What one run of the load is asked. */
export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** Whole HTTP requests, as bytes on the wire; taken in turn. */
  readonly requests: readonly string[]
  /** Each is sent once at most, and the run ends with the last: for writes. */
  readonly once: boolean
}

/** What it saw. Latencies in milliseconds. */
export interface LoadSeen {
  readonly answers: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly statuses: Readonly<Record<string, number>>
  /** Of all the answers' bodies. */
  readonly bytes: number
  /** Milliseconds of processor that the load itself took. */
  readonly cpuMs: number
}

/** The requests in their turn; undefined when there is none left, or no time. */
type Turn = () => string | undefined

interface Tally {
  readonly latencies: number[]
  readonly statuses: Record<string, number>
  bytes: number
}

const head = Buffer.from('\r\n\r\n')
const lengthName = Buffer.from('content-length: ')

/** How long the answer that begins here is, headers and body, and what it says; undefined until its headers are whole. */
function readHead(data: Buffer): { total: number; body: number; status: string } | undefined {
  const end = data.indexOf(head)
  if (end < 0) return undefined
  const status = data.toString('latin1', 9, 12)
  const at = data.indexOf(lengthName)
  // What did not change is told without a body, whatever length its headers name.
  const isBare = status === '304' || status === '204' || at < 0 || at > end
  const body = isBare ? 0 : Number(data.toString('latin1', at + lengthName.length, data.indexOf(13, at)))
  return { total: end + head.length + body, body, status }
}

/** One connection: a request, its whole answer, the next request. */
function converse(socket: Socket, next: Turn, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending: Buffer[] = []
    let held = 0
    let wanted = 0
    let sent = 0
    const send = (): void => {
      const request = next()
      if (request === undefined) return void socket.end(resolve)
      sent = performance.now()
      socket.write(request, 'utf8')
    }
    socket.once('error', reject)
    socket.on('data', (chunk) => {
      pending.push(chunk)
      held += chunk.length
      // Looked at again only once all the bytes that the header announced are there.
      if (held < wanted) return
      const data = pending.length === 1 ? chunk : Buffer.concat(pending, held)
      const answer = readHead(data)
      if (!answer || held < answer.total) {
        ;[pending, wanted] = [[data], answer?.total ?? 0]
        return
      }
      tally.latencies.push(performance.now() - sent)
      tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1
      tally.bytes += answer.body
      ;[pending, held, wanted] = [[], 0, 0]
      send()
    })
    send()
  })
}

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket.off('error', reject)))
  })

async function load({ port, connections, seconds, requests, once }: LoadOrder): Promise<LoadSeen> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const tally: Tally = { latencies: [], statuses: {}, bytes: 0 }
  const start = performance.now()
  const cpu = process.cpuUsage()
  let turn = 0
  const next: Turn = () => {
    if (performance.now() - start > seconds * 1000 || (once && turn >= requests.length)) return undefined
    const request = requests[turn % requests.length]
    turn += 1
    return request
  }
  const patience = setTimeout(
    () => {
      for (const socket of sockets) socket.destroy(new Error('No answer half a minute after the end of the load'))
    },
    (seconds + 30) * 1000,
  )
  await Promise.all(sockets.map((socket) => converse(socket, next, tally)))
  clearTimeout(patience)
  const spent = process.cpuUsage(cpu)
  const sorted = Float64Array.from(tally.latencies).sort()
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    answers: sorted.length,
    seconds: (performance.now() - start) / 1000,
    p50: at(0.5),
    p99: at(0.99),
    statuses: tally.statuses,
    bytes: tally.bytes,
    cpuMs: (spent.user + spent.system) / 1000,
  }
}

process.on('message', (order: LoadOrder) => {
  load(order).then(
    (seen) => process.send?.({ seen }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
