import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Database } from '../../platform/db/database.ts'
import { type Listener, type Parts, seesWholeCpts } from './audience.ts'
import { changesByClass } from './audience-classes.ts'
import { Delivery } from './delivery.ts'
import { completeCases, mostTold, type PartRow, readMoment, readParts } from './live.store.ts'
import { isEmpty, type Moment, together } from './told-changes.ts'

/** Transactions commit after the instant that their rows bear, and machines' clocks differ. */
const overlapMs = 60_000
/** A screen reads its page and begins to listen within so long: what happened in between is told. */
const openingMs = 3000
/** Whoever was away for longer reads everything anew. */
const longestReplayMs = 15 * 60_000
/** Those who were cut off together left within a heartbeat of each other: one reading serves them all. */
const grainMs = 15_000
/** So old may be what others read a moment ago. */
const freshMs = 1000

/** How the one who asks stands to what is kept: its own epoch, unless notifications are missing right now. */
export interface Vantage {
  readonly isWhole: boolean
  readonly epoch: string
  readonly number: number
  /** The moments told after this number; null when not all are here. */
  since(number: number): Moment[] | null
  /** Those told since this instant; null likewise. */
  sinceInstant(from: number): Moment[] | null
}

interface Reading {
  readonly epoch: string
  readonly number: number
  readonly from: number
  readonly readAt: number
  readonly moment: Moment | null
}

type View = (listener: Listener) => readonly LiveChange[]

/** Moments as one, and what each may know of them: of those whose rights hang on who takes part, for an instant only. */
interface Told {
  readonly moments: readonly Moment[]
  readonly all: Moment
  readonly whole: View
  taking: { readonly at: number; readonly view: View } | undefined
}

/** What happened in one CPTS before somebody came to listen, read once for all who come together. */
export class LivePast {
  readonly #cptsId: CptsId
  readonly #db: Database
  readonly #now: () => Date
  #reading: Reading | undefined
  #told: Told | undefined
  readonly #deliveries = new WeakMap<readonly LiveChange[], Delivery>()

  constructor(cptsId: CptsId, { db, now }: { db: Database; now: () => Date }) {
    this.#cptsId = cptsId
    this.#db = db
    this.#now = now
  }

  /** What happened while a screen read its first page. */
  async opening(at: Vantage): Promise<Moment[] | null> {
    const from = this.#now().getTime() - openingMs
    return (at.isWhole ? at.sinceInstant(from) : null) ?? (await this.#readFrom(at, from, freshMs))
  }

  /** What happened since this instant; null when it is too long ago, or too much. */
  async since(at: Vantage, since: number): Promise<Moment[] | null> {
    const now = this.#now().getTime()
    if (now - since > longestReplayMs) return null
    // Whoever names a moment to come, which we never gave, is told what an honest clock would be.
    const from = Math.min(since, now) - overlapMs
    return await this.#readFrom(at, Math.floor(from / grainMs) * grainMs, grainMs)
  }

  /** What was missed while no notification came in. */
  async lost(lostAt: number, isFirst: boolean): Promise<Moment | null> {
    const from = new Date(lostAt - (isFirst ? openingMs : overlapMs))
    return await this.#db.read(this.#cptsId, (db) => readMoment(db, this.#cptsId, from))
  }

  /** Completes a moment for those who listen; who takes part is read only when rights hang on it. */
  async complete(moment: Moment, listeners: readonly Listener[]): Promise<Parts> {
    const ids = [...moment.cases.keys()]
    const isBare = [...moment.cases.values()].some(({ version }) => version === null)
    const needsParts = ids.length > 0 && !listeners.every(seesWholeCpts)
    if (!isBare && !needsParts) return new Map()
    return await this.#db.read(this.#cptsId, async (db) => {
      if (isBare) await completeCases(db, this.#cptsId, moment)
      return needsParts ? partsByCase(ids, await readParts(db, this.#cptsId, ids)) : new Map()
    })
  }

  /** What this listener missed of these moments, if anything; the same delivery for all who missed the same. */
  async deliveryFor(listener: Listener, moments: readonly Moment[], id: string): Promise<Delivery | undefined> {
    const changes = await this.#changesFor(listener, moments)
    if (changes.length === 0) return undefined
    const known = this.#deliveries.get(changes) ?? new Delivery(id, changes.length > mostTold ? null : changes)
    this.#deliveries.set(changes, known)
    return known
  }

  async #changesFor(listener: Listener, moments: readonly Moment[]): Promise<readonly LiveChange[]> {
    const told = this.#toldOf(moments)
    if (told.all.cases.size === 0 || seesWholeCpts(listener)) return told.whole(listener)
    const at = this.#now().getTime()
    if (!told.taking || at - told.taking.at > freshMs) {
      const parts = await this.complete(told.all, [listener])
      told.taking = { at, view: changesByClass(this.#cptsId, told.all, parts) }
    }
    return told.taking.view(listener)
  }

  #toldOf(moments: readonly Moment[]): Told {
    const known = this.#told
    if (known?.moments.length === moments.length && moments.every((one, n) => one === known.moments[n])) return known
    const all = together(moments)
    this.#told = { moments, all, whole: changesByClass(this.#cptsId, all, new Map()), taking: undefined }
    return this.#told
  }

  /** From the tables, or from what was read for another a moment ago, with what was told since. */
  async #readFrom(at: Vantage, from: number, grain: number): Promise<Moment[] | null> {
    const known = this.#reading
    const later = known && known.from <= from && from - known.from <= grain ? this.#laterThan(known, at) : null
    if (known?.moment && later) return [known.moment, ...later].filter((moment) => !isEmpty(moment))
    // Too much happened: for whoever asks for less, it may not be.
    if (known && later && known.from === from) return null
    const { epoch, number } = at
    const readAt = this.#now().getTime()
    const moment = await this.#db.read(this.#cptsId, (db) => readMoment(db, this.#cptsId, new Date(from)))
    this.#reading = { epoch, number, from, readAt, moment }
    return moment && [moment].filter((one) => !isEmpty(one))
  }

  /** What was told since a reading; null when that cannot be vouched for. */
  #laterThan(reading: Reading, { isWhole, epoch, number, since }: Vantage): Moment[] | null {
    const age = this.#now().getTime() - reading.readAt
    // While notifications are missing nobody knows what came after: what is read once they are back covers an instant.
    if (!isWhole) return age <= freshMs ? [] : null
    return reading.epoch === epoch && reading.number <= number && age <= grainMs ? since(reading.number) : null
  }
}

function partsByCase(ids: readonly CaseId[], rows: readonly PartRow[]): Parts {
  const parts = new Map<CaseId, PartRow[]>(ids.map((id) => [id, []]))
  for (const row of rows) parts.get(row.caseId)?.push(row)
  return parts
}
