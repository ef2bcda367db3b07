import pg from 'pg'

/** Somebody who follows what the database tells. */
export interface Follower {
  onMessage(payload: string): void
  /** Messages may be missed from now on. */
  onLost(): void
  /** They come in again; what was told since then must be read from the tables. */
  onBack(lostAt: Date): void
}

/** The database's notifications on one channel. */
export interface Notifications {
  /** Follows from now on; begins with `onBack`, once they come in. Call what it returns to stop. */
  follow(follower: Follower): () => void
  /** True once all that was committed before the call has been told; false when that cannot be known. */
  confirm(): Promise<boolean>
  close(): Promise<void>
}

export interface NotificationsOptions {
  readonly url: string
  readonly channel: string
  readonly onError: (error: unknown) => void
}

const pingMs = 15_000
const firstRetryMs = 200
const slowestRetryMs = 5000

/** One listening connection for the process, made when somebody first follows, and again whenever it breaks. */
export function openNotifications(options: NotificationsOptions): Notifications {
  const listener = new Listener(options)
  return {
    follow: (follower) => listener.follow(follower),
    confirm: () => listener.confirm(),
    close: () => listener.close(),
  }
}

class Listener {
  readonly #options: NotificationsOptions
  readonly #followers = new Set<Follower>()
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  /** Since when messages may be missed; undefined while they come in. */
  #lostAt: Date | undefined = new Date(0)
  #sureAt = new Date(0)
  #failures = 0
  #isClosed = false
  #answered: Promise<unknown> = Promise.resolve()

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  follow(follower: Follower): () => void {
    this.#followers.add(follower)
    if (!this.#client && !this.#timer && !this.#isClosed) {
      this.#sureAt = now()
      this.#lostAt = this.#sureAt
      void this.#connect()
    } else if (!this.#lostAt) follower.onBack(now())
    return () => this.#followers.delete(follower)
  }

  // A commit wakes the listening connection before it answers whoever commits; and PostgreSQL tells a connection what it
  // was woken for before it answers a question asked over it.
  async confirm(): Promise<boolean> {
    const client = this.#client
    if (!client || this.#lostAt) return false
    try {
      await this.#ask(client)
      this.#sureAt = now()
      return this.#client === client
    } catch (error) {
      this.#lose(client, error)
      return false
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    this.#timer = undefined
    const { url, channel } = this.#options
    const client = new pg.Client({
      connectionString: url,
      application_name: 'maillage-live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    })
    this.#client = client
    client.on('error', (error) => this.#lose(client, error))
    client.on('end', () => this.#lose(client, undefined))
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      this.#welcome(client)
    } catch (error) {
      this.#lose(client, error)
    }
  }

  #welcome(client: pg.Client): void {
    const lostAt = this.#lostAt ?? now()
    this.#lostAt = undefined
    this.#failures = 0
    this.#sureAt = now()
    this.#timer = setTimeout(() => void this.#ping(client), pingMs).unref()
    for (const follower of [...this.#followers]) follower.onBack(lostAt)
  }

  /** A connection may be dead without a word (a firewall, a moved server): asked something, it must answer. */
  async #ping(client: pg.Client): Promise<void> {
    try {
      await this.#ask(client)
      this.#sureAt = now()
      if (this.#client === client) this.#timer = setTimeout(() => void this.#ping(client), pingMs).unref()
    } catch (error) {
      this.#lose(client, error)
    }
  }

  /** Once what was asked before is answered: `pg` will refuse a client that is asked two things at once. */
  #ask(client: pg.Client): Promise<unknown> {
    const answer = this.#answered.then(() => client.query('select 1'))
    this.#answered = answer.catch(() => undefined)
    return answer
  }

  #hear(payload: string): void {
    this.#sureAt = now()
    for (const follower of [...this.#followers]) follower.onMessage(payload)
  }

  #lose(client: pg.Client, error: unknown): void {
    if (this.#client !== client) return
    this.#client = undefined
    this.#answered = Promise.resolve()
    clearTimeout(this.#timer)
    client.end().catch(() => undefined)
    if (this.#isClosed) return
    if (error) this.#options.onError(error)
    if (!this.#lostAt) {
      this.#lostAt = this.#sureAt
      for (const follower of [...this.#followers]) follower.onLost()
    }
    const wait = Math.min(slowestRetryMs, firstRetryMs * 2 ** this.#failures)
    this.#failures += 1
    this.#timer = setTimeout(() => void this.#connect(), wait * (0.5 + Math.random() / 2))
  }
}

// Not the acts' clock: how long a connection was silent is the machine's own time.
const now = (): Date => new Date(Date.now())
