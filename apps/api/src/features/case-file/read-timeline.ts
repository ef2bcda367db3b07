import type { TimelineEntry } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { Actor } from '../../kernel/actor.ts'
import { getCase } from '../../kernel/case.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { listTimeline } from '../../kernel/record/timeline.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'

/** A page of the story of a case, oldest first, handed out once its trace is kept. */
export function readTimeline(
  deps: Deps,
  actor: Actor,
  id: CaseId,
  { limit, cursor }: PageQuery,
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  const after = decodeCursor(cursor, InstantKeys)
  return deps.db.read(actor.cptsId, async (db) => {
    const row = await getCase(db, actor, { id })
    await recordAudit(db, actor, {
      action: `${row.kind}.read-timeline`,
      at: deps.now(),
      caseId: row.id,
      patientId: row.patientId,
    })
    const entries = await listTimeline(db, actor, row)
    // A story is some dozens of lines: it is read whole, and cut here.
    const left = after ? entries.filter((entry) => `${entry.at} ${entry.id}` > `${after[0]} ${after[1]}`) : entries
    return toPage(
      left,
      limit,
      (entry) => [entry.at, entry.id],
      (entry) => entry,
    )
  })
}
