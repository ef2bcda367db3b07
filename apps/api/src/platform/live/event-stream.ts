import { Readable } from 'node:stream'

/** What a stream may hold for a reader who does not take it; beyond, they are dropped and catch up. */
const mostHeldBytes = 64 * 1024
const beatMs = 15_000

/** One reader's event stream: `text/event-stream`, written message by message. */
export class EventStream {
  readonly body = new Readable({ read: () => undefined, highWaterMark: mostHeldBytes })
  readonly #beat: NodeJS.Timeout
  readonly #currentId: () => string | undefined
  #isOver = false

  /** `currentId` names the present moment, for the heartbeats: a reader who hears one has missed nothing before it. */
  constructor(currentId: () => string | undefined) {
    this.#currentId = currentId
    this.#beat = setInterval(() => this.send('beat', null, currentId()), beatMs)
    this.body.once('close', () => clearInterval(this.#beat))
  }

  /** Writes one message; false when the reader is too slow, and was dropped. */
  send(event: string, data: unknown, id = this.#currentId()): boolean {
    if (this.body.destroyed || this.#isOver) return false
    this.body.push(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    if (this.body.readableLength <= mostHeldBytes) return true
    this.body.destroy()
    return false
  }

  /** Says why, then ends. */
  end(reason: string): void {
    if (this.send('end', { reason })) this.body.push(null)
    this.#isOver = true
    clearInterval(this.#beat)
  }
}

/** No proxy may keep or squeeze what is meant to arrive now. */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const
