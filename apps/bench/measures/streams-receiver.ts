import { createConnection, type Socket } from 'node:net'
import type { Order, Told } from './streams-words.ts'

/** One open stream, as a reader on the network sees it: bytes. */
interface Stream {
  readonly socket: Socket
  readonly token: string
  readonly isSlow: boolean
  lastId: string | undefined
  /** What came since the last round began. */
  text: string
  reachedAt: number | undefined
  isOver: boolean
}

const openAtOnce = 50
const streams = new Set<Stream>()
let watched: { subject: string; left: number } | undefined

/** Milliseconds on the machine's own clock, which every process of it shares. */
const clock = (): number => Number(process.hrtime.bigint()) / 1e6

const tell = (told: Told): void => void process.send?.(told)

/** Opens one stream; resolves once the server vouched for the present moment. */
function open(order: Order & { do: 'open' }, token: string, isSlow: boolean, lastId?: string): Promise<Stream> {
  const { hostname, port } = new URL(order.url)
  const socket = createConnection({ host: hostname, port: Number(port) })
  const stream: Stream = { socket, token, isSlow, lastId, text: '', reachedAt: undefined, isOver: false }
  streams.add(stream)
  const place = lastId === undefined ? '' : `last-event-id: ${lastId}\r\n`
  socket.write(
    `GET /api/v1/live HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: text/event-stream\r\nauthorization: Bearer ${token}\r\n${place}\r\n`,
  )
  return new Promise((resolve, reject) => {
    socket.on('data', (piece) => {
      stream.text += piece.toString('latin1')
      if (stream.text.includes('event: beat')) resolve(stream)
      if (!stream.text.startsWith('HTTP/1.1 200') && stream.text.startsWith('HTTP')) {
        reject(new Error(stream.text.slice(0, 40)))
      }
      look(stream)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      stream.isOver = true
      reject(new Error('the stream ended before it began'))
    })
  })
}

function look(stream: Stream): void {
  if (!watched || stream.isSlow || stream.reachedAt !== undefined || !stream.text.includes(watched.subject)) return
  stream.reachedAt = clock()
  watched.left -= 1
  if (watched.left === 0) settle()
}

function settle(): void {
  if (!watched) return
  watched = undefined
  const times: number[] = []
  let missing = 0
  for (const stream of streams) {
    if (stream.isSlow) continue
    if (stream.reachedAt === undefined) missing += 1
    else times.push(stream.reachedAt)
    remember(stream)
    stream.reachedAt = undefined
  }
  tell({ told: 'reached', times, missing })
}

function remember(stream: Stream): void {
  stream.lastId = [...stream.text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? stream.lastId
  stream.text = ''
}

async function openAll(order: Order & { do: 'open' }): Promise<void> {
  const startedAt = clock()
  let failed = 0
  let next = 0
  const work = async (): Promise<void> => {
    while (next < order.count) {
      const index = next
      next += 1
      const token = order.tokens[index % order.tokens.length] ?? ''
      const stream = await open(order, token, index < order.slow).catch(() => undefined)
      if (!stream) failed += 1
      else remember(stream)
      if (stream?.isSlow) stream.socket.pause()
    }
  }
  await Promise.all(Array.from({ length: openAtOnce }, work))
  tell({ told: 'open', ms: clock() - startedAt, failed })
}

function watch(subject: string): void {
  const readers = [...streams].filter(({ isSlow }) => !isSlow)
  watched = { subject, left: readers.length }
  tell({ told: 'watching' })
}

/** Those who took nothing read on: what they held, then, come back, what they missed of `subjects`. */
async function wake(order: Order & { do: 'wake' }): Promise<void> {
  const slow = [...streams].filter(({ isSlow }) => isSlow)
  let dropped = 0
  let missed = 0
  for (const stream of slow) {
    stream.socket.resume()
    await new Promise((resolve) => setTimeout(resolve, 20))
    let heard = stream.text
    remember(stream)
    if (stream.isOver) {
      dropped += 1
      const again = await open(
        { ...order, do: 'open', tokens: [], count: 1, slow: 0 },
        stream.token,
        true,
        stream.lastId,
      )
      heard += again.text
    }
    if (!heard.includes('event: reset')) missed += order.subjects.filter((subject) => !heard.includes(subject)).length
  }
  tell({ told: 'awake', dropped, missed, slow: slow.length })
}

/** Everybody is cut off and comes back at once, as after a restart; how long until the last one stands again. */
async function herd(order: Order & { do: 'herd' }): Promise<void> {
  const all = [...streams]
  streams.clear()
  for (const { socket } of all)
    socket
      .removeAllListeners('close')
      .on('error', () => undefined)
      .destroy()
  const startedAt = clock()
  let failed = 0
  const times: number[] = []
  await Promise.all(
    all.map(async ({ token, isSlow, lastId }) => {
      const again = { ...order, do: 'open', tokens: [], count: 1, slow: 0 } as const
      const stream = await open(again, token, isSlow, lastId).catch(() => undefined)
      if (stream) remember(stream)
      else failed += 1
      times.push(clock() - startedAt)
    }),
  )
  tell({ told: 'back', times, failed })
}

function close(): void {
  for (const { socket } of streams)
    socket
      .removeAllListeners('close')
      .on('error', () => undefined)
      .destroy()
  process.disconnect()
}

process.on('message', (order: Order) => {
  if (order.do === 'open') void openAll(order)
  else if (order.do === 'watch') watch(order.subject)
  else if (order.do === 'settle') settle()
  else if (order.do === 'wake') void wake(order)
  else if (order.do === 'herd') void herd(order)
  else close()
})
tell({ told: 'ready' })
