import { dayIn } from '@maillage/contracts/kit/dates'
import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { listHolders } from '../../kernel/accounts/holders.ts'
import { systemActor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import { dayAfter } from '../../kernel/calendar.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { isOutside, wayOf } from '../../kernel/record/reading-way.ts'
import { keepMark, readTrail, type TrailLine, trailBatch } from '../../kernel/record/trail.ts'
import { settingOf } from '../../kernel/settings/setting.store.ts'
import type { Db } from '../../platform/db/database.ts'
import type { Owner } from '../../platform/jobs/owner.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { forgetOpenings, keepOpenings, listDuties, listOpenings, raiseAlert } from './reading-alerts.store.ts'
import { forgetListings, keepListings, type Listing } from './recent-listings.store.ts'
import { findUnusual, type Limits, type Surroundings, type Unusual } from './unusual.ts'

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
 * Looks at what the trail gained for readings to be explained: files opened or taken out by somebody with an account, and
 * whom lists and searches named to them. Each alert is told once to those who run the CPTS; nothing is counted that no rule
 * needs.
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
      const [openings, shown] = [lines.flatMap(openingOf), lines.filter(isPageOfPeople)]
      if (openings.length + shown.length > 0) await judge(tx, cptsId, { openings, shown }, now())
      const before = new Date(last.at.getTime() - 2 * dayMs)
      await forgetOpenings(tx, cptsId, before)
      await forgetListings(tx, cptsId, dayIn('UTC', before))
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

/** A list, a search or a file that named people to somebody with an account. */
const isPageOfPeople = (line: TrailLine): line is PageOfPeople =>
  line.actorId !== null && line.shown !== null && line.outcome === 'done' && !isOutside(line.action)
interface PageOfPeople extends TrailLine {
  readonly actorId: AccountId
  readonly shown: readonly string[]
}

interface Seen {
  readonly openings: readonly Read[]
  readonly shown: readonly PageOfPeople[]
}

async function judge(tx: Db, cptsId: CptsId, { openings, shown }: Seen, now: Date): Promise<void> {
  const calendar = await loadCalendar(tx, cptsId)
  const limits = await limitsOf(tx, cptsId)
  const found = [
    ...(openings.length > 0 ? await judgeOpenings(tx, cptsId, openings, { calendar, limits }) : []),
    ...(await judgeListings(tx, cptsId, shown, { calendar, limits })),
  ]
  for (const accountId of new Set(found.map((one) => one.accountId))) {
    const role = [...openings, ...shown].findLast((one) => one.actorId === accountId)?.role ?? ''
    const theirs = found.filter((one) => one.accountId === accountId).map(({ unusual }) => unusual)
    for (const day of new Set(theirs.map((unusual) => unusual.day)))
      await tell(tx, { cptsId, accountId, role }, { day, found: theirs.filter((one) => one.day === day) }, now)
  }
}

interface Found {
  readonly accountId: AccountId
  readonly unusual: Unusual
}
interface Rules extends Pick<Surroundings, 'calendar'> {
  readonly limits: Limits & { readonly listed: number }
}

async function judgeOpenings(tx: Db, cptsId: CptsId, openings: readonly Read[], rules: Rules): Promise<Found[]> {
  await keepOpenings(tx, cptsId, openings)
  const { timeZone } = rules.calendar
  const times = openings.map(({ at }) => at.getTime())
  const [from, to] = [new Date(Math.min(...times)), new Date(Math.max(...times))]
  const actorIds = [...new Set(openings.map(({ actorId }) => actorId))]
  const recent = await listOpenings(tx, cptsId, actorIds, new Date(from.getTime() - dayMs))
  const duties = await listDuties(tx, cptsId, actorIds, [from, to])
  // Of the day before, only what an hour or a night begun then may hold: its own batch has judged it.
  const today = dayIn(timeZone, from)
  const isOfNow = ({ rule, day }: Unusual): boolean => day >= (rule === 'night' ? dayAfter(today, -1) : today)
  return actorIds.flatMap((accountId) => {
    const own = duties.filter(({ actorId }) => actorId === accountId)
    const isOnDuty = (at: Date): boolean =>
      own.some(
        ({ startsAt, endsAt }) =>
          at.getTime() >= startsAt.getTime() - marginMs && at.getTime() < endsAt.getTime() + marginMs,
      )
    const theirs = recent.filter(({ actorId }) => actorId === accountId)
    return findUnusual(theirs, { ...rules, isOnDuty })
      .filter(isOfNow)
      .map((unusual) => ({ accountId, unusual }))
  })
}

async function judgeListings(
  tx: Db,
  cptsId: CptsId,
  pages: readonly PageOfPeople[],
  { calendar, limits }: Rules,
): Promise<Found[]> {
  const threshold = limits.listed
  if (pages.length === 0 || threshold === 0) return []
  // A queue that is read again all day names the same people: told once here, before the database hears of them.
  const known = new Map<string, Listing>()
  for (const { actorId, at, shown } of pages) {
    const day = dayIn(calendar.timeZone, at)
    for (const shownId of shown) {
      const key = [actorId, day, shownId].join(' ')
      if (!known.has(key)) known.set(key, { actorId, day, shownId, at })
    }
  }
  const days = await keepListings(tx, cptsId, [...known.values()], threshold)
  return days.map(({ actorId, ...one }) => ({ accountId: actorId, unusual: { rule: 'listed', threshold, ...one } }))
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
  for (const { id: accountId } of await listHolders(tx, cptsId, 'administrator'))
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

async function limitsOf(tx: Db, cptsId: CptsId): Promise<Limits & { listed: number }> {
  return {
    hour: await settingOf(tx, cptsId, 'reading-alert-hour-files'),
    day: await settingOf(tx, cptsId, 'reading-alert-day-files'),
    listed: await settingOf(tx, cptsId, 'reading-alert-day-listed'),
    night: await settingOf(tx, cptsId, 'reading-alert-night-files'),
    closedDay: await settingOf(tx, cptsId, 'reading-alert-closed-files'),
    from: await settingOf(tx, cptsId, 'reading-hours-from'),
    to: await settingOf(tx, cptsId, 'reading-hours-to'),
  }
}
