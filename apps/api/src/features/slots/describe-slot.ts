import { DayDate } from '@maillage/contracts/kit/dates'
import type { Slot, SlotSeries, SlotState } from '@maillage/contracts/slots/slots'
import type { SlotSeriesRow } from '../../kernel/slots/slot.table.ts'
import { instantOf } from '../../platform/db/named-query.ts'
import { timeOf } from './recurrence.ts'
import type { ReadSlot } from './slot-reading.store.ts'

/** What a slot is for whoever looks at it now: full comes before kept aside, and what is over is lost or was used. */
export function stateOf(slot: Omit<ReadSlot, 'startsAt' | 'endsAt' | 'cases'>): SlotState {
  if (slot.isClosed || (slot.closesWhenFreed && slot.booked + slot.held === 0)) return 'closed'
  if (slot.booked >= slot.capacity) return 'booked'
  if (slot.isPast) return slot.booked > 0 ? 'booked' : 'lost'
  if (slot.isAway) return 'away'
  return slot.booked + slot.held >= slot.capacity ? 'held' : 'free'
}

/** A slot on the wire. */
export function describeSlot(slot: ReadSlot): Slot {
  const { id, seriesId, mode, visibility, capacity, booked, held, cases, version } = slot
  return {
    id,
    seriesId,
    startsAt: instantOf(slot.startsAt),
    endsAt: instantOf(slot.endsAt),
    mode,
    visibility,
    capacity,
    booked,
    held,
    state: stateOf(slot),
    mustMove: slot.isAway && booked > 0 && !slot.isPast,
    cases,
    version,
  }
}

/** A series on the wire. */
export function describeSeries(row: SlotSeriesRow): SlotSeries {
  const { id, days, everyWeeks, durationMinutes, capacity, mode, visibility, onClosedDays, version } = row
  return {
    id,
    days,
    everyWeeks,
    from: row.fromDay,
    until: row.untilDay,
    excluded: row.excludedDays.map((day) => DayDate.parse(day)),
    onClosedDays,
    time: timeOf(row.startMinute),
    durationMinutes,
    count: row.slotsADay,
    capacity,
    mode,
    visibility,
    version,
  }
}
