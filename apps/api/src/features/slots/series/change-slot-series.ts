import { dayIn } from '@maillage/contracts/kit/dates'
import type { ChangedSlotSeries, ChangeSlotSeries, KeptSlot } from '@maillage/contracts/slots/slots'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { SlotSeriesRow } from '../../../kernel/slots/slot.table.ts'
import { invalidField } from '../../../platform/problem-error.ts'
import { describeSeries } from '../describe-slot.ts'
import { actOnSlots } from '../own-slots.ts'
import { horizonOf, ruleOf } from '../publish-slots.ts'
import { timesBetween } from '../recurrence.ts'
import { insertSlots, orderPublications, updateSeries } from '../slot-publishing.store.ts'
import { lockReadSeries, type SeriesRequest } from './end-slot-series.ts'
import { closeUnused, keepForThem, lockSlotsToCome, restate, type SeriesSlot } from './series-slots.store.ts'
import { sortSlots } from './sort-slots.ts'

/**
 * Changes the rule of a series from now on: hours, length, days, end, to whom it is shown. Free slots follow it; a slot
 * where somebody stands, or is about to, stays as it was told to them, and is named when the rule no longer gives it.
 */
export function changeSlotSeries(
  deps: Deps,
  actor: Actor,
  request: SeriesRequest,
  input: ChangeSlotSeries,
): Promise<ChangedSlotSeries> {
  return act(deps, actor, async (tx, context) => {
    const { now, calendar } = context
    const own = await actOnSlots(tx, context, request.practitionerId)
    const before = await lockReadSeries(tx, context, request)
    const series = changed(before, input)
    // Before the slots: whoever publishes takes its turn first as well.
    await orderPublications(tx, series)
    const slots = await lockSlotsToCome(tx, series, now)
    const until = await horizonOf(tx, series.cptsId, calendar.timeZone, now)
    const wanted = timesBetween(calendar, series, dayIn(calendar.timeZone, now), until)
    const toCome = wanted.filter(({ startsAt }) => startsAt > now)
    const { fitting, kept, unused, times } = sortSlots(slots, toCome, series, calendar.timeZone)
    await updateSeries(tx, before, { ...series, madeUntil: until })
    await closeUnused(tx, series, idsOf(unused), { now, forgotten: true })
    await restate(tx, series, idsOf(fitting))
    await keepForThem(tx, series, idsOf(kept))
    const made = await insertSlots(tx, { ...series, seriesId: series.id }, times, { now, reopens: true })
    const action = `slot-series.change ${request.practitionerId}`
    await recordAudit(tx, own, { action, at: now, to: String(made.length) })
    return { series: describeSeries(series), open: made.length + fitting.length, kept: kept.map(describeKept) }
  })
}

function changed(before: SlotSeriesRow, input: ChangeSlotSeries): SlotSeriesRow {
  if (input.until && input.until < before.fromDay) throw invalidField('/until', 'before-start')
  return {
    ...before,
    ...ruleOf(input),
    days: [...new Set(input.days)],
    everyWeeks: input.everyWeeks,
    untilDay: input.until ?? null,
    capacity: input.capacity,
    mode: input.mode,
    visibility: input.visibility,
    onClosedDays: input.onClosedDays,
    excludedDays: input.excluded,
    version: before.version + 1,
  }
}

const idsOf = (slots: readonly SeriesSlot[]): SeriesSlot['id'][] => slots.map(({ id }) => id)

const describeKept = ({ id, startsAt, endsAt, booked }: SeriesSlot): KeptSlot => ({
  id,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  state: booked > 0 ? 'booked' : 'held',
})
