import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'
import type { Context } from './context.ts'
import type { Deadline } from './deadlines.ts'
import type { CaseRow } from './tables/case.table.ts'

/** The columns of a case that its clocks fill. */
export type Clocks = Pick<CaseRow, 'dueAt' | 'dueCode' | 'queueAt'>

/** The clocks of which this runs out first; null when nothing runs. */
export const clocksFrom = (first: Deadline | null): Clocks => ({
  dueAt: first?.at ?? null,
  dueCode: first?.code ?? null,
  queueAt: first?.at.toISOString() ?? 'infinity',
})

const firstCallback = `select due_at from reminders
where cpts_id = $1 and case_id = $2 and done_at is null order by due_at limit 1`

/**
 * The clocks of a case as it stands: what runs out next, and where it queues. A callback enters the queue when it
 * comes before the deadline. Called by every act that may change a clock, after the slice wrote its own row.
 */
export async function clocksOf(tx: Db, context: Context, row: CaseRow): Promise<Clocks> {
  if (!row.isOpen) return clocksFrom(null)
  const deadline = await context.kinds[row.kind].deadlineOf(tx, context, row)
  const [found] = await queryRows<{ due_at: string }>(tx, {
    name: 'first_callback',
    text: firstCallback,
    values: [row.cptsId, row.id],
  })
  const callback = found && { dueAt: new Date(found.due_at) }
  return clocksFrom(
    callback && (!deadline || callback.dueAt < deadline.at) ? { code: 'callback', at: callback.dueAt } : deadline,
  )
}
