import type { Listener } from './audience.ts'
import type { Delivery } from './delivery.ts'
import type { LivePast } from './live-past.ts'
import { isEmpty, type Moment, newMoment } from './told-changes.ts'

export interface Guest {
  readonly listener: Listener
  deliver(delivery: Delivery): void
  end(reason: 'membership' | 'closing'): void
}

/** How long a moment is kept for those who come back, and a room without anybody. */
const keptMs = 2 * 60_000
const mostKept = 2000

interface Kept {
  readonly number: number
  readonly at: number
  readonly moment: Moment | null
}

/** The listeners of one CPTS in this process, and the last moments for whoever comes back. */
export class LiveRoom {
  readonly guests = new Set<Guest>()
  readonly past: LivePast
  readonly #now: () => number
  #kept: Kept[] = []
  #number = 0
  #pending = newMoment()
  #emptySince: number
  /** Nothing told since then is unknown to this room. */
  wholeSince: number
  /** Deliveries follow one another: what happened first is told first. */
  work: Promise<void> = Promise.resolve()
  /** Not before then may the next moment be told, by the process's own clock. */
  restsUntil = 0

  constructor(now: () => number, past: LivePast) {
    this.#now = now
    this.past = past
    this.#emptySince = now()
    this.wholeSince = now()
  }

  get number(): number {
    return this.#number
  }

  get pending(): Moment {
    return this.#pending
  }

  takePending(): Moment {
    const taken = this.#pending
    this.#pending = newMoment()
    return taken
  }

  enter(guest: Guest): () => void {
    this.guests.add(guest)
    return () => {
      this.guests.delete(guest)
      if (this.guests.size === 0) this.#emptySince = this.#now()
    }
  }

  /** Keeps a moment and numbers it; null for one too big to be kept. */
  keep(moment: Moment | null): number {
    this.#number += 1
    const at = this.#now()
    this.#kept.push({ number: this.#number, at, moment })
    if (this.#kept.length > mostKept || (this.#kept[0] && at - this.#kept[0].at > keptMs)) {
      this.#kept = this.#kept.filter((kept) => at - kept.at <= keptMs).slice(-mostKept)
    }
    return this.#number
  }

  /** The moments after this number, or null when not all of them are here any more. */
  since(number: number): Moment[] | null {
    if (number > this.#number) return null
    const missed = this.#kept.filter((kept) => kept.number > number)
    return missed.length < this.#number - number ? null : momentsOf(missed)
  }

  /** The moments told from this instant on, or null when not all of them are here. */
  sinceInstant(from: number): Moment[] | null {
    const isAllHere = this.wholeSince <= from && this.#now() - from < keptMs && this.#kept.length < mostKept
    return isAllHere ? momentsOf(this.#kept.filter(({ at }) => at >= from)) : null
  }

  isAbandoned(): boolean {
    return this.guests.size === 0 && this.#now() - this.#emptySince > keptMs
  }
}

function momentsOf(kept: readonly Kept[]): Moment[] | null {
  const moments = kept.map(({ moment }) => moment).filter((moment) => moment !== null)
  return moments.length === kept.length ? moments.filter((moment) => !isEmpty(moment)) : null
}
