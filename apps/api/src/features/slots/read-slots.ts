import { parseDate, toCalendarDateTime, toZoned } from '@internationalized/date'
import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { DaySlots, PractitionerSlots, SlotWeekQuery } from '@maillage/contracts/slots/slots'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { describeSeries, describeSlot } from './describe-slot.ts'
import { demandOwnSlots } from './own-slots.ts'
import { listSeries } from './slot-publishing.store.ts'
import { listDaySlots, listOwnSlots, type Span } from './slot-reading.store.ts'

/** From the first moment of a day to that of another, on the wall clock: a day of 23 or 25 hours is whole. */
function spanOf(timeZone: string, now: Date, day: DayDate, days: number): Span {
  const first = parseDate(day)
  const midnight = (date: typeof first): Date => toZoned(toCalendarDateTime(date), timeZone).toDate()
  return { from: midnight(first), until: midnight(first.add({ days })), now, timeZone }
}

/** A practitioner's slots over some days, with the series that still run. */
export function readPractitionerSlots(
  deps: Deps,
  actor: Actor,
  id: PractitionerId,
  { from, days }: SlotWeekQuery,
): Promise<PractitionerSlots> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnSlots(db, actor, id)
    const { timeZone } = await loadCalendar(db, actor.cptsId)
    const slots = await listOwnSlots(db, actor.cptsId, id, spanOf(timeZone, deps.now(), from, days))
    const series = await listSeries(db, actor.cptsId, id)
    return { timeZone, items: slots.map(describeSlot), series: series.map(describeSeries) }
  })
}

/** Everybody's slots of one day, today unless another is named, and how many are free, held, booked and lost. */
export function readDaySlots(deps: Deps, actor: Actor, asked: DayDate | undefined): Promise<DaySlots> {
  return deps.db.read(actor.cptsId, async (db) => {
    const { timeZone } = await loadCalendar(db, actor.cptsId)
    const now = deps.now()
    const day = asked ?? dayIn(timeZone, now)
    const found = await listDaySlots(db, actor.cptsId, spanOf(timeZone, now, day, 1))
    const items = found.map((slot) => ({ ...describeSlot(slot), practitioner: slot.practitioner }))
    const count = (state: string): number => items.filter((one) => one.state === state).length
    const counts = { free: count('free'), held: count('held'), booked: count('booked'), lost: count('lost') }
    return { day, timeZone, counts, items }
  })
}
