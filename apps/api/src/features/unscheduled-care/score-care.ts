import type { Priority } from '@maillage/contracts/cases'
import type { Context } from '../../kernel/context.ts'
import { priorityFrom, rankOf } from '../../kernel/priority.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { careDeadline } from './unscheduled-care.deadlines.ts'
import { scoreUnscheduledCare } from './unscheduled-care.priority.ts'
import type { UnscheduledCareRow } from './unscheduled-care.store.ts'

const HOUR = 3_600_000

/** What the priority of a request is computed from, as stored. */
export interface Scored extends Pick<UnscheduledCareRow, 'level' | 'basis'> {
  isTriaged: boolean
  clockStartedAt: Date
  override?: Priority['override']
}

/** The priority of a request at the context's instant. */
export function priorityOf({ now, calendar }: Pick<Context, 'now' | 'calendar'>, care: Scored): Priority {
  const due = careDeadline((care.isTriaged && care.level) || 'U1', care.clockStartedAt, calendar)
  return priorityFrom(
    scoreUnscheduledCare({
      isTriaged: care.isTriaged,
      level: care.level,
      basis: care.basis,
      hoursLeft: (due.getTime() - now.getTime()) / HOUR,
      hoursInAll: (due.getTime() - care.clockStartedAt.getTime()) / HOUR,
    }),
    care.override,
  )
}

/** The same with the columns of the header that go with it. */
export function priorityPatch(context: Context, care: Scored): Pick<CaseRow, 'priority' | 'score' | 'bandRank'> {
  const priority = priorityOf(context, care)
  return { priority, score: priority.score, bandRank: rankOf(priority.band) }
}
