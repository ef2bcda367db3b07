import { dayIn } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { systemActor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { isOutside, wayOf } from '../../kernel/record/reading-way.ts'
import { keepMark, readTrail, type TrailLine, trailBatch } from '../../kernel/record/trail.ts'
import { settingOf } from '../../kernel/settings/setting.store.ts'
import type { Db } from '../../platform/db/database.ts'
import type { Owner } from '../../platform/jobs/owner.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { listAdministrators } from './administrators.ts'
import { forgetOpenings, keepOpenings, listDuties, listOpenings, raiseAlert } from './reading-alerts.store.ts'
import { findUnusual, type Limits } from './unusual.ts'

/** What the job needs: the owner's connections, and the time. */
export interface WatchDeps {
  readonly owner: Pick<Owner, 'transaction'>
  readonly now: () => Date
}

/** No rule looks further back than a day, which lasts twenty-five hours when clocks change. */
const dayMs = 25 * 3_600_000
/** Whoever is on duty prepares and writes up around it. */
const marginMs = 3_600_000

/**
 * Looks at what the trail gained for readings to be explained: files opened or taken out by somebody with an account. Lists
 * and searches are no opening. Each alert is told once to those who run the CPTS; nothing is counted that no rule needs.
 */
export async function watchReadings(
  { owner, now }: WatchDeps,
  cptsId: CptsId,
  pace: Pace = withoutRest,
): Promise<void> {
  await inBatches(pace, () =>
    owner.transaction(async (tx) => {
      const lines = await readTrail(tx, cptsId, 'reading-alerts', now())
      const last = lines.at(-1)
      if (!last) return false
      const openings = lines.flatMap(openingOf)
      if (openings.length > 0) await judge(tx, cptsId, openings, now())
      await forgetOpenings(tx, cptsId, new Date(last.at.getTime() - 2 * dayMs))
      await keepMark(tx, cptsId, 'reading-alerts', last.position)
      return lines.length === trailBatch
    }),
  )
}

interface Read extends Pick<TrailLine, 'at' | 'caseId' | 'patientId' | 'role'> {
  readonly actorId: AccountId
}

function openingOf(line: TrailLine): Read[] {
  const { actorId, at, caseId, patientId, role } = line
  const way = wayOf(line)
  if (!actorId || isOutside(line.action) || (way !== 'opened' && way !== 'exported')) return []
  return [{ actorId, at, caseId, patientId, role }]
}

async function judge(tx: Db, cptsId: CptsId, openings: readonly Read[], now: Date): Promise<void> {
  await keepOpenings(tx, cptsId, openings)
  const calendar = await loadCalendar(tx, cptsId)
  const limits = await limitsOf(tx, cptsId)
  const times = openings.map(({ at }) => at.getTime())
  const [from, to] = [new Date(Math.min(...times)), new Date(Math.max(...times))]
  const actorIds = [...new Set(openings.map(({ actorId }) => actorId))]
  const recent = await listOpenings(tx, cptsId, actorIds, new Date(from.getTime() - dayMs))
  const duties = await listDuties(tx, cptsId, actorIds, [from, to])
  for (const accountId of actorIds) {
    const role = openings.findLast((one) => one.actorId === accountId)?.role ?? ''
    const own = duties.filter(({ actorId }) => actorId === accountId)
    const isOnDuty = (at: Date): boolean =>
      own.some(
        ({ startsAt, endsAt }) =>
          at.getTime() >= startsAt.getTime() - marginMs && at.getTime() < endsAt.getTime() + marginMs,
      )
    const theirs = recent.filter(({ actorId }) => actorId === accountId)
    // Of the day before, only what an hour begun then may hold: its own batch has judged it.
    const since = dayIn(calendar.timeZone, from)
    for (const unusual of findUnusual(theirs, { calendar, limits, isOnDuty }))
      if (unusual.day >= since) await tell(tx, { cptsId, accountId, role }, unusual, now)
  }
}

async function tell(
  tx: Db,
  reader: { cptsId: CptsId; accountId: AccountId; role: string },
  unusual: Parameters<typeof raiseAlert>[2],
  now: Date,
): Promise<void> {
  const raised = await raiseAlert(tx, reader, unusual, now)
  if (!raised) return
  const { cptsId } = reader
  for (const accountId of await listAdministrators(tx, cptsId))
    await sendNotice(
      tx,
      { actor: systemActor(cptsId), now },
      {
        kind: 'unusual-reading',
        to: { accountId },
        link: { path: '/lectures-inhabituelles' },
        about: raised.id,
        key: `reading-alert:${raised.id}:${raised.version}:${accountId}`,
      },
    )
}

async function limitsOf(tx: Db, cptsId: CptsId): Promise<Limits> {
  return {
    hour: await settingOf(tx, cptsId, 'reading-alert-hour-files'),
    day: await settingOf(tx, cptsId, 'reading-alert-day-files'),
    night: await settingOf(tx, cptsId, 'reading-alert-night-files'),
    closedDay: await settingOf(tx, cptsId, 'reading-alert-closed-files'),
    from: await settingOf(tx, cptsId, 'reading-hours-from'),
    to: await settingOf(tx, cptsId, 'reading-hours-to'),
  }
}
