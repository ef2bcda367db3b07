import type { PractitionerId, SlotSeriesId } from '@maillage/contracts/kit/ids'
import type { EndedSlotSeries } from '@maillage/contracts/slots/slots'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { actOnSlots } from './own-slots.ts'
import { closeSlotsOfSeries, lockSeries, updateSeries } from './slot-publishing.store.ts'
import { countTaken } from './slot-reading.store.ts'

/** Ends a series: its free slots close, a patient's visit stands. */
export function endSlotSeries(
  deps: Deps,
  actor: Actor,
  { practitionerId, seriesId }: { practitionerId: PractitionerId; seriesId: SlotSeriesId },
  version: number,
): Promise<EndedSlotSeries> {
  return act(deps, actor, async (tx, context) => {
    const { now } = context
    const own = await actOnSlots(tx, context, practitionerId)
    const { cptsId } = actor
    const series = await lockSeries(tx, { cptsId, id: seriesId, practitionerId })
    if (!series) throw problem('not-found')
    if (series.version !== version) throw problem('version-stale')
    await updateSeries(tx, series, { endedAt: now, version: version + 1 })
    const closed = await closeSlotsOfSeries(tx, series, now)
    const kept = await countTaken(tx, series, now)
    await recordAudit(tx, own, { action: `slot-series.end ${practitionerId}`, at: now, to: String(closed) })
    return { closed, kept }
  })
}
