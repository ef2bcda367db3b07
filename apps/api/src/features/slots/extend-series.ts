import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Deps } from '../../kernel/context.ts'
import { type Walked, walk } from '../../kernel/tending/walk.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { horizonOf, makeSlots } from './publish-slots.ts'
import { closeSlotsOnClosedDays, listShortSeries, seriesBatch } from './slot-publishing.store.ts'

/**
 * Carries the series of a CPTS eight weeks ahead, and closes what they still offer on days closed since. Each night; run
 * twice it writes nothing more.
 */
export function extendSeries(deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<Walked> {
  return walk<true>(deps, {
    name: 'extend-series',
    cptsId,
    pace,
    from: true,
    batch: async (tx, { now, calendar }) => {
      const short = await listShortSeries(tx, cptsId, await horizonOf(tx, cptsId, calendar.timeZone, now))
      let changed = 0
      for (const series of short) changed += await makeSlots(tx, { now, calendar }, series)
      // What was carried on is no longer short: the next batch asks the same question.
      const isLast = short.length < seriesBatch
      if (isLast) changed += await closeSlotsOnClosedDays(tx, cptsId, { now, ...calendar })
      return { seen: short.length, changed, next: isLast ? undefined : true }
    },
  })
}
