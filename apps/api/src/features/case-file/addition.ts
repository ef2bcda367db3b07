import type { TimelineEntry } from '@maillage/contracts/cases'
import type { Context } from '../../kernel/context.ts'
import { type EventRecord, recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Writes an event and gives it as its author reads it. */
export async function additionOf(tx: Db, context: Context, row: CaseRow, event: EventRecord): Promise<TimelineEntry> {
  const id = await recordEvent(tx, context, row, event)
  return {
    id,
    at: context.now.toISOString(),
    type: event.type,
    action: event.action,
    by: context.actor.displayName,
    byRole: context.actor.role,
    fromStatus: null,
    toStatus: null,
    reason: event.reason ?? null,
    text: event.text ?? null,
    practitioner: null,
    onBehalf: null,
  }
}
