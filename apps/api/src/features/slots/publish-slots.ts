import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import { type CptsId, newId, type PractitionerId, type SlotId, SlotSeriesId } from '@maillage/contracts/kit/ids'
import type { PublishSlotSeries, PublishSlots } from '@maillage/contracts/slots/slots'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { dayAfter } from '../../kernel/calendar.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { settingOf } from '../../kernel/settings/setting.store.ts'
import type { SlotSeriesRow } from '../../kernel/slots/slot.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { actOnSlots } from './own-slots.ts'
import { type DayRule, minuteOf, timesBetween, timesOfDay } from './recurrence.ts'
import { insertSeries, insertSlots, updateSeries } from './slot-publishing.store.ts'

/** Nobody plans a visit of unscheduled care further ahead. */
const furthestDays = 366

/** What a day holds by what was typed; refused when its last slot would end after midnight. */
export const ruleOf = ({
  time,
  count,
  durationMinutes,
}: Pick<PublishSlots, 'time' | 'count' | 'durationMinutes'>): DayRule => {
  const rule = { startMinute: minuteOf(time), slotsADay: count, durationMinutes }
  if (rule.startMinute + count * durationMinutes > 24 * 60) throw invalidField('/count', 'past-midnight')
  return rule
}

/** Publishes the slots of one day, one after the other; those that would overlap what stands are left out. */
export function publishSlots(
  deps: Deps,
  actor: Actor,
  practitionerId: PractitionerId,
  input: PublishSlots,
): Promise<SlotId[]> {
  return act(deps, actor, async (tx, context) => {
    const { now, calendar } = context
    const own = await actOnSlots(tx, context, practitionerId)
    demandDay(input.day, '/day', dayIn(calendar.timeZone, now))
    const times = timesOfDay(calendar.timeZone, input.day, ruleOf(input)).filter(({ startsAt }) => startsAt > now)
    if (times.length === 0) throw invalidField('/time', 'past')
    const { mode, visibility, capacity } = input
    const traits = { cptsId: actor.cptsId, practitionerId, seriesId: null, mode, visibility, capacity }
    const ids = await insertSlots(tx, traits, times, { now, reopens: true })
    if (ids.length === 0) throw problem('already-exists')
    await recordAudit(tx, own, { action: `slot.publish ${practitionerId}`, at: now, to: String(ids.length) })
    return ids
  })
}

function demandDay(day: DayDate, pointer: string, today: DayDate): void {
  if (day < today) throw invalidField(pointer, 'past')
  if (day > dayAfter(today, furthestDays)) throw invalidField(pointer, 'too-far')
}

/** Publishes slots that come again each week, and writes the first eight weeks of them. */
export function publishSlotSeries(
  deps: Deps,
  actor: Actor,
  practitionerId: PractitionerId,
  input: PublishSlotSeries,
): Promise<{ series: SlotSeriesRow; made: number }> {
  return act(deps, actor, async (tx, context) => {
    const { now, calendar } = context
    const own = await actOnSlots(tx, context, practitionerId)
    const today = dayIn(calendar.timeZone, now)
    const rule = ruleOf(input)
    demandDay(input.from, '/from', today)
    if (input.until && input.until < input.from) throw invalidField('/until', 'before-start')
    const series: SlotSeriesRow = {
      cptsId: actor.cptsId,
      id: newId(SlotSeriesId),
      practitionerId,
      ...rule,
      days: [...new Set(input.days)],
      everyWeeks: input.everyWeeks,
      fromDay: input.from,
      untilDay: input.until ?? null,
      capacity: input.capacity,
      mode: input.mode,
      visibility: input.visibility,
      onClosedDays: input.onClosedDays,
      excludedDays: input.excluded,
      madeUntil: dayAfter(today, -1),
      endedAt: null,
      version: 1,
      createdAt: now,
    }
    await insertSeries(tx, series)
    const made = await makeSlots(tx, context, series, true)
    await recordAudit(tx, own, { action: `slot-series.publish ${practitionerId}`, at: now, to: String(made) })
    return { series, made }
  })
}

/** Writes the slots of a series that are not written yet, as far as the horizon; how many came to be. */
export async function makeSlots(
  tx: Db,
  { now, calendar }: Pick<Context, 'now' | 'calendar'>,
  series: SlotSeriesRow,
  reopens = false,
): Promise<number> {
  const until = await horizonOf(tx, series.cptsId, calendar.timeZone, now)
  const from = dayAfter(series.madeUntil, 1)
  const times = timesBetween(calendar, series, from, until).filter(({ startsAt }) => startsAt > now)
  const ids = await insertSlots(tx, { ...series, seriesId: series.id }, times, { now, reopens })
  await updateSeries(tx, series, { madeUntil: until })
  return ids.length
}

/** The last day whose slots are written today: as far ahead as the CPTS set. */
export const horizonOf = async (db: Db, cptsId: CptsId, timeZone: string, now: Date): Promise<DayDate> =>
  dayAfter(dayIn(timeZone, now), await settingOf(db, cptsId, 'slot-horizon-days'))
