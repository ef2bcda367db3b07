import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../platform/db/database.ts'
import type { CasePatch } from './case.store.ts'
import type { Context } from './context.ts'
import { type CaseRow, reminders } from './tables/case.table.ts'

/**
 * The clocks of a case as it stands: what runs out next, and where it queues. A callback enters the queue when it
 * comes before the deadline. Called by every act that may change a clock, after the slice wrote its own row.
 */
export async function clocksOf(
  tx: Db,
  context: Context,
  row: CaseRow,
): Promise<Pick<CasePatch, 'dueAt' | 'dueCode' | 'queueAt'>> {
  if (!row.isOpen) return { dueAt: null, dueCode: null, queueAt: 'infinity' }
  const deadline = await context.kinds[row.kind].deadlineOf(tx, context, row)
  const [callback] = await tx
    .select({ dueAt: reminders.dueAt })
    .from(reminders)
    .where(and(eq(reminders.cptsId, row.cptsId), eq(reminders.caseId, row.id), isNull(reminders.doneAt)))
    .orderBy(asc(reminders.dueAt))
    .limit(1)
  const first =
    callback && (!deadline || callback.dueAt < deadline.at)
      ? { code: 'callback' as const, at: callback.dueAt }
      : deadline
  return { dueAt: first?.at ?? null, dueCode: first?.code ?? null, queueAt: first?.at.toISOString() ?? 'infinity' }
}
