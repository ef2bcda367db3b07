import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportPreview, WaitingListImport } from '@maillage/contracts/waiting-list-imports'
import type { Actor } from '../../../kernel/actor.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { readList } from '../reader/read-list.ts'
import { maxLines } from '../sheets/sheet.ts'
import { findContent, findImport, type ImportSummaryRow, listLines } from './import.store.ts'
import { describeImport } from './import.view.ts'
import { type ListDeps, todayOf } from './list-deps.ts'

type Readers = Pick<ListDeps, 'db' | 'now' | 'municipalities'>

/** A list of this CPTS, or 404. */
export async function demandImport(db: Db, actor: Actor, id: WaitingListImportId): Promise<ImportSummaryRow> {
  const row = await findImport(db, actor, id)
  if (!row) throw problem('not-found')
  return row
}

/** Its file, or 404 once it is no longer kept. */
export async function demandContent(db: Db, actor: Actor, id: WaitingListImportId): Promise<Buffer> {
  const content = await findContent(db, actor, id)
  if (!content) throw problem('not-found')
  return content
}

/** What is read of a list outside the connection that brought it: reading may take seconds. */
async function fileOf(deps: Readers, actor: Actor, id: WaitingListImportId) {
  const today = await todayOf(deps, actor)
  return await deps.db.read(actor.cptsId, async (db) => {
    const row = await demandImport(db, actor, id)
    const { sheet, choices } = row
    return { row, file: { sheet, choices, today, content: await demandContent(db, actor, id) } }
  })
}

const keepTrace = (deps: Readers, actor: Actor, action: string): Promise<void> =>
  deps.db.transaction(actor.cptsId, (tx) => recordAudit(tx, actor, { action, at: deps.now() }))

/** A list with its columns and a few answers of each: recorded, for they name patients. */
export async function readImport(deps: Readers, actor: Actor, id: WaitingListImportId): Promise<WaitingListImport> {
  const row = await deps.db.read(actor.cptsId, (db) => demandImport(db, actor, id))
  // While it runs the screen asks every second how far it went: the columns no longer matter.
  if (row.status !== 'draft' || !row.hasContent) return describeImport(row, undefined, deps.now())
  const { file } = await fileOf(deps, actor, id)
  const shape = await readList(file, { ask: 'shape' }, deps.municipalities)
  await keepTrace(deps, actor, `waiting-list-import.read ${id}`)
  return describeImport(row, shape, deps.now())
}

/** What the list would give with the columns as they stand: recorded, for it names patients. */
export async function readPreview(deps: Readers, actor: Actor, id: WaitingListImportId): Promise<ImportPreview> {
  const { file } = await fileOf(deps, actor, id)
  await keepTrace(deps, actor, `waiting-list-import.preview ${id}`)
  return await readList(file, { ask: 'preview' }, deps.municipalities)
}

/** The refused lines as a CSV to correct and give again: recorded, for it names patients. */
export async function readRejectedLines(deps: Readers, actor: Actor, id: WaitingListImportId): Promise<string> {
  const { file } = await fileOf(deps, actor, id)
  const refused = await deps.db.read(actor.cptsId, (db) =>
    listLines(db, actor, id, { limit: maxLines, outcomes: ['refused'] }),
  )
  await keepTrace(deps, actor, `waiting-list-import.download ${id}`)
  const byLine = refused.map(({ line, refusals }) => {
    const plain = refusals.map(({ column, value, ...rest }) => ({
      ...rest,
      column: column ?? undefined,
      value: value ?? undefined,
    }))
    return [line, plain] as const
  })
  return await readList(file, { ask: 'rejected', refused: byLine }, deps.municipalities)
}
