import type { Context } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { priorityPatch } from './score-care.ts'
import { lateness } from './unscheduled-care.deadlines.ts'
import { clockFacts } from './unscheduled-care.kind.ts'
import { type UnscheduledCareRow, updateHeader, waitingCares, wasToldSince } from './unscheduled-care.store.ts'

/**
 * What the passage of time does to the requests of a CPTS, for the job that runs each minute: the order follows the
 * time left, and a triage or a care that is late is told, once. It ends none: only a person answers for a request.
 * Returns those that were told.
 */
export async function watchUnscheduledCares(tx: Db, context: Context): Promise<CaseRow['id'][]> {
  const told: CaseRow['id'][] = []
  for (const { row, care } of await waitingCares(tx, context.actor.cptsId)) {
    await refreshOrder(tx, context, row, care)
    const late = lateness(clockFacts(row, care, null), context.now, context.calendar)
    if (!late || (await wasToldSince(tx, row, late, row.clockStartedAt))) continue
    if (late === 'care-late') await updateHeader(tx, row, { escalatedAt: context.now, escalationReason: late })
    await tell(tx, context, row, late)
    told.push(row.id)
  }
  return told
}

async function refreshOrder(tx: Db, context: Context, row: CaseRow, care: UnscheduledCareRow): Promise<void> {
  const { clockStartedAt } = row
  const isTriaged = row.status !== 'submitted'
  const patch = priorityPatch(context, { ...care, isTriaged, clockStartedAt, override: row.priority.override })
  if (patch.score !== row.score || patch.bandRank !== row.bandRank) await updateHeader(tx, row, patch)
}

async function tell(tx: Db, context: Context, row: CaseRow, action: string): Promise<void> {
  const { now, actor } = context
  await recordEvent(tx, context, row, { type: 'priority', action })
  await recordAudit(tx, actor, {
    action: `${row.kind}.${action}`,
    at: now,
    caseId: row.id,
    patientId: row.patientId,
    from: row.status,
    to: row.status,
  })
  const payload = { caseId: row.id, kind: row.kind, action }
  await enqueue(tx, { cptsId: row.cptsId, topic: 'case-event', payload, now })
}
