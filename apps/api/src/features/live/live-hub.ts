import { randomBytes } from 'node:crypto'
import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Database } from '../../platform/db/database.ts'
import type { Notifications } from '../../platform/live/notifications.ts'
import { changesFor, type Listener, type Parts, seesWholeCpts } from './audience.ts'
import { completeCases, mostTold, type PartRow, readMoment, readParts } from './live.store.ts'
import { type Guest, LiveRoom } from './live-room.ts'
import { gather, isEmpty, type Moment, ToldChange } from './told-changes.ts'

export interface HubDeps {
  readonly db: Database
  readonly notifications: Notifications
  readonly now: () => Date
  readonly log: Record<'error' | 'warn', (context: object, message: string) => void>
}

/** One act writes several rows: what comes within so long is told together. */
const gatherMs = 100
/** Transactions commit after the instant that their rows bear, and machines' clocks differ. */
const overlapMs = 60_000
/** A screen reads its page and begins to listen within so long: what happened in between is told. */
const openingMs = 3000
/** Whoever was away for longer reads everything anew. */
const longestReplayMs = 15 * 60_000
const sweepMs = 60_000

/** Where a listener was: this process's own numbering, and the instant for when it no longer counts. */
const place = /^([0-9a-f]{12}|)\.(\d{1,12})\.(\d{1,15})$/

/** Gathers what the database tells, and hands to each listener what they may know. One a process. */
export class LiveHub {
  readonly #deps: HubDeps
  readonly #rooms = new Map<CptsId, LiveRoom>()
  readonly #sweeper: NodeJS.Timeout
  #unfollow: (() => void) | undefined
  /** Changes with every loss of the notifications: numbers from before vouch for nothing. */
  #epoch = ''
  #isWhole = false
  #isClosed = false

  constructor(deps: HubDeps) {
    this.#deps = deps
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs).unref()
  }

  /** Lets somebody listen, after handing them what they missed since `lastId`. Call what it returns when they leave. */
  async join(guest: Guest, lastId: string | undefined): Promise<() => void> {
    if (this.#isClosed) {
      guest.end('closing')
      return () => undefined
    }
    this.#unfollow ??= this.#deps.notifications.follow({
      onMessage: (payload) => this.#hear(payload),
      onLost: () => this.#lose(),
      onBack: (lostAt) => void this.#recover(lostAt),
    })
    const room = this.#room(guest.listener.cptsId)
    let leave: (() => void) | undefined
    // In line with the deliveries: nothing is told twice nor falls between what was missed and what comes.
    room.work = room.work.then(async () => {
      leave = room.enter(guest)
      await this.#catchUp(room, guest, lastId).catch((error: unknown) => this.#failed(error, [guest]))
    })
    await room.work
    return () => leave?.()
  }

  /** The present moment, as a listener may name it later; undefined while it cannot be vouched for. */
  idFor({ cptsId }: Listener): string | undefined {
    return this.#isWhole ? this.#id(this.#rooms.get(cptsId)?.number ?? 0) : undefined
  }

  /** Ends every stream: the process stops. */
  close(): void {
    this.#isClosed = true
    clearInterval(this.#sweeper)
    this.#unfollow?.()
    for (const { guests } of this.#rooms.values()) for (const guest of [...guests]) guest.end('closing')
  }

  #id(number: number): string {
    return `${this.#epoch}.${number}.${this.#deps.now().getTime()}`
  }

  #room(cptsId: CptsId): LiveRoom {
    const known = this.#rooms.get(cptsId)
    if (known) return known
    const room = new LiveRoom(() => this.#deps.now().getTime())
    this.#rooms.set(cptsId, room)
    return room
  }

  #sweep(): void {
    for (const [cptsId, room] of this.#rooms) if (room.isAbandoned()) this.#rooms.delete(cptsId)
  }

  #hear(payload: string): void {
    const told = ToldChange.safeParse(parse(payload))
    if (!told.success) {
      this.#deps.log.error({ issues: told.error.issues.length }, 'an unknown notification was left aside')
      return
    }
    const room = this.#rooms.get(told.data.cptsId)
    if (!room) return
    if (told.data.what === 'membership') {
      for (const guest of [...room.guests]) {
        if (guest.listener.membershipId === told.data.id) guest.end('membership')
      }
      return
    }
    const isFirst = isEmpty(room.pending)
    gather(room.pending, told.data)
    if (isFirst) setTimeout(() => this.#flush(told.data.cptsId, room), gatherMs)
  }

  #flush(cptsId: CptsId, room: LiveRoom): void {
    room.work = room.work.then(async () => {
      const moment = room.takePending()
      await this.#tell(cptsId, room, moment).catch((error: unknown) => this.#failed(error, [...room.guests]))
    })
  }

  async #tell(cptsId: CptsId, room: LiveRoom, moment: Moment): Promise<void> {
    const isTooMuch = moment.cases.size + moment.proposals.size > mostTold
    if (!isTooMuch) await this.#deps.db.read(cptsId, (db) => completeCases(db, cptsId, moment))
    const parts = isTooMuch ? new Map() : await this.#partsFor(cptsId, [...room.guests], moment)
    const id = this.#id(room.keep(isTooMuch ? null : moment))
    for (const guest of [...room.guests]) {
      const changes = isTooMuch ? null : changesFor(guest.listener, cptsId, moment, parts)
      if (changes === null || changes.length > 0) guest.deliver({ id, changes })
    }
  }

  async #partsFor(cptsId: CptsId, guests: readonly Guest[], moment: Moment): Promise<Parts> {
    const ids = [...moment.cases.keys()]
    if (ids.length === 0 || guests.every(({ listener }) => seesWholeCpts(listener))) return new Map()
    const rows = await this.#deps.db.read(cptsId, (db) => readParts(db, cptsId, ids))
    const parts = new Map<CaseId, PartRow[]>(ids.map((id) => [id, []]))
    for (const row of rows) parts.get(row.caseId)?.push(row)
    return parts
  }

  async #catchUp(room: LiveRoom, guest: Guest, lastId: string | undefined): Promise<void> {
    const { cptsId } = guest.listener
    const [, epoch, number, at] = place.exec(lastId ?? '') ?? []
    const kept = epoch === this.#epoch && this.#isWhole ? room.since(Number(number)) : null
    const moments = kept ?? (await this.#readSince(cptsId, at === undefined ? undefined : new Date(Number(at))))
    const id = this.#id(room.number)
    if (moments === null) return guest.deliver({ id, changes: null })
    const changes: LiveChange[] = []
    for (const moment of moments) {
      changes.push(...changesFor(guest.listener, cptsId, moment, await this.#partsFor(cptsId, [guest], moment)))
    }
    if (changes.length > 0) guest.deliver({ id, changes: changes.length > mostTold ? null : changes })
  }

  async #readSince(cptsId: CptsId, since: Date | undefined): Promise<Moment[] | null> {
    const now = this.#deps.now().getTime()
    if (since && now - since.getTime() > longestReplayMs) return null
    // Whoever names a moment to come, which we never gave, is told what an honest clock would be.
    const from = new Date(since ? Math.min(since.getTime(), now) - overlapMs : now - openingMs)
    const moment = await this.#deps.db.read(cptsId, (db) => readMoment(db, cptsId, from))
    return moment && [moment]
  }

  #lose(): void {
    this.#isWhole = false
    this.#deps.log.warn({}, 'the database’s notifications were lost')
  }

  /** The listening connection is back: what it missed is read from the tables, and told as if it had come through. */
  async #recover(lostAt: Date): Promise<void> {
    const isFirst = this.#epoch === ''
    this.#epoch = newEpoch()
    this.#isWhole = true
    await Promise.all(
      [...this.#rooms].map(([cptsId, room]) => {
        room.work = room.work.then(async () => {
          const missed = await this.#readSince(cptsId, isFirst ? undefined : lostAt)
          if (missed === null) for (const guest of room.guests) guest.deliver({ id: this.#id(0), changes: null })
          for (const moment of missed ?? []) await this.#tell(cptsId, room, moment)
        })
        return room.work.catch((error: unknown) => {
          room.work = Promise.resolve()
          this.#failed(error, [...room.guests])
        })
      }),
    )
  }

  /** What could not be told must be caught up with: the listeners leave, and come back with where they were. */
  #failed(error: unknown, guests: readonly Guest[]): void {
    this.#deps.log.error({ err: error }, 'changes could not be told')
    this.#epoch = newEpoch()
    for (const guest of guests) guest.end('closing')
  }
}

const newEpoch = (): string => randomBytes(6).toString('hex')

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
