import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { beforeAll } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { gpSearchDelays } from './gp-search.deadlines.ts'
import { moveGpSearch } from './move-gp-search.ts'

const batch = 50
type Due = { id: CaseId; version: number; at: string }
/** The instant as PostgreSQL writes it: a JS Date would lose microseconds, and stay on the same row. */
type Cursor = { at: string; id: string }
type Ending = { action: 'resume' } | { action: 'close'; reason: 'no_answer' }

/** Pauses that are over resume (domain notes D2): for the job that runs each minute. Returns how many. */
export const resumeSearches = (deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<number> =>
  moveDue(deps, cptsId, { pace, listDue: listRested, ending: { action: 'resume' } })

/**
 * Questions unanswered after thirty days and three attempts close (domain notes D2). Returns how many. Many wait for
 * an attempt, and are looked at each time: for a job that runs a few times a day.
 */
export const closeUnanswered = (deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<number> =>
  moveDue(deps, cptsId, { pace, listDue: listUnanswered, ending: { action: 'close', reason: 'no_answer' } })

/** What the passage of time does to the searches of a CPTS. */
export async function tendSearches(
  deps: Deps,
  cptsId: CptsId,
  pace: Pace = withoutRest,
): Promise<{ resumed: number; closed: number }> {
  const resumed = await resumeSearches(deps, cptsId, pace)
  return { resumed, closed: await closeUnanswered(deps, cptsId, pace) }
}

interface DueMoves {
  readonly pace: Pace
  readonly ending: Ending
  listDue(tx: Db, context: Context, after: Cursor): Promise<{ read: readonly Due[]; due: readonly Due[] }>
}

/** Lists a batch, then moves each in a transaction of its own: one that fails holds up no other, and is told at the end. */
async function moveDue(deps: Deps, cptsId: CptsId, { pace, ending, listDue }: DueMoves): Promise<number> {
  const system = systemActor(cptsId)
  const failures: unknown[] = []
  let moved = 0
  let after: Cursor = { at: '-infinity', id: beforeAll }
  await inBatches(pace, async () => {
    const { read, due } = await act(deps, system, (tx, context) => listDue(tx, context, after))
    for (const { id, version } of due) {
      await moveGpSearch(deps, system, id, { ...ending, version })
        .then(() => {
          moved += 1
        })
        .catch((error: unknown) => failures.push(error))
    }
    after = read.at(-1) ?? after
    return read.length === batch
  })
  if (failures.length > 0) throw new AggregateError(failures, 'Some searches could not be moved on')
  return moved
}

const columns = { id: cases.id, version: cases.version }
const searches = (context: Context, status: 'on_hold' | 'info_requested') =>
  and(
    eq(cases.cptsId, context.actor.cptsId),
    sql`${cases.kind} = 'gp-search'`,
    sql`${cases.status} = ${sql.raw(`'${status}'`)}`,
  )

async function listRested(tx: Db, context: Context, after: Cursor) {
  const read = await tx
    .select({ ...columns, at: sql<string>`${cases.resumeAt}::text` })
    .from(cases)
    .where(
      and(
        searches(context, 'on_hold'),
        lte(cases.resumeAt, context.now),
        sql`(${cases.resumeAt}, ${cases.id}) > (${after.at}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(cases.resumeAt), asc(cases.id))
    .limit(batch)
  return { read, due: read }
}

async function listUnanswered(tx: Db, context: Context, after: Cursor) {
  const { informationSteps, informationStepDays } = gpSearchDelays
  const days = informationSteps * informationStepDays
  const attempts = sql<number>`(select count(*)::int from case_events e where e.cpts_id = ${cases.cptsId}
    and e.case_id = ${cases.id} and e.type = 'contact-attempt' and e.at >= ${cases.statusSince})`
  const read = await tx
    .select({ ...columns, at: sql<string>`${cases.statusSince}::text`, since: cases.statusSince, attempts })
    .from(cases)
    .where(
      and(
        searches(context, 'info_requested'),
        lte(cases.statusSince, sql`${context.now.toISOString()}::timestamptz - make_interval(days => ${days})`),
        sql`(${cases.statusSince}, ${cases.id}) > (${after.at}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(cases.statusSince), asc(cases.id))
    .limit(batch)
  const due = read.filter(
    (one) => one.attempts >= informationSteps && addCalendarDays(context.calendar, one.since, days) <= context.now,
  )
  return { read, due }
}
