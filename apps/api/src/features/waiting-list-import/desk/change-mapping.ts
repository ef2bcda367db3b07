import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ChangeImportMapping } from '@maillage/contracts/waiting-list-imports'
import type { z } from 'zod'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { readList } from '../reader/read-list.ts'
import { changeImport } from './import.store.ts'
import { type ListDeps, todayOf } from './list-deps.ts'
import { demandContent, demandImport } from './read-import.ts'

/** Keeps what a person decided of the columns, or of the sheet to read, before anything is imported. */
export async function changeMapping(
  deps: ListDeps,
  actor: Actor,
  id: WaitingListImportId,
  { version, sheet, choices }: z.infer<typeof ChangeImportMapping>,
): Promise<void> {
  const today = await todayOf(deps, actor)
  const { row, content } = await deps.db.read(actor.cptsId, async (db) => {
    const found = await demandImport(db, actor, id)
    if (found.status !== 'draft') throw problem('wrong-status')
    return { row: found, content: await demandContent(db, actor, id) }
  })
  const isOtherSheet = sheet !== undefined && sheet !== row.sheet
  const kept = choices ?? (isOtherSheet ? [] : row.choices)
  const file = { content, sheet: sheet ?? row.sheet, choices: kept, today }
  const list = await readList(file, { ask: 'shape' }, deps.municipalities)
  const known = new Set(list.columns.map(({ index }) => index))
  const unknown = kept.findIndex(({ index }) => !known.has(index))
  if (unknown >= 0) throw invalidField(`/choices/${unknown}/index`, 'unknown')
  await act(deps, actor, async (tx, { now }) => {
    const before = await demandImport(tx, actor, id)
    if (before.status !== 'draft') throw problem('wrong-status')
    const change = { sheet: list.sheet, choices: kept, lines: list.lines }
    if (!(await changeImport(tx, actor, { id, version }, change))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: `waiting-list-import.map ${id}`, at: now })
  })
}
