import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { enqueue } from '../../../kernel/record/outbox.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { readList } from '../reader/read-list.ts'
import { changeImport, deleteImport, type ImportSummaryRow } from './import.store.ts'
import { undoableUntil } from './import.view.ts'
import { type ListDeps, todayOf } from './list-deps.ts'
import { demandContent, demandImport } from './read-import.ts'

type Seen = { id: WaitingListImportId; version: number }

/** Begins the import, or goes on with one that was interrupted; the work itself is done after the commit. */
export async function startImport(deps: ListDeps, actor: Actor, { id, version }: Seen): Promise<void> {
  const today = await todayOf(deps, actor)
  const file = await deps.db.read(actor.cptsId, async (db) => {
    const { sheet, choices } = await demandStartable(db, actor, { id, version })
    return { sheet, choices, today, content: await demandContent(db, actor, id) }
  })
  const { problems } = await readList(file, { ask: 'shape' }, deps.municipalities)
  const [lack] = problems
  if (lack) throw invalidField('/columns', lack.code)
  await act(deps, actor, async (tx, { now }) => {
    await demandStartable(tx, actor, { id, version })
    const change = { status: 'running', beatAt: null, finishedAt: null } as const
    if (!(await changeImport(tx, actor, { id, version }, change))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: `waiting-list-import.start ${id}`, at: now })
    await queueRun(tx, actor, id, now)
  })
}

async function demandStartable(db: Db, actor: Actor, { id, version }: Seen): Promise<ImportSummaryRow> {
  const row = await demandImport(db, actor, id)
  if (row.version !== version) throw problem('version-stale')
  if (row.status !== 'draft' && row.status !== 'interrupted') throw problem('wrong-status')
  return row
}

/** Takes the whole import back, within seven days: what nobody touched since is removed, the rest is kept and told. */
export function undoImport(deps: Deps, actor: Actor, { id, version }: Seen): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await demandImport(tx, actor, id)
    if (row.version !== version) throw problem('version-stale')
    if (!undoableUntil(row, now)) throw problem('wrong-status')
    const change = { status: 'undoing', beatAt: null, undone: { removed: 0, kept: 0 } } as const
    if (!(await changeImport(tx, actor, { id, version }, change))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: `waiting-list-import.undo ${id}`, at: now })
    await queueRun(tx, actor, id, now)
  })
}

/** Forgets a list that was given and not imported. */
export function forgetList(deps: Deps, actor: Actor, id: WaitingListImportId): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await demandImport(tx, actor, id)
    if (row.status !== 'draft') throw problem('wrong-status')
    await deleteImport(tx, actor, id)
    await recordAudit(tx, actor, { action: `waiting-list-import.forget ${id}`, at: now })
  })
}

async function queueRun(tx: Db, { cptsId }: Actor, importId: WaitingListImportId, now: Date): Promise<void> {
  await enqueue(tx, { cptsId, topic: 'run-waiting-list-import', payload: { importId }, now })
}
