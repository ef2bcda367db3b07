import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Context, Deps } from '../../kernel/context.ts'
import { enqueueEvents, recordAudits, recordEvents } from '../../kernel/record/record-many.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { patchCases } from '../../kernel/tending/patch-cases.ts'
import { type Batch, beforeAll, type Walked, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { priorityPatch } from './score-care.ts'
import { lateness } from './unscheduled-care.deadlines.ts'
import { clockFacts } from './unscheduled-care.kind.ts'
import { type UnscheduledCareRow, type WatchCursor, waitingCares, watchBatch } from './unscheduled-care.store.ts'

/** For how long the order of a request that was escalated is still refreshed: a triage may have given it a longer delay. */
const refreshedMs = 4 * 24 * 3_600_000

/** What a watch did; `told` names who is late. */
export interface Watched extends Walked {
  readonly told: readonly CaseId[]
}

/**
 * What the passage of time does to the requests of a CPTS, for the job that runs each minute: the order follows the
 * time left, and a triage or a care that is late is told, once. It ends none: only a person answers for a request.
 * Once its lateness is told, time changes a request no more, unless a triage gives it a new delay: the walk leaves it out.
 */
export async function watchUnscheduledCares(deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<Watched> {
  const told: CaseId[] = []
  const lately: WatchCursor = { escalatedAt: new Date(deps.now().getTime() - refreshedMs).toISOString(), id: beforeAll }
  const walked = await walk<WatchCursor>(deps, {
    name: 'watch-unscheduled-cares',
    cptsId,
    pace,
    from: { escalatedAt: null, id: beforeAll },
    batch: async (tx, context, after): Promise<Batch<WatchCursor>> => {
      const waiting = await waitingCares(tx, cptsId, after, context.now)
      const { changed, late } = await tend(tx, context, waiting)
      told.push(...late)
      const last = waiting.length === watchBatch ? waiting.at(-1) : undefined
      const onward = last ? { escalatedAt: last.at, id: last.row.id } : undefined
      const isFirstPart = after.escalatedAt === null
      return { seen: waiting.length, changed, next: onward ?? (isFirstPart ? lately : undefined) }
    },
  })
  return { ...walked, told }
}

type Waiting = { row: CaseRow; care: UnscheduledCareRow; told: readonly string[] }

/** One batch: at most one statement for the headers, and one each for the stories, the trail and what follows. */
async function tend(tx: Db, context: Context, waiting: readonly Waiting[]) {
  const changing = waiting.map((one) => changeOf(context, one)).filter((change) => change !== undefined)
  const shape = {
    name: 'watched_care',
    columns: ['priority', 'score', 'band_rank', 'escalated_at', 'escalation_reason'],
    isAct: false,
  } as const
  const where = { cptsId: context.actor.cptsId, now: context.now }
  const written = await patchCases(
    tx,
    where,
    shape,
    changing.map(({ patch }) => patch),
  )
  const late = changing.flatMap(({ row, action }) =>
    action && written.has(row.id) ? [{ row, type: 'priority' as const, action }] : [],
  )
  await recordEvents(tx, context, late)
  await recordAudits(
    tx,
    context,
    late.map(({ row, action }) => ({ row, action: `${row.kind}.${action}` })),
  )
  await enqueueEvents(tx, context, late)
  return { changed: written.size, late: late.map(({ row }) => row.id) }
}

/** What time changes on a request, undefined when nothing: its order, and whether it is told to be late. */
function changeOf(context: Context, { row, care, told }: Waiting) {
  const { clockStartedAt, priority } = row
  const isTriaged = row.status !== 'submitted'
  const anew = priorityPatch(context, { ...care, isTriaged, clockStartedAt, override: priority.override })
  const isOther = anew.score !== row.score || anew.bandRank !== row.bandRank
  const late = lateness(clockFacts(row, care, null), context.now, context.calendar)
  const action = late && !told.includes(late) ? late : undefined
  const isEscalated = late === 'care-late' && (action !== undefined || row.escalatedAt === null)
  if (!isOther && !action && !isEscalated) return undefined
  const patch = {
    id: row.id,
    version: row.version,
    priority: isOther ? anew.priority : priority,
    score: anew.score,
    band_rank: anew.bandRank,
    escalated_at: isEscalated ? context.now : row.escalatedAt,
    escalation_reason: isEscalated ? 'care-late' : row.escalationReason,
  }
  return { row, action, patch }
}
