import type { HomeFigures } from '@maillage/contracts/coordination/home'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { type CaseFigure, readCaseFigures, sumOf } from '../../kernel/counting/case-figures.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

const recentMs = 30 * 86_400_000

const oldestText = `select queue_at as at from cases where cpts_id = $1 and is_open and queue_at < $2::timestamptz
order by queue_at limit 1`

/** The four figures of the home page, each as the queue counts it under the same filters. */
export async function readFigures(db: Db, cptsId: CptsId, now: Date): Promise<HomeFigures> {
  const figures = await readCaseFigures(db, cptsId, { now, recently: new Date(now.getTime() - recentMs) })
  const [oldest] = await queryRows<{ at: string }>(db, {
    name: 'home_oldest_late',
    text: oldestText,
    values: [cptsId, now],
  })
  const isNew = ({ status }: CaseFigure): boolean => status === 'submitted'
  return {
    late: sumOf(figures, 'late'),
    oldestLateAt: oldest ? instantOf(oldest.at) : null,
    dueToday: sumOf(figures, 'dueToday'),
    new: sumOf(figures, 'cases', isNew),
    newUnowned: sumOf(figures, 'unowned', isNew),
    unmet: sumOf(figures, 'cases', ({ status }) => status === 'closed_no_solution'),
    unmetRecent: sumOf(figures, 'unmetRecent'),
  }
}

// Each sum along its own index: an « or » over the three would read every open case.
const lateText = `select (
  (select count(*) from cases c where c.cpts_id = $1 and c.is_open and c.owner_id = any($3::uuid[]) and c.queue_at < $2::timestamptz)
  + (select count(*) from cases c where c.cpts_id = $1 and c.is_open and c.owner_id is null and c.queue_at < $2::timestamptz)
  + (select count(*)
    from (select distinct r.case_id from reminders r
      where r.cpts_id = $1 and r.done_at is null and r.due_at < $2::timestamptz and r.assignee_id = any($3::uuid[])) r
    cross join lateral (
      select c.id from cases c where c.cpts_id = $1 and c.id = r.case_id and c.is_open
        and not (c.queue_at < $2::timestamptz and (c.owner_id is null or c.owner_id = any($3::uuid[]))) limit 1
    ) c)
)::int as late`

/** How many cases are late for these people: theirs, nobody's, and those with a callback that they should have made. */
export async function countLateFor(
  db: Db,
  cptsId: CptsId,
  { now, accountIds }: { now: Date; accountIds: readonly string[] },
): Promise<number> {
  const [row] = await queryRows<{ late: number }>(db, {
    name: 'home_late',
    text: lateText,
    values: [cptsId, now, [...accountIds]],
  })
  return row?.late ?? 0
}

const standInText = `select
  (select count(*)::int from cases c where c.cpts_id = $1 and c.is_open and c.owner_id = $2 and c.queue_at < $3::timestamptz) as late,
  (select count(*)::int from reminders r join cases c on c.cpts_id = r.cpts_id and c.id = r.case_id
    where r.cpts_id = $1 and r.done_at is null and c.is_open and r.due_at < $4::timestamptz
      and (r.assignee_id = $2 or (r.assignee_id is null and c.owner_id = $2))) as callbacks`

/** What a colleague who is away leaves to their deputy: late cases, and callbacks until tonight. */
export async function countLeftBy(
  db: Db,
  cptsId: CptsId,
  { accountId, now, endOfDay }: { accountId: string; now: Date; endOfDay: Date },
): Promise<{ late: number; callbacks: number }> {
  const [row] = await queryRows<{ late: number; callbacks: number }>(db, {
    name: 'home_left_by',
    text: standInText,
    values: [cptsId, accountId, now, endOfDay],
  })
  return row ?? { late: 0, callbacks: 0 }
}
