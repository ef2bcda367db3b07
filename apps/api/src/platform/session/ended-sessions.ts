import { gt, or } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '../db/database.ts'
import type { Notifications } from '../live/notifications.ts'
import { parseJson } from '../parse-json.ts'
import { problem } from '../problem-error.ts'
import { sessions } from '../session.table.ts'

/** What the trigger `sessions_notify` sends (migration `ended_sessions`). */
const Told = z.object({ what: z.literal('session'), id: z.uuid(), state: z.enum(['open', 'locked', 'ended']) })
type Told = z.infer<typeof Told>

/** Longer than any access token lives: one of a session that ended before has expired by itself. */
const rememberedMs = 15 * 60_000
/** The connection is asked this often whether it still hears. */
const beatMs = 2000
/** Silent for longer, it vouches for nothing: a line that died without a word is believed for that long. */
const trustMs = 5000
/** While notifications are lost, one reading of the table serves the requests of so long. */
const pollMs = 1000

export interface EndedSessionsDeps {
  readonly db: Database
  readonly notifications: Notifications
  readonly now: () => Date
}

/**
 * The sessions whose access tokens are worth nothing although they have not expired: those that ended or were locked in
 * the last minutes, in whatever process. A request costs no statement while the notifications come in; when they are
 * lost the table is read, once a second at most, and when that fails too nobody is let in. One a process.
 */
export class EndedSessions {
  readonly #deps: EndedSessionsDeps
  #known = new Map<string, { state: Exclude<Told['state'], 'open'>; until: number }>()
  readonly #followers = new Map<string, Set<() => void>>()
  /** Told since the reading in progress began: its snapshot may be older. */
  #meanwhile: Told[] = []
  #reading: Promise<void> | undefined
  /** All that was committed before this moment is known here. */
  #provenAt = Number.NEGATIVE_INFINITY
  /** Something was committed then that may not have been heard of. */
  #doubtedAt = Number.NEGATIVE_INFINITY
  /** Every message since the last reading came in. */
  #isWhole = false
  #losses = 0
  #beat: NodeJS.Timeout | undefined
  #unfollow: (() => void) | undefined

  constructor(deps: EndedSessionsDeps) {
    this.#deps = deps
  }

  /** Refuses the tokens of a session that ended or is locked. Nothing to wait for, as long as all is heard. */
  demandOpen(id: string): Promise<void> | undefined {
    this.#listen()
    if (this.#isSure()) {
      this.#judge(id)
      return undefined
    }
    return this.#read().then(() => this.#judge(id))
  }

  /** To be awaited after a commit that ended or locked a session: from then on this process lets none of them in. */
  async heard(): Promise<void> {
    this.#listen()
    const askedAt = performance.now()
    this.#doubtedAt = askedAt
    await this.#confirm(askedAt)
  }

  /** Calls back once the session ends or is locked; call what it returns when it no longer matters. */
  onEnd(id: string, tell: () => void): () => void {
    const followers = this.#followers.get(id) ?? new Set()
    this.#followers.set(id, followers.add(tell))
    // It may have ended between the door and here.
    if (this.#known.has(id)) tell()
    return () => {
      followers.delete(tell)
      if (followers.size === 0 && this.#followers.get(id) === followers) this.#followers.delete(id)
    }
  }

  close(): void {
    clearInterval(this.#beat)
    this.#unfollow?.()
  }

  #judge(id: string): void {
    const state = this.#known.get(id)?.state
    if (state === 'ended') throw problem('session-ended')
    if (state === 'locked') throw problem('session-locked')
  }

  #isSure(): boolean {
    const age = performance.now() - this.#provenAt
    return this.#provenAt >= this.#doubtedAt && age < (this.#isWhole ? trustMs : pollMs)
  }

  #listen(): void {
    this.#unfollow ??= this.#deps.notifications.follow({
      onMessage: (payload) => this.#hear(payload),
      onLost: () => {
        this.#losses += 1
        this.#isWhole = false
        this.#provenAt = Number.NEGATIVE_INFINITY
      },
      onBack: () => void this.#catchUp(),
    })
    this.#beat ??= setInterval(() => void this.#keepSure(), beatMs).unref()
  }

  /** What was told while nobody listened is read; a failure leaves the next request to try. */
  async #catchUp(): Promise<void> {
    const losses = this.#losses
    // One that began before listening did may have missed what was told in between.
    await this.#reading?.catch(() => undefined)
    await this.#read().then(
      () => {
        this.#isWhole = losses === this.#losses
      },
      () => undefined,
    )
  }

  async #keepSure(): Promise<void> {
    const now = this.#deps.now().getTime()
    for (const [id, { until }] of this.#known) if (until <= now) this.#known.delete(id)
    await this.#confirm(performance.now())
  }

  async #confirm(askedAt: number): Promise<void> {
    if (!this.#isWhole || !(await this.#deps.notifications.confirm())) return
    if (this.#isWhole) this.#provenAt = Math.max(this.#provenAt, askedAt)
    else await this.#catchUp()
  }

  #hear(payload: string): void {
    if (!payload.includes('"session"')) return
    const told = Told.safeParse(parseJson(payload))
    if (!told.success) return
    if (this.#reading !== undefined) this.#meanwhile.push(told.data)
    this.#keep(told.data)
  }

  #keep({ id, state }: Pick<Told, 'id' | 'state'>): void {
    if (state === 'open') {
      this.#known.delete(id)
      return
    }
    this.#known.set(id, { state, until: this.#deps.now().getTime() + rememberedMs })
    for (const tell of [...(this.#followers.get(id) ?? [])]) tell()
  }

  /** One at a time, shared by all who wait. */
  #read(): Promise<void> {
    this.#reading ??= this.#readTable().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readTable(): Promise<void> {
    const startedAt = performance.now()
    this.#meanwhile = []
    const since = new Date(this.#deps.now().getTime() - rememberedMs)
    const { id, endedAt, lockedAt } = sessions
    const rows = await this.#deps.db
      .global((tx) =>
        tx
          .select({ id, endedAt, lockedAt })
          .from(sessions)
          .where(or(gt(endedAt, since), gt(lockedAt, since))),
      )
      .catch(() => {
        throw problem('not-ready', { retryAfter: 1 })
      })
    this.#known = new Map()
    for (const row of rows) this.#keep({ id: row.id, state: row.endedAt ? 'ended' : 'locked' })
    for (const told of this.#meanwhile) this.#keep(told)
    this.#provenAt = startedAt
  }
}
