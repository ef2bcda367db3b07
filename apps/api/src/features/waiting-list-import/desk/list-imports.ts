import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { ImportLine, ImportLineQuery, WaitingListImportSummary } from '@maillage/contracts/waiting-list-imports'
import * as z from 'zod'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { decodeCursor, InstantKeys, toPage } from '../../../platform/http/cursor.ts'
import { listImports, listLines } from './import.store.ts'
import { describeLine, describeSummary } from './import.view.ts'
import { demandImport } from './read-import.ts'

type Page<Item> = { items: Item[]; next: string | null }
type Readers = Pick<Deps, 'db' | 'now'>

/** The lists given in this CPTS, newest first: who gave them, how far they went, what may be undone. */
export function listGivenLists(
  deps: Readers,
  actor: Actor,
  { limit, cursor }: z.output<typeof PageQuery>,
): Promise<Page<WaitingListImportSummary>> {
  const after = decodeCursor(cursor, InstantKeys)
  return deps.db.read(actor.cptsId, async (db) => {
    const rows = await listImports(db, actor, { limit: limit + 1, after })
    return toPage(
      rows,
      limit,
      (row) => [row.createdAt.toISOString(), row.id],
      (row) => describeSummary(row, deps.now()),
    )
  })
}

const LineKey = z.tuple([z.int()])

/** What became of the lines, in the order of the file: recorded, for a refused one shows what stood in it. */
export function listSettledLines(
  deps: Readers,
  actor: Actor,
  id: WaitingListImportId,
  { limit, cursor, outcome }: z.output<typeof ImportLineQuery>,
): Promise<Page<ImportLine>> {
  const after = decodeCursor(cursor, LineKey)?.[0]
  return deps.db.read(actor.cptsId, async (db) => {
    await demandImport(db, actor, id)
    const rows = await listLines(db, actor, id, { limit: limit + 1, after, outcomes: outcome && [outcome] })
    const shown = rows.flatMap(({ caseId }) => (caseId ? [caseId] : []))
    await recordAudit(db, actor, { action: `waiting-list-import.lines ${id}`, at: deps.now(), shown })
    return toPage(rows, limit, (row) => [row.line], describeLine)
  })
}
