import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq, lte, sql } from 'drizzle-orm'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { gpSearchDelays } from './gp-search.deadlines.ts'
import { attemptsSince } from './gp-search.store.ts'
import { moveGpSearchIn } from './move-gp-search.ts'

const batch = 200
type Due = { id: CaseId; version: number; cptsId: CptsId; statusSince: Date }

/** Pauses that are over resume, and questions unanswered after thirty days and three attempts close (domain notes D2). */
export function tendSearches(deps: Deps, cptsId: CptsId): Promise<{ resumed: number; closed: number }> {
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const rested = await listDue(tx, context, 'on_hold')
    for (const { id, version } of rested) await moveGpSearchIn(tx, context, id, { action: 'resume', version })
    let closed = 0
    for (const asked of await listDue(tx, context, 'info_requested'))
      closed += Number(await closeUnanswered(tx, context, asked))
    return { resumed: rested.length, closed }
  })
}

async function closeUnanswered(tx: Db, context: Context, asked: Due): Promise<boolean> {
  const { informationSteps, informationStepDays } = gpSearchDelays
  const limit = addCalendarDays(context.calendar, asked.statusSince, informationSteps * informationStepDays)
  if (limit > context.now || (await attemptsSince(tx, asked, asked.statusSince)) < informationSteps) return false
  await moveGpSearchIn(tx, context, asked.id, { action: 'close', version: asked.version, reason: 'no_answer' })
  return true
}

const listDue = (tx: Db, context: Context, status: 'on_hold' | 'info_requested'): Promise<Due[]> =>
  tx
    .select({ id: cases.id, version: cases.version, cptsId: cases.cptsId, statusSince: cases.statusSince })
    .from(cases)
    .where(
      and(
        eq(cases.cptsId, context.actor.cptsId),
        eq(cases.kind, 'gp-search'),
        eq(cases.status, status),
        status === 'on_hold'
          ? lte(cases.resumeAt, context.now)
          : lte(cases.statusSince, sql`${context.now.toISOString()}::timestamptz - interval '30 days'`),
      ),
    )
    .limit(batch)
