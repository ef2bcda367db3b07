import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { SlotSeriesRow } from '../../../kernel/slots/slot.table.ts'
import type { SlotTime } from '../recurrence.ts'
import type { SeriesSlot } from './series-slots.store.ts'

/** What becomes of the slots of a series whose rule changes, and the hours to write anew. */
export interface SortedSlots {
  /** Somebody stands there and the new rule gives that very hour. */
  readonly fitting: SeriesSlot[]
  /** Somebody stands there and the new rule does not: left as they are. */
  readonly kept: SeriesSlot[]
  /** Nobody stands there. */
  readonly unused: SeriesSlot[]
  readonly times: SlotTime[]
}

export const isTaken = ({ booked, held }: Pick<SeriesSlot, 'booked' | 'held'>): boolean => booked + held > 0

/**
 * Sorts the slots to come of a series against its new rule. An hour that was closed stays closed, and so does a day all
 * of whose hours were: the practitioner is not there, whatever the hours become.
 */
export function sortSlots(
  slots: readonly SeriesSlot[],
  wanted: readonly SlotTime[],
  { capacity, mode }: Pick<SlotSeriesRow, 'capacity' | 'mode'>,
  timeZone: string,
): SortedSlots {
  const closed = slots.filter((slot) => slot.isClosed && !isTaken(slot))
  const open = slots.filter((slot) => !closed.includes(slot))
  const dayOf = (at: Date): DayDate => dayIn(timeZone, at)
  const openDays = new Set(open.map(({ startsAt }) => dayOf(startsAt)))
  const closedDays = new Set(closed.map(({ startsAt }) => dayOf(startsAt)).filter((day) => !openDays.has(day)))
  const shut = new Set(closed.map(({ startsAt }) => startsAt.getTime()))
  const times = wanted.filter(({ startsAt }) => !shut.has(startsAt.getTime()) && !closedDays.has(dayOf(startsAt)))
  const endOf = new Map(times.map(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]))
  const fits = (slot: SeriesSlot): boolean =>
    endOf.get(slot.startsAt.getTime()) === slot.endsAt.getTime() &&
    slot.mode === mode &&
    slot.booked + slot.held <= capacity
  const taken = open.filter(isTaken)
  return {
    fitting: taken.filter(fits),
    kept: taken.filter((slot) => !fits(slot)),
    unused: open.filter((slot) => !isTaken(slot)),
    times,
  }
}
