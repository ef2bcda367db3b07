import type { PractitionerId, SlotSeriesId } from '@maillage/contracts/kit/ids'
import type { EndedSlotSeries, WithdrawnSlotSeries } from '@maillage/contracts/slots/slots'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Context, Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { SlotSeriesRow } from '../../../kernel/slots/slot.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { actOnSlots } from '../own-slots.ts'
import { lockSeries, updateSeries } from '../slot-publishing.store.ts'
import { closeUnused, keepForThem, lockSlotsToCome, type SeriesSlot } from './series-slots.store.ts'
import { isTaken } from './sort-slots.ts'

/** Which series, of whom, as it was read. */
export interface SeriesRequest {
  readonly practitionerId: PractitionerId
  readonly seriesId: SlotSeriesId
  readonly version: number
}

/** A running series under lock, in the version that the caller read. */
export async function lockReadSeries(tx: Db, { actor }: Context, request: SeriesRequest): Promise<SlotSeriesRow> {
  const { practitionerId, seriesId: id, version } = request
  const series = await lockSeries(tx, { cptsId: actor.cptsId, id, practitionerId })
  if (!series) throw problem('not-found')
  if (series.version !== version) throw problem('version-stale')
  return series
}

/** Ends a series: its free slots close, a patient's visit stands, and its hour goes with it. */
export function endSlotSeries(deps: Deps, actor: Actor, request: SeriesRequest): Promise<EndedSlotSeries> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, request.practitionerId)
    const series = await lockReadSeries(tx, context, request)
    const slots = await lockSlotsToCome(tx, series, now)
    const kept = slots.filter(isTaken).map(({ id }) => id)
    await keepForThem(tx, series, kept)
    const closed = await stop(tx, series, slots, now)
    await recordAudit(tx, own, { action: `slot-series.end ${request.practitionerId}`, at: now, to: String(closed) })
    return { closed, kept: kept.length }
  })
}

/** Takes a publication back: all of it, or nothing where somebody was placed in it meanwhile, and then in which. */
export function withdrawSlotSeries(deps: Deps, actor: Actor, request: SeriesRequest): Promise<WithdrawnSlotSeries> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, request.practitionerId)
    const series = await lockReadSeries(tx, context, request)
    const slots = await lockSlotsToCome(tx, series, now)
    const errors = slots.filter(isTaken).map(({ id, booked, startsAt }) => ({
      pointer: `/slots/${id}`,
      code: booked > 0 ? 'booked' : 'held',
      detail: startsAt.toISOString(),
    }))
    if (errors.length > 0) throw problem('slot-taken', { errors })
    const closed = await stop(tx, series, slots, now)
    const action = `slot-series.withdraw ${request.practitionerId}`
    await recordAudit(tx, own, { action, at: now, to: String(closed) })
    return { closed }
  })
}

async function stop(tx: Db, series: SlotSeriesRow, slots: readonly SeriesSlot[], now: Date): Promise<number> {
  const free = slots.filter((slot) => !slot.isClosed && !isTaken(slot)).map(({ id }) => id)
  await updateSeries(tx, series, { endedAt: now, version: series.version + 1 })
  await closeUnused(tx, series, free, { now, forgotten: false })
  return free.length
}
