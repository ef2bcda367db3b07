import type { HomeFigures } from '@maillage/contracts/coordination/home'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

interface Row extends Omit<HomeFigures, 'oldestLateAt' | 'unmet' | 'unmetRecent'> {
  oldestLateAt: string | null
}

const recentMs = 30 * 86_400_000

// What is open is bounded by what a team can follow; the closed ones are counted along their own index.
const openText = `select
  (count(*) filter (where queue_at < $2::timestamptz))::int as "late",
  min(queue_at) filter (where queue_at < $2::timestamptz) as "oldestLateAt",
  (count(*) filter (where queue_at >= $2::timestamptz and queue_at < $3::timestamptz))::int as "dueToday",
  (count(*) filter (where status = 'submitted'))::int as "new",
  (count(*) filter (where status = 'submitted' and owner_id is null))::int as "newUnowned"
from cases where cpts_id = $1 and is_open`

const unmetText = `select count(*)::int as "unmet", (count(*) filter (where closed_at >= $2::timestamptz))::int as "unmetRecent"
from cases where cpts_id = $1 and kind = 'unscheduled-care' and status = 'closed_no_solution'`

/** The four figures of the home page, each as the queue counts it under the same filters. */
export async function readFigures(
  db: Db,
  cptsId: CptsId,
  { now, endOfDay }: { now: Date; endOfDay: Date },
): Promise<HomeFigures> {
  const [open] = await queryRows<Row>(db, { name: 'home_open', text: openText, values: [cptsId, now, endOfDay] })
  const recent = new Date(now.getTime() - recentMs)
  const [unmet] = await queryRows<Pick<HomeFigures, 'unmet' | 'unmetRecent'>>(db, {
    name: 'home_unmet',
    text: unmetText,
    values: [cptsId, recent],
  })
  if (!open || !unmet) throw new Error('A count gave no row')
  return { ...open, ...unmet, oldestLateAt: open.oldestLateAt && instantOf(open.oldestLateAt) }
}

const lateText = `select count(*)::int as late from cases c
where c.cpts_id = $1 and c.is_open and (
  (c.queue_at < $2::timestamptz and (c.owner_id is null or c.owner_id = any($3::uuid[])))
  or exists (select 1 from reminders r where r.cpts_id = $1 and r.case_id = c.id and r.done_at is null
    and r.due_at < $2::timestamptz and r.assignee_id = any($3::uuid[])))`

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
