import { dayIn } from '@maillage/contracts/kit/dates'
import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ChangeImportMapping } from '@maillage/contracts/waiting-list-imports'
import type { z } from 'zod'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { readGivenList } from './given-list.ts'
import { changeImport } from './import.store.ts'
import { demandContent, demandImport } from './read-import.ts'

/** Keeps what a person decided of the columns, or of the sheet to read, before anything is imported. */
export function changeMapping(
  deps: Deps,
  actor: Actor,
  id: WaitingListImportId,
  { version, sheet, choices }: z.infer<typeof ChangeImportMapping>,
): Promise<void> {
  return act(deps, actor, async (tx, { now, calendar }) => {
    const row = await demandImport(tx, actor, id)
    if (row.status !== 'draft') throw problem('wrong-status')
    const isOtherSheet = sheet !== undefined && sheet !== row.sheet
    const kept = choices ?? (isOtherSheet ? [] : row.choices)
    const today = dayIn(calendar.timeZone, now)
    const content = await demandContent(tx, actor, id)
    const list = readGivenList(content, { sheet: sheet ?? row.sheet, choices: kept, today })
    const known = new Set(list.table.columns.map(({ index }) => index))
    const unknown = kept.findIndex(({ index }) => !known.has(index))
    if (unknown >= 0) throw invalidField(`/choices/${unknown}/index`, 'unknown')
    const change = { sheet: list.sheet, choices: kept, lines: list.table.lines.length }
    if (!(await changeImport(tx, actor, { id, version }, change))) throw problem('version-stale')
    await recordAudit(tx, actor, { action: `waiting-list-import.map ${id}`, at: now })
  })
}
