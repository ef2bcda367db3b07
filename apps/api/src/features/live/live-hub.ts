import { randomBytes } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Database } from '../../platform/db/database.ts'
import { Heart } from '../../platform/live/heart.ts'
import type { Notifications } from '../../platform/live/notifications.ts'
import { parseJson } from '../../platform/parse-json.ts'
import type { Listener } from './audience.ts'
import { changesByClass } from './audience-classes.ts'
import { Delivery } from './delivery.ts'
import { mostTold } from './live.store.ts'
import { LivePast } from './live-past.ts'
import { type Guest, LiveRoom } from './live-room.ts'
import { gather, isEmpty, type Moment, ToldChange } from './told-changes.ts'

export interface HubDeps {
  readonly db: Database
  readonly notifications: Notifications
  readonly now: () => Date
  readonly log: Record<'error' | 'warn', (context: object, message: string) => void>
}

/** One act writes several rows: what comes within so long is told together, and the first at once. */
const gatherMs = 5
/** Moments follow one another no faster than this. */
const betweenMs = 45
/** However many listen, telling takes no more than a quarter of the process; and no reader waits for longer than this. */
const restFactor = 3
const longestRestMs = 250
/** So many are written to before other requests have their turn. */
const atOnce = 200
const sweepMs = 60_000

/** Where a listener was: this process's own numbering, and the instant for when it no longer counts. */
const place = /^([0-9a-f]{12}|)\.(\d{1,12})\.(\d{1,15})$/

/** Gathers what the database tells, and hands to each listener what they may know. One a process. */
export class LiveHub {
  /** Beats for every stream. */
  readonly heart = new Heart()
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
    this.heart.stop()
    this.#unfollow?.()
    for (const { guests } of this.#rooms.values()) for (const guest of [...guests]) guest.end('closing')
  }

  #id(number: number): string {
    return `${this.#epoch}.${number}.${this.#deps.now().getTime()}`
  }

  #room(cptsId: CptsId): LiveRoom {
    const known = this.#rooms.get(cptsId)
    if (known) return known
    const room = new LiveRoom(() => this.#deps.now().getTime(), new LivePast(cptsId, this.#deps))
    this.#rooms.set(cptsId, room)
    return room
  }

  #sweep(): void {
    for (const [cptsId, room] of this.#rooms) if (room.isAbandoned()) this.#rooms.delete(cptsId)
  }

  #hear(payload: string): void {
    const told = ToldChange.safeParse(parseJson(payload))
    if (!told.success) {
      this.#deps.log.error({ issues: told.error.issues.length }, 'an unknown notification was left aside')
      return
    }
    if (told.data.what === 'listing' || told.data.what === 'session') return
    const { cptsId } = told.data
    const room = this.#rooms.get(cptsId)
    if (!room) return
    if (told.data.what === 'membership') {
      for (const guest of [...room.guests]) {
        if (guest.listener.membershipId === told.data.id) guest.end('membership')
      }
      return
    }
    const isFirst = isEmpty(room.pending)
    gather(room.pending, told.data)
    const wait = Math.max(gatherMs, room.restsUntil - performance.now())
    if (isFirst) setTimeout(() => this.#flush(cptsId, room), wait)
  }

  #flush(cptsId: CptsId, room: LiveRoom): void {
    room.work = room.work.then(async () => {
      const moment = room.takePending()
      await this.#tell(cptsId, room, moment).catch((error: unknown) => this.#failed(error, [...room.guests]))
    })
  }

  async #tell(cptsId: CptsId, room: LiveRoom, moment: Moment): Promise<void> {
    const isTooMuch = moment.cases.size + moment.proposals.size > mostTold
    const guests = [...room.guests]
    const parts = isTooMuch
      ? new Map()
      : await room.past.complete(
          moment,
          guests.map(({ listener }) => listener),
        )
    const id = this.#id(room.keep(isTooMuch ? null : moment))
    const startedAt = performance.now()
    const changesOf = isTooMuch ? () => null : changesByClass(cptsId, moment, parts)
    await deliver(guests, deliveries(id, changesOf))
    const now = performance.now()
    room.restsUntil = now + Math.min(longestRestMs, Math.max(betweenMs, restFactor * (now - startedAt)))
  }

  async #catchUp(room: LiveRoom, guest: Guest, lastId: string | undefined): Promise<void> {
    const [, epoch, number, at] = place.exec(lastId ?? '') ?? []
    const kept = epoch === this.#epoch && this.#isWhole ? room.since(Number(number)) : null
    const moments = kept ?? (await this.#readPast(room, at === undefined ? undefined : Number(at)))
    const id = this.#id(room.number)
    if (moments === null) return guest.deliver(new Delivery(id, null))
    if (moments.length === 0) return
    const delivery = await room.past.deliveryFor(guest.listener, moments, id)
    if (delivery) guest.deliver(delivery)
  }

  async #readPast(room: LiveRoom, since: number | undefined): Promise<Moment[] | null> {
    const at = {
      isWhole: this.#isWhole,
      epoch: this.#epoch,
      number: room.number,
      since: (number: number) => room.since(number),
      sinceInstant: (from: number) => room.sinceInstant(from),
    }
    return since === undefined ? await room.past.opening(at) : await room.past.since(at, since)
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
        room.wholeSince = this.#deps.now().getTime()
        room.work = room.work.then(async () => {
          const missed = await room.past.lost(lostAt.getTime(), isFirst)
          if (missed) await this.#tell(cptsId, room, missed)
          else
            await deliver(
              [...room.guests],
              deliveries(this.#id(0), () => null),
            )
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

type Deliveries = (guest: Guest) => Delivery | undefined

/** One delivery for all who are told the same. */
function deliveries(id: string, changesOf: (listener: Listener) => readonly LiveChange[] | null): Deliveries {
  const made = new Map<readonly LiveChange[] | null, Delivery>()
  return ({ listener }) => {
    const changes = changesOf(listener)
    if (changes?.length === 0) return undefined
    const delivery = made.get(changes) ?? new Delivery(id, changes)
    made.set(changes, delivery)
    return delivery
  }
}

/** A thousand readers are written to in several goes, between which requests are answered. */
async function deliver(guests: readonly Guest[], deliveryFor: Deliveries): Promise<void> {
  let written = 0
  for (const guest of guests) {
    const delivery = deliveryFor(guest)
    if (!delivery) continue
    guest.deliver(delivery)
    written += 1
    if (written % atOnce === 0) await otherWork()
  }
}

const newEpoch = (): string => randomBytes(6).toString('hex')
