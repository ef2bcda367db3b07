import type { CptsId } from '@maillage/contracts/kit/ids'
import { forgetReadings } from './features/audit-log/readings/forget-readings.ts'
import { tellReadings } from './features/audit-log/readings/tell-readings.ts'
import { watchReadings } from './features/reading-alerts/watch-readings.ts'
import { forgetTrail, listCpts } from './kernel/record/forget-trail.ts'
import { listUnsealed, sealAudit } from './kernel/record/seal-audit.ts'
import { listUnread, type TrailJob } from './kernel/record/trail.ts'
import { alone, eachInTurn, type Job } from './platform/jobs/in-turn.ts'
import type { Owner } from './platform/jobs/owner.ts'
import { inBatches, type Pace } from './platform/jobs/pace.ts'

interface TrailJobDeps {
  readonly owner: Owner
  readonly now: () => Date
}

/** What goes through the trail: its seals, and who was shown whom. */
export function trailJobs(deps: TrailJobDeps): Record<string, Job> {
  const { owner, now } = deps
  const eachUnread = async (job: TrailJob, work: (id: CptsId) => Promise<void>, pace: Pace): Promise<void> =>
    eachInTurn(await owner.transaction((tx) => listUnread(tx, job, now())), work, pace)
  return {
    'seal-audit': alone(deps, 'seal-audit', (pace) => sealAll(deps, pace)),
    'tell-readings': alone(deps, 'tell-readings', (pace) =>
      eachUnread('readings', (id) => tellReadings(deps, id, pace), pace),
    ),
    'watch-readings': alone(deps, 'watch-readings', (pace) =>
      eachUnread('reading-alerts', (id) => watchReadings(deps, id, pace), pace),
    ),
    'forget-trail': alone(deps, 'forget-trail', async (pace) => {
      await eachInTurn(await owner.transaction(listCpts), (id) => forgetTrail(deps, id, pace), pace)
      await forgetReadings(owner, pace, now())
    }),
  }
}

const sealAll = async ({ owner, now }: TrailJobDeps, pace: Pace): Promise<void> =>
  eachInTurn(
    await owner.transaction((tx) => listUnsealed(tx, now())),
    (id) => inBatches(pace, async () => (await owner.transaction((tx) => sealAudit(tx, id, now()))) > 0),
    pace,
  )
