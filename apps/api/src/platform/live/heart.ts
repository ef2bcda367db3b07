/** Whatever must say now and then that it lives. */
export interface Beating {
  beat(): void
}

/** Each stream says so once in so many seconds: proxies and sleeping machines take silence for death. */
const periodSeconds = 15

/** The heartbeat of every stream of the process: one timer, which goes round, so that no second carries them all. */
export class Heart {
  readonly #turns = Array.from({ length: periodSeconds }, () => new Set<Beating>())
  readonly #timer: NodeJS.Timeout
  #turn = 0
  #joined = 0

  constructor() {
    this.#timer = setInterval(() => this.#next(), 1000).unref()
  }

  /** Beats for this one from now on; call what it returns when it is over. */
  keep(one: Beating): () => void {
    this.#joined += 1
    const turn = this.#turns[this.#joined % periodSeconds]
    turn?.add(one)
    return () => turn?.delete(one)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #next(): void {
    this.#turn = (this.#turn + 1) % periodSeconds
    for (const one of this.#turns[this.#turn] ?? []) one.beat()
  }
}
