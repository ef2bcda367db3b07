import { dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import { keepMark, readTrail, trailBatch } from '../../../kernel/record/trail.ts'
import type { Owner } from '../../../platform/jobs/owner.ts'
import { inBatches, type Pace, withoutRest } from '../../../platform/jobs/pace.ts'
import { addReadings, listMembers } from './subject-readings.store.ts'
import { toldBySubject } from './told-by-subject.ts'

/** What the job needs: the owner's connections, for the API only reads what it writes, and the time. */
export interface TellDeps {
  readonly owner: Pick<Owner, 'transaction'>
  readonly now: () => Date
}

/**
 * Tells by subject what the trail gained since the last time, so that who read one case is found without going through the
 * pages of all. Line and mark are kept together: cut anywhere, it goes on where it was.
 */
export async function tellReadings({ owner, now }: TellDeps, cptsId: CptsId, pace: Pace = withoutRest): Promise<void> {
  await inBatches(pace, () =>
    owner.transaction(async (tx) => {
      const lines = await readTrail(tx, cptsId, 'readings', now())
      const last = lines.at(-1)
      if (!last) return false
      const { timeZone } = await loadCalendar(tx, cptsId)
      const membersOf = await listMembers(tx, cptsId, lines)
      await addReadings(tx, cptsId, toldBySubject(lines, { dayOf: (at) => dayIn(timeZone, at), membersOf }))
      await keepMark(tx, cptsId, 'readings', last.position)
      return lines.length === trailBatch
    }),
  )
}
