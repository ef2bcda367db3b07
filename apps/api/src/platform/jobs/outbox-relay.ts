import pg from 'pg'

export interface RelayOptions {
  /** Topics that a task listens to; the others are only marked as taken. */
  topics: readonly string[]
  onError: (error: Error) => void
}

/** How often the relay looks by itself, should a notification have been lost with its connection. */
const pollMs = 2000
/** And how long it rests between two looks: acts that follow one another share one, and no job is that urgent. */
const restMs = 100
const batch = 500

// One statement: rows leave the outbox and enter the queue together, or not at all.
const move = `
  with taken as (
    update outbox set taken_at = now()
    where (cpts_id, id) in (
      select cpts_id, id from outbox where taken_at is null order by id limit ${batch} for update skip locked)
    returning cpts_id, id, topic, payload, run_at
  ), queued as (
    select graphile_worker.add_job(topic, (payload || jsonb_build_object('cptsId', cpts_id))::json, run_at := run_at)
    from taken where topic = any($1::text[])
  )
  select (select count(*) from taken)::int as taken, (select count(*) from queued)::int as queued`

/**
 * Moves what the API left in the outbox to the worker's queue, under the owner's role: the API's own role owns nothing
 * and cannot queue a job. Wakes at each notification.
 */
export class OutboxRelay {
  readonly #pool: pg.Pool
  readonly #options: RelayOptions
  readonly #timer: NodeJS.Timeout
  #listener: pg.Client | undefined
  #moving: Promise<void> | undefined
  #rest: NodeJS.Timeout | undefined
  #again = false
  #isStopped = false

  constructor(pool: pg.Pool, options: RelayOptions) {
    this.#pool = pool
    this.#options = options
    this.#timer = setInterval(() => this.wake(), pollMs)
  }

  /** Listens for new rows; resolves once the first look is done. */
  async start(connectionString: string): Promise<void> {
    this.#listener = new pg.Client({ connectionString, application_name: 'maillage-outbox' })
    this.#listener.on('error', this.#options.onError)
    this.#listener.on('notification', () => this.wake())
    await this.#listener.connect()
    await this.#listener.query('listen maillage_outbox')
    this.wake()
    await this.#moving
  }

  /** Looks now, or once more soon after the last look. */
  wake(): void {
    if (this.#isStopped) return
    if (this.#moving !== undefined || this.#rest !== undefined) {
      this.#again = true
      return
    }
    this.#moving = this.#moveAll()
      .catch(this.#options.onError)
      .finally(() => {
        this.#moving = undefined
        this.#rest = setTimeout(() => this.#rested(), restMs)
      })
  }

  #rested(): void {
    this.#rest = undefined
    if (!this.#again) return
    this.#again = false
    this.wake()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#timer)
    await this.#moving
    clearTimeout(this.#rest)
    await this.#listener?.end()
  }

  async #moveAll(): Promise<void> {
    for (;;) {
      const { rows } = await this.#pool.query<{ taken: number }>(move, [[...this.#options.topics]])
      if ((rows[0]?.taken ?? 0) < batch || this.#isStopped) return
    }
  }
}
