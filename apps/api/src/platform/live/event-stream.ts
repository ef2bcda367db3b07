import type { Writable } from 'node:stream'

/** What may wait for a reader who does not take it; beyond, they are dropped and catch up. Above the longest message. */
const mostHeldBytes = 128 * 1024

/** One message as it goes over the wire: made once, written to everyone whom it is for. */
export function messageOf(event: string, data: unknown, id: string | undefined): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** One reader's event stream: `text/event-stream`, written message by message. */
export class EventStream {
  readonly #out: Writable
  readonly #currentId: () => string | undefined
  #isOver = false

  /** `currentId` names the present moment, for the heartbeats: a reader who hears one has missed nothing before it. */
  constructor(out: Writable, currentId: () => string | undefined) {
    this.#out = out
    this.#currentId = currentId
    const stop = (): void => {
      this.#isOver = true
    }
    // A reader who goes while being written to is no fault of ours.
    out.once('close', stop).on('error', stop)
  }

  /** Writes one message; false when the stream is over, or its reader too slow and now dropped. */
  write(message: Buffer): boolean {
    if (this.#isOver) return false
    if (this.#out.writableLength > mostHeldBytes) {
      this.#isOver = true
      this.#out.destroy()
      return false
    }
    this.#out.write(message)
    return true
  }

  send(event: string, data: unknown, id = this.#currentId()): boolean {
    return this.write(messageOf(event, data, id))
  }

  beat(): void {
    this.send('beat', null)
  }

  /** Says why, then ends. */
  end(reason: string): void {
    if (!this.send('end', { reason })) return
    this.#isOver = true
    this.#out.end()
  }
}

/** No proxy may keep or squeeze what is meant to arrive now. */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const
