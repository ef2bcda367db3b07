import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rateLimits } from './rate-limit.table.ts'

export interface LimitDeps {
  readonly db: Database
  readonly now: () => Date
  readonly log: Record<'warn', (context: object, message: string) => void>
}

/** A limit is handed out in twentieths: a process asks the database once for so many requests. Small ones go one by one. */
const shares = 20
/** Nobody waits at the door for a database that does not answer. */
const patienceMs = 500
/** Nor is it asked again before this. */
const restMs = 1000
/** Beyond, the keys not seen for longest are forgotten here; the database remembers what was granted. */
const mostKeys = 20_000

/** What this process may still let through for one key. */
interface Lease {
  /** Taken of the limit before this lease: by others, or by leases spent. */
  before: number
  granted: number
  spent: number
  /** Nothing is left for anybody in this window. */
  isExhausted: boolean
  asking: Promise<void> | undefined
}

/** When it began, and how many requests it lets through. */
interface Window {
  readonly windowAt: number
  readonly max: number
}

type Counted = { current: number; ttl: number }

/**
 * Counts requests for all processes on one database. Each takes a share of the limit and spends it by itself, so that
 * the sum never passes the limit and most requests cost no query; what one leaves unspent is lost to the others until
 * the window ends, at worst a twentieth a process. Windows stand on the clock: every process sees the same ones. While
 * the database is away each process counts for itself: the door neither stands open nor shuts.
 */
export class SharedLimits {
  readonly #deps: LimitDeps
  readonly #name: string
  #leases = new Map<string, Lease>()
  #windowAt = 0
  #asksFrom = 0

  /** `name` tells limits apart that count the same people. */
  constructor(deps: LimitDeps, name: string) {
    this.#deps = deps
    this.#name = name
  }

  /** Counts one more; at once when this process has some left to spend. */
  incr(key: string, done: (error: Error | null, counted?: Counted) => void, windowMs: number, max: number): void {
    const now = this.#deps.now().getTime()
    // A clock that steps back goes on in the window that it had begun: a share more for each step would use the limit up.
    const windowAt = Math.max(this.#windowAt, now - (now % windowMs))
    const lease = this.#leaseOf(key, windowAt)
    const ttl = windowAt + windowMs - now
    if (isSettled(lease)) {
      done(null, { current: spend(lease, max), ttl })
      return
    }
    this.#ask(key, lease, { windowAt, max }).then(
      (current) => done(null, { current, ttl }),
      (error: unknown) => done(error instanceof Error ? error : new Error('A limit could not be counted')),
    )
  }

  #leaseOf(key: string, windowAt: number): Lease {
    if (windowAt !== this.#windowAt) {
      this.#windowAt = windowAt
      this.#leases = new Map()
    }
    const known = this.#leases.get(key)
    if (known) return known
    const lease = { before: 0, granted: 0, spent: 0, isExhausted: false, asking: undefined }
    this.#leases.set(key, lease)
    const oldest = this.#leases.keys().next()
    if (this.#leases.size > mostKeys && !oldest.done) this.#leases.delete(oldest.value)
    return lease
  }

  /** The count, once there is something to spend or nothing left for anybody. Many at once share one question. */
  async #ask(key: string, lease: Lease, window: Window): Promise<number> {
    while (!isSettled(lease)) {
      lease.asking ??= this.#renew(key, lease, window).finally(() => {
        lease.asking = undefined
      })
      await lease.asking
    }
    return spend(lease, window.max)
  }

  async #renew(key: string, lease: Lease, window: Window): Promise<void> {
    const { max } = window
    const share = Math.max(1, Math.floor(max / shares))
    const taken = await this.#take(key, window, share)
    // The database is away: what this process has seen is all that is known.
    const before = taken === undefined ? lease.before + lease.spent : taken - share
    lease.before = before
    lease.granted = Math.max(0, Math.min(taken === undefined ? max : share, max - before))
    lease.spent = 0
    lease.isExhausted = lease.granted === 0
  }

  /** Takes a share; how much was then taken in all, or undefined when nobody answers. */
  async #take(key: string, window: Window, share: number): Promise<number | undefined> {
    if (performance.now() < this.#asksFrom) return undefined
    try {
      return await soon(this.#deps.db.global((tx) => tx.execute<{ granted: number }>(this.#taking(key, window, share))))
    } catch (error) {
      this.#asksFrom = performance.now() + restMs
      this.#deps.log.warn({ err: error }, 'limits are counted in this process alone: the database does not answer')
      return undefined
    }
  }

  // A process whose clock is a little behind counts in the window that has begun elsewhere.
  #taking(key: string, { windowAt, max }: Window, share: number) {
    // The table must not become a list of addresses.
    const hash = createHash('sha256').update(`${this.#name} ${max}\n${key}`).digest('base64url').slice(0, 22)
    const at = new Date(windowAt).toISOString()
    return sql`insert into ${rateLimits} as known ("key", "window_at", "granted") values (${hash}, ${at}, ${share})
      on conflict ("key") do update set "window_at" = greatest(known."window_at", excluded."window_at"),
        "granted" = case when known."window_at" >= excluded."window_at" then known."granted" else 0 end + excluded."granted"
      returning "granted"`
  }
}

/** Does the lease tell by itself whether a request may pass? */
const isSettled = ({ isExhausted, spent, granted }: Lease): boolean => isExhausted || spent < granted

/** Lets one request through, if something is left; gives the count as the caller may know it, above `max` when refused. */
function spend(lease: Lease, max: number): number {
  if (lease.isExhausted) return max + 1
  lease.spent += 1
  return lease.before + lease.spent
}

async function soon(answer: Promise<{ rows: readonly { granted: number }[] }>): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), patienceMs)
  })
  try {
    const { rows } = await Promise.race([answer, late])
    if (!rows[0]) throw new Error('A limit came back empty')
    return rows[0].granted
  } finally {
    clearTimeout(timer)
  }
}
