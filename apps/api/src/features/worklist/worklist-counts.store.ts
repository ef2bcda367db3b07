import { type Band, bands, type CaseKindName } from '@maillage/contracts/cases'
import type { WorklistCounts } from '@maillage/contracts/worklist'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { startOfDayIn } from './due-window.ts'

interface Group {
  kind: CaseKindName
  status: string
  band_rank: number
  count: number
  late: number
  due_today: number
  escalated: number
}

const unmetDays = 30
const unmetWindow = unmetDays * 86_400_000

// What is open is bounded by what a team can follow; the closed cases of unscheduled care by their status' index.
const text = `select kind, status, band_rank, count(*)::int as count,
  (count(*) filter (where is_open and queue_at < $2::timestamptz))::int as late,
  (count(*) filter (where is_open and queue_at >= $2::timestamptz and queue_at < $3::timestamptz))::int as due_today,
  (count(*) filter (where escalated_at is not null))::int as escalated
from (
  select kind, status, band_rank, is_open, queue_at, escalated_at from cases where cpts_id = $1 and is_open
  union all
  select kind, status, band_rank, is_open, queue_at, escalated_at from cases
  where cpts_id = $1 and kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at >= $4::timestamptz
) counted
group by kind, status, band_rank`

/** The counters of the queue, by one statement over what is open and what found no solution these last 30 days. */
export async function countWorklist(db: Db, actor: Actor, now: Date): Promise<WorklistCounts> {
  const { timeZone } = await loadCalendar(db, actor.cptsId)
  const groups = await queryRows<Group>(db, {
    name: 'worklist_counts',
    text,
    values: [actor.cptsId, now, startOfDayIn(timeZone, now, 1), new Date(now.getTime() - unmetWindow)],
  })
  const open = groups.filter(({ status }) => status !== 'closed_no_solution')
  const ofKind = (kind: CaseKindName) => open.filter((group) => group.kind === kind)
  const ofBand = (band: Band) => open.filter((group) => bands[group.band_rank - 1] === band)
  return {
    open: sum(open),
    late: sum(open, 'late'),
    dueToday: sum(open, 'due_today'),
    byKind: {
      'gp-search': sum(ofKind('gp-search')),
      'unscheduled-care': sum(ofKind('unscheduled-care')),
      'hospital-discharge': sum(ofKind('hospital-discharge')),
    },
    byBand: { P1: sum(ofBand('P1')), P2: sum(ofBand('P2')), P3: sum(ofBand('P3')), P4: sum(ofBand('P4')) },
    byStatus: byStatus(open),
    unmet:
      sum(ofKind('unscheduled-care'), 'late') +
      sum(ofKind('hospital-discharge'), 'escalated') +
      sum(groups.filter((group) => !open.includes(group))),
  }
}

const sum = (groups: readonly Group[], of: 'count' | 'late' | 'due_today' | 'escalated' = 'count'): number =>
  groups.reduce((total, group) => total + group[of], 0)

function byStatus(groups: readonly Group[]): WorklistCounts['byStatus'] {
  const counts = new Map<string, WorklistCounts['byStatus'][number]>()
  for (const { kind, status, count } of groups) {
    const key = `${kind} ${status}`
    counts.set(key, { kind, status, count: (counts.get(key)?.count ?? 0) + count })
  }
  return [...counts.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, counted]) => counted)
}
