import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { Listener } from './audience.ts'
import { isEmpty, type Moment, newMoment } from './told-changes.ts'

/** What reaches one listener at once; `changes` null: too much happened, read everything anew. */
export interface Delivery {
  readonly id: string
  readonly changes: readonly LiveChange[] | null
}

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
  readonly #now: () => number
  #kept: Kept[] = []
  #number = 0
  #pending = newMoment()
  #emptySince: number
  /** Deliveries follow one another: what happened first is told first. */
  work: Promise<void> = Promise.resolve()

  constructor(now: () => number) {
    this.#now = now
    this.#emptySince = now()
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
    if (missed.length < this.#number - number) return null
    const moments = missed.map(({ moment }) => moment).filter((moment) => moment !== null)
    return moments.length === missed.length ? moments.filter((moment) => !isEmpty(moment)) : null
  }

  isAbandoned(): boolean {
    return this.guests.size === 0 && this.#now() - this.#emptySince > keptMs
  }
}
